import { announce } from "./live_markup"
import { parsed, send } from "./server"

const WAIT_MS = 500
const LEAST = 8

/** Shows topics like the title that is being written, after each pause; what was shown is not fetched again.
 *    <similar-topics url="/search/similar" for="title"></similar-topics> */
export class SimilarTopics extends HTMLElement {
  #timer = 0
  #asked = ""
  #field: HTMLInputElement | null = null

  connectedCallback() {
    this.#field = document.getElementById(this.getAttribute("for") ?? "") as HTMLInputElement | null
    this.#field?.addEventListener("input", this.#typed)
    this.#typed()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#field?.removeEventListener("input", this.#typed)
  }

  #typed = () => {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#ask(), WAIT_MS)
  }

  async #ask() {
    const title = this.#field?.value.trim() ?? ""
    if (title === this.#asked) return
    this.#asked = title
    if (title.length < LEAST) return this.replaceChildren()
    const answer = await send(`${this.getAttribute("url")}?${new URLSearchParams({ title }).toString()}`).catch(() => null)
    if (!answer?.ok || title !== this.#asked) return
    const before = this.textContent
    this.replaceChildren(...parsed(await answer.text()).body.childNodes)
    const heading = this.querySelector("h2")?.textContent
    if (heading && this.textContent !== before) announce(heading)
  }
}
