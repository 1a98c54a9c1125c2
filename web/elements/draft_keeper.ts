import type { Sending } from "./form_guard"
import { me } from "./live"
import { send } from "./server"

const HERE_AFTER_MS = 400
const SERVER_AFTER_MS = 2500
const LATEST_MS = 3000

type Fields = Record<string, string>
/** `base`: what the server had when this was written. */
interface Kept { fields: Fields; base?: Fields; synced: boolean; sent: boolean }

/** Keeps what is being written: in this browser at once, on the server soon after.
 *    <draft-keeper key="topic:7" url="/drafts/topic:7" saved="Draft saved" local="Draft kept in this browser"><form>…
 *  The server puts its draft into the field and forgets it when the form is sent; that is how we learn what was sent. */
export class DraftKeeper extends HTMLElement {
  #timers: number[] = []
  #flying: Promise<void> = Promise.resolve()
  #base: Fields = {}

  connectedCallback() {
    this.#restore()
    this.addEventListener("input", this.#changed)
    this.addEventListener("torv:sending", this.#sending as EventListener)
    this.addEventListener("torv:taken", this.#taken as EventListener)
    addEventListener("pagehide", this.#leave)
  }

  disconnectedCallback() {
    this.#leave()
    removeEventListener("pagehide", this.#leave)
  }

  #restore() {
    this.#base = this.#texts
    const kept = this.#read()
    if (!kept) return
    const empty = this.#fields.every((field) => !field.value.trim())
    // Written without a line on top of what the server still has. What came there from elsewhere meanwhile is newer.
    const newer = !kept.synced && kept.base !== undefined && same(kept.base, this.#base)
    // Sent, and the server's copy is gone with it: that text is a post now.
    if (kept.sent && (kept.synced || !this.#url)) return this.#forget()
    if (!empty && !newer) return
    for (const field of this.#fields) field.value = kept.fields[field.name] ?? ""
    if (this.#fields.some((field) => field.value)) this.#say("local")
  }

  #changed = () => {
    this.#stop()
    this.#timers = [setTimeout(this.#keepHere, HERE_AFTER_MS), setTimeout(() => { this.#flying = this.#keepThere() }, SERVER_AFTER_MS)]
  }

  #keepHere = () => {
    const fields = this.#texts
    if (Object.values(fields).every((text) => !text.trim())) return this.#forget()
    this.#write({ fields, base: this.#base, synced: false, sent: false })
  }

  async #keepThere() {
    this.#stop()
    this.#keepHere()
    if (!this.#url) return this.#say("local")
    const texts = this.#texts
    const body = new URLSearchParams(texts)
    try {
      const answer = await send(this.#url, { method: "PUT", body, keepalive: true })
      if (!answer.ok) throw new Error(String(answer.status))
      this.#base = texts
      const kept = this.#read()
      if (kept) this.#write({ ...kept, synced: true })
      this.#say(kept ? "saved" : "")
    } catch {
      this.#say("local")
    }
  }

  #sending = (event: Sending) => {
    if (event.detail.stays) return
    event.detail.wait(this.#keepThere().then(() => {
      const kept = this.#read()
      if (kept) this.#write({ ...kept, sent: true })
    }))
  }

  /** Somebody else sends the text now. The server forgets its copy when the post comes, so that copy has to come first. */
  #taken = (event: Sending) => {
    this.#stop()
    this.#forget()
    this.#say("")
    event.detail.wait(Promise.race([this.#flying, new Promise((done) => setTimeout(done, LATEST_MS))]))
  }

  #leave = () => {
    if (!this.#timers.length) return
    this.#stop()
    void this.#keepThere()
  }

  #stop() {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers = []
  }

  #say(which: "saved" | "local" | "") {
    const place = this.querySelector("[data-draft-state]")
    if (place) place.textContent = which ? this.getAttribute(which) : ""
  }

  #read(): Kept | null {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "null") as Kept | null
    } catch {
      return null
    }
  }

  #write(kept: Kept) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept))
    } catch {
      // A full or forbidden store: the server's copy is what is left.
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.#key)
    } catch {
      // Nothing was kept there.
    }
  }

  get #fields() { return [...this.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('textarea[name], input.input[name]:not([type="file"])')] }
  get #texts() { return Object.fromEntries(this.#fields.map((field) => [field.name, field.value])) }
  get #url() { return this.getAttribute("url") ?? "" }
  /** Whoever else uses this browser does not find it. */
  get #key() { return `draft:${me() && `${me()}:`}${this.getAttribute("key")}` }
}

/** The server trims what it keeps. */
function same(one: Fields, other: Fields) {
  return Object.keys(other).every((name) => (one[name] ?? "").trim() === (other[name] ?? "").trim())
}
