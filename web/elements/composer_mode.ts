import { parsed, send } from "./server"

interface Words { editing: string, replying: string, cancel: string, failed: string }
interface Post { body: string | null, edits: number }

/** What the composer of a chat is at besides a new message: it answers one, or changes one. A line above it says so; Escape,
 *  or its button, ends it and brings back what was being written. Arrow up in an empty composer changes one's last message. */
export class ComposerMode {
  #line = document.createElement("p")
  #edits: { id: string, edits: number } | null = null
  #before = ""

  constructor(readonly form: HTMLFormElement, readonly field: HTMLTextAreaElement, readonly words: Words, readonly place: HTMLElement) {
    this.#line.className = "composer__mode"
    this.#line.setAttribute("role", "status")
    field.addEventListener("keydown", this.#key)
    field.addEventListener("input", this.#typed)
    place.addEventListener("click", this.#pressed)
  }

  end() {
    this.field.removeEventListener("keydown", this.#key)
    this.field.removeEventListener("input", this.#typed)
    this.place.removeEventListener("click", this.#pressed)
    this.#line.remove()
  }

  get edits() { return this.#edits !== null }

  /** A new message again; what it answered is taken by whoever sends it. */
  clear() {
    this.#edits = null
    this.form.querySelector('input[name="reply_to"]')?.remove()
    this.#line.remove()
    this.place.querySelector(".reply > .post__parent")?.remove()
  }

  /** Saves the change. Not true: the text stays, and why is said. */
  async save() {
    const edited = this.#edits
    if (!edited || !this.field.value.trim()) return
    const body = new URLSearchParams({ _method: "PATCH", edits: String(edited.edits), body: this.field.value })
    try {
      const answer = await send(`/p/${edited.id}`, { method: "POST", body, headers: { "Torv-Fragment": "message" } })
      const page = parsed(await answer.text())
      const fresh = page.querySelector<HTMLElement>(".post[data-post]")
      if (!answer.ok || !fresh) return this.#say(page.body.textContent?.trim().slice(0, 200) || this.words.failed)
      const old = document.getElementById(fresh.id)
      if (old) old.querySelector(".post__body")?.replaceWith(fresh.querySelector(".post__body") ?? "")
      this.#cancel()
    } catch {
      this.#say(this.words.failed)
    }
  }

  #key = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented || this.field.getAttribute("aria-expanded") === "true") return
    if (event.key === "Escape" && this.#line.isConnected) {
      event.preventDefault()
      this.#cancel()
    }
    if (event.key !== "ArrowUp" || this.field.value || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
    const own = [...this.place.querySelectorAll<HTMLElement>(".post--mine[data-post]")].at(-1)
    if (!own?.querySelector('a[href$="/edit"]')) return
    event.preventDefault()
    void this.#edit(own)
  }

  // A message that is being changed is no draft of a new one.
  #typed = (event: Event) => {
    if (this.edits) event.stopPropagation()
  }

  #pressed = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]")
    const post = link?.closest<HTMLElement>(".post[data-post]")
    if (!link || !post || event.ctrlKey || event.metaKey || event.shiftKey) return
    const url = new URL(link.href)
    const id = post.dataset.post ?? ""
    if (url.pathname === `/p/${id}/edit` && post.matches(".post--mine")) {
      event.preventDefault()
      void this.#edit(post)
    } else if (url.searchParams.get("reply_to") === id) {
      event.preventDefault()
      this.#reply(post, id)
    }
  }

  async #edit(post: HTMLElement) {
    const id = post.dataset.post ?? ""
    post.querySelector("details[open]")?.removeAttribute("open")
    const answer = await fetch(`/api/v1/posts/${id}`).catch(() => null)
    const known = answer?.ok ? await answer.json() as Post : null
    if (!known || known.body === null) return location.assign(`/p/${id}/edit`)
    if (!this.edits) this.#before = this.field.value
    this.#edits = { id, edits: known.edits }
    this.field.value = known.body
    this.#say(this.words.editing)
    this.field.focus()
    this.field.setSelectionRange(known.body.length, known.body.length)
  }

  #reply(post: HTMLElement, id: string) {
    if (this.edits) this.#cancel()
    this.clear()
    const hidden = document.createElement("input")
    hidden.type = "hidden"
    hidden.name = "reply_to"
    hidden.value = id
    this.form.append(hidden)
    this.#say(this.words.replying.replace("{name}", post.querySelector(".post__author")?.textContent ?? ""))
    this.field.focus()
  }

  #cancel() {
    if (this.edits) this.field.value = this.#before
    this.#before = ""
    this.clear()
    this.field.focus({ preventScroll: true })
  }

  #say(words: string) {
    const cancel = document.createElement("button")
    cancel.type = "button"
    cancel.className = "button button--quiet button--small"
    cancel.textContent = this.words.cancel
    cancel.addEventListener("click", () => this.#cancel())
    this.#line.replaceChildren(words, " ", cancel)
    this.form.before(this.#line)
  }
}
