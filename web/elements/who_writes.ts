import { say } from "./live"

const SAY_EVERY_MS = 3000
const BELIEVED_MS = 6000

/** "Ada is writing…" above a composer, and telling others that one writes oneself. Not an element of its own: the posts of
 *  a page have one, for the composer that answers them. */
export class WhoWrites {
  #line = document.createElement("p")
  #people = new Map<string, { name: string, until: number }>()
  #said = 0
  #timer = 0

  constructor(readonly field: HTMLTextAreaElement | null, readonly stream: string, readonly words: (key: string) => string) {
    this.#line.className = "writing"
    this.field?.addEventListener("input", this.#typed)
    this.field?.closest(".composer")?.before(this.#line)
  }

  end() {
    clearTimeout(this.#timer)
    this.field?.removeEventListener("input", this.#typed)
    this.#line.remove()
  }

  heard(by: string, name: string) {
    this.#people.set(by, { name, until: Date.now() + BELIEVED_MS })
    this.#show()
  }

  /** Who has sent it does not write any more. */
  sent(by: string) {
    if (this.#people.delete(by)) this.#show()
  }

  #typed = () => {
    const now = Date.now()
    if (now - this.#said < SAY_EVERY_MS || !this.field?.value.trim()) return
    this.#said = now
    say({ do: "writing", stream: this.stream })
  }

  #show = () => {
    clearTimeout(this.#timer)
    const now = Date.now()
    for (const [by, { until }] of this.#people) if (until <= now) this.#people.delete(by)
    const names = [...this.#people.values()].map(({ name }) => name)
    const key = names.length > 2 ? "writing-many" : names.length === 2 ? "writing-two" : "writing-one"
    this.#line.textContent = names.length === 0
      ? ""
      : this.words(key).replace("{name}", names[0] ?? "").replace("{other}", names[1] ?? "")
    if (names.length > 0) this.#timer = window.setTimeout(this.#show, 1000)
  }

}
