import { ComposerMode } from "./composer_mode"
import type { Sending } from "./form_guard"
import { me } from "./live"
import { announce } from "./live_markup"
import { insert } from "./message_list"
import { newKey } from "./outbox"
import { parsed, send } from "./server"

const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 30000
const GIVE_UP_MS = 15000
/** The server knows a repeated key for two days. What is older is not sent without being asked. */
const STALE_MS = 24 * 60 * 60 * 1000

type State = "sending" | "waiting" | "refused"
interface Said { once: string, url: string, fields: [string, string][], at: number, refused?: string }

/** Says what is written without leaving the page. The message stands in the stream at once, pale until the server has it;
 *  without a line to the server it waits, over a reload too, and is sent again with the same key, so that it is never there twice.
 *    <chat-send key="space:5" waiting="Waiting for the connection" refused="Not sent" retry="Try again" edit="Edit"
 *               editing="You are changing a message" replying="Reply to {name}" cancel="Cancel"><form class="composer composer--chat">… */
export class ChatSend extends HTMLElement {
  #queue: Said[] = []
  #busy = false
  #timer = 0
  #failures = 0
  #mode: ComposerMode | null = null

  connectedCallback() {
    const form = this.querySelector("form")
    const place = this.#place as HTMLElement | null
    const word = (key: string) => this.getAttribute(key) ?? ""
    if (form && this.#field && place) {
      const words = { editing: word("editing"), replying: word("replying"), cancel: word("cancel"), failed: word("refused") }
      this.#mode = new ComposerMode(form, this.#field, words, place)
    }
    this.addEventListener("submit", this.#submit)
    addEventListener("online", this.#again)
    document.addEventListener("torv:line", this.#again)
    this.#queue = this.#read()
    // What was on its way when the page was left may be in the stream by now: it is shown when it could not be sent.
    for (const said of this.#queue) if (said.refused !== undefined) this.#show(said, "refused")
    // A draft that is on its way already is not offered once more.
    if (this.#field && this.#queue.some((said) => bodyOf(said) === this.#field?.value.trim())) this.#field.value = ""
    void this.#work()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#mode?.end()
    this.removeEventListener("submit", this.#submit)
    removeEventListener("online", this.#again)
    document.removeEventListener("torv:line", this.#again)
  }

  #submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (this.#mode?.edits) void this.#mode.save()
    else void this.#take(event.target as HTMLFormElement)
  }

  /** What is in the form becomes a message that is to be sent; the form is free for the next. */
  async #take(form: HTMLFormElement) {
    const field = this.#field
    if (!field?.value.trim() || form.getAttribute("aria-busy")) return
    form.setAttribute("aria-busy", "true")
    // Files that are still on their way write themselves into the text.
    try {
      await tell(form, "torv:sending", { stays: true })
    } catch {
      return
    } finally {
      form.removeAttribute("aria-busy")
    }
    const once = form.querySelector<HTMLInputElement>('input[name="once"]')
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrf" && name !== "once" && typeof value === "string")
    const said: Said = { once: once?.value ?? newKey(), url: form.action, fields: fields as [string, string][], at: Date.now() }
    if (once) once.value = newKey()
    field.value = ""
    this.#mode?.clear()
    field.focus({ preventScroll: true })
    this.#queue.push(said)
    this.#keep()
    this.#show(said, "sending")
    this.#stream?.dispatchEvent(new CustomEvent("torv:latest"))
    await tell(form, "torv:taken", {}).catch(() => undefined)
    void this.#work()
  }

  #again = () => {
    this.#failures = 0
    void this.#work()
  }

  /** One after the other, in the order in which they were written. */
  async #work() {
    if (this.#busy) return
    this.#busy = true
    clearTimeout(this.#timer)
    for (let said = this.#next(); said; said = this.#next()) {
      if (Date.now() - said.at > STALE_MS) this.#refuse(said, "")
      else if (!await this.#deliver(said)) break
      // What came of oneself by the live line waited for this: it may have been the same.
      this.#list?.dispatchEvent(new CustomEvent("torv:settled", { bubbles: true }))
    }
    this.#busy = false
  }

  #next() { return this.#queue.find((said) => said.refused === undefined) }

  /** False: the line is down, later. */
  async #deliver(said: Said) {
    if (this.#shown(said)) this.#show(said, "sending")
    const body = new URLSearchParams([...said.fields, ["once", said.once]])
    let answer: Response
    let text: string
    try {
      answer = await send(said.url, { method: "POST", body, headers: { "Torv-Fragment": "message" }, signal: AbortSignal.timeout(GIVE_UP_MS) })
      text = await answer.text()
    } catch {
      return this.#wait(said)
    }
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return this.#wait(said)
    const fresh = parsed(text).querySelector<HTMLElement>(".post[data-post]")
    if (answer.ok && fresh) this.#arrived(said, fresh)
    else this.#refuse(said, answer.ok ? "" : parsed(text).body.textContent?.trim().slice(0, 200) ?? "")
    return true
  }

  #wait(said: Said) {
    this.#show(said, "waiting")
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS)
    this.#failures += 1
    this.#timer = window.setTimeout(() => void this.#work(), wait * (0.75 + Math.random() / 2))
    return false
  }

  #arrived(said: Said, fresh: HTMLElement) {
    this.#failures = 0
    this.#drop(said)
    const list = this.#list
    if (!list) return location.reload()
    // The live line may have been quicker.
    if (document.getElementById(fresh.id)) return
    // Above the newest one is not in the stream that is shown: chat-stream fetches its foot.
    if (this.#stream?.querySelector(".pager a[rel=next]")) return
    insert(list, fresh)
    fresh.dispatchEvent(new CustomEvent("torv:post", { bubbles: true }))
  }

  #refuse(said: Said, why: string) {
    said.refused = why
    this.#keep()
    this.#show(said, "refused")
    announce(this.getAttribute("refused") ?? "")
  }

  #drop(said: Said) {
    this.#queue = this.#queue.filter((each) => each !== said)
    this.#keep()
    this.#shown(said)?.remove()
  }

  #shown(said: Said) { return document.getElementById(`said-${said.once}`) }

  #show(said: Said, state: State) {
    const item = this.#shown(said) ?? this.#draw(said)
    const line = item.querySelector(".post__state")
    if (!line) return
    item.dataset.state = state
    line.textContent = state === "waiting" ? this.getAttribute("waiting") : state === "refused" ? said.refused || this.getAttribute("refused") : ""
    if (state === "refused") line.append(" ", this.#deed("retry", () => this.#retry(said)), " ", this.#deed("edit", () => this.#edit(said)))
  }

  #draw(said: Said) {
    const item = document.createElement("li")
    item.id = `said-${said.once}`
    item.className = "post post--mine post--pending"
    const body = document.createElement("div")
    body.className = "post__body prose"
    body.dir = "auto"
    body.textContent = bodyOf(said)
    const line = document.createElement("p")
    line.className = "post__state"
    item.append(body, line)
    this.#list?.append(item)
    return item
  }

  #deed(word: string, act: () => void) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button button--small"
    button.textContent = this.getAttribute(word)
    button.addEventListener("click", act)
    return button
  }

  #retry(said: Said) {
    delete said.refused
    said.at = Date.now()
    this.#again()
  }

  #edit(said: Said) {
    this.#drop(said)
    if (!this.#field) return
    this.#field.value = [bodyOf(said), this.#field.value.trim()].filter(Boolean).join("\n\n")
    this.#field.dispatchEvent(new Event("input", { bubbles: true }))
    this.#field.focus()
  }

  #read(): Said[] {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]") as Said[]
    } catch {
      return []
    }
  }

  #keep() {
    try {
      if (this.#queue.length > 0) localStorage.setItem(this.#key, JSON.stringify(this.#queue))
      else localStorage.removeItem(this.#key)
    } catch {
      // A full or forbidden store: the message lives as long as the page.
    }
  }

  get #field() { return this.querySelector<HTMLTextAreaElement>('textarea[name="body"]') }
  get #place() { return this.closest(".thread, .chat") }
  get #stream() { return this.#place?.querySelector("chat-stream") ?? null }
  get #list() { return this.#place?.querySelector("ol.posts--chat") ?? null }
  get #key() { return `said:${me()}:${this.getAttribute("key")}` }
}

const bodyOf = (said: Said) => said.fields.find(([name]) => name === "body")?.[1].trim() ?? ""


/** Lets those who have a part in the form finish first. */
async function tell(form: HTMLFormElement, name: string, detail: { stays?: boolean }) {
  const work: Promise<unknown>[] = []
  const event: Sending = new CustomEvent(name, { bubbles: true, detail: { ...detail, wait: (promise: Promise<unknown>) => work.push(promise) } })
  form.dispatchEvent(event)
  await Promise.all(work)
}
