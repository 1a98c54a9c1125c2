import { me } from "./live"
import { announce } from "./live_markup"
import { CHANNEL, drop, keep, newKey, sendAll, unsent, type Unsent } from "./outbox"
import { csrf } from "./server"

const CONFLICT = 409

/** What waits for a line to the server, on every page of its writer, and what came back.
 *    <unsent-posts waiting="Waiting for the connection" refused="Not sent" retry="Try again" drop="Throw away" sent="Your post is sent" hidden>
 *  A post that came back keeps its text here until its writer decides. */
export class UnsentPosts extends HTMLElement {
  #channel: BroadcastChannel | null = null

  connectedCallback() {
    addEventListener("online", this.#work)
    document.addEventListener("torv:line", this.#work)
    this.#channel = new BroadcastChannel(CHANNEL)
    this.#channel.addEventListener("message", () => void this.#draw())
    void this.#begin()
  }

  disconnectedCallback() {
    removeEventListener("online", this.#work)
    document.removeEventListener("torv:line", this.#work)
    this.#channel?.close()
  }

  async #begin() {
    await this.#draw()
    // A kept page still has the draft of what is on its way.
    const waiting = (await unsent().catch(() => [])).filter((post) => post.me === me() && post.page === location.pathname)
    for (const field of document.querySelectorAll<HTMLTextAreaElement>('.composer textarea[name="body"]'))
      if (waiting.some((post) => bodyOf(post) === field.value.trim())) field.value = ""
    await this.#work()
  }

  #work = async () => {
    if (!this.childElementCount) return
    let sent = 0
    await sendAll(csrf(), me(), (_, fate) => { if (fate === "sent") sent++ })
    if (sent) announce(this.getAttribute("sent") ?? "")
    await this.#draw()
  }

  async #draw() {
    const posts = (await unsent().catch(() => [])).filter((post) => post.me === me())
    this.replaceChildren(...posts.map((post) => this.#item(post)))
    this.hidden = posts.length === 0
  }

  #item(post: Unsent) {
    const item = document.createElement("div")
    item.className = post.refused === undefined ? "notice unsent" : "notice notice--danger unsent"
    item.setAttribute("role", "status")
    const state = document.createElement("a")
    state.href = post.page
    state.textContent = this.getAttribute(post.refused === undefined ? "waiting" : post.refused === 401 ? "signed-out" : "refused")
    const text = document.createElement("p")
    text.dir = "auto"
    text.className = "unsent__text"
    text.textContent = ["title", "body"].map((name) => post.fields.find(([each]) => each === name)?.[1].trim() ?? "").filter(Boolean).join(" – ")
    item.append(state, text)
    if (post.refused !== undefined) item.append(this.#actions(post))
    return item
  }

  #actions(post: Unsent) {
    const row = document.createElement("div")
    row.className = "actions"
    row.append(
      this.#button("retry", async () => {
        const { refused, ...again } = post
        if (refused === CONFLICT) await drop(post.once) // the key was used for another text
        await keep({ ...again, ...refused === CONFLICT && { once: newKey() }, at: Date.now() })
        await this.#work()
      }),
      this.#button("drop", async () => {
        await drop(post.once)
        await this.#draw()
      }),
    )
    return row
  }

  #button(word: string, act: () => Promise<void>) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button button--small"
    button.textContent = this.getAttribute(word)
    button.addEventListener("click", () => void act())
    return button
  }
}

const bodyOf = (post: Unsent) => post.fields.find(([name]) => name === "body")?.[1].trim() ?? ""

/** Takes a form's post into the outbox; false: it is none that can be sent later. */
export async function takeLater(form: HTMLFormElement) {
  const once = form.querySelector<HTMLInputElement>('input[name="once"]')
  if (!once?.value || !form.matches(".composer") || !("locks" in navigator)) return false
  const fields = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === "string")
  try {
    await keep({ once: once.value, url: form.action, page: location.pathname, me: me() ?? "", fields, at: Date.now() })
  } catch {
    return false // a private window, say: the text stays in the form
  }
  once.value = newKey()
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea[name], input.input[name]')) field.value = ""
  const registration = await navigator.serviceWorker?.getRegistration("/") as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined
  await registration?.sync?.register("outbox").catch(() => undefined)
  return true
}
