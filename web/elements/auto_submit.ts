const WAIT_MS = 300

/** Sends a filter when it changes; its button is for those without script.
 *    <auto-submit><form action="/members"><input type="search" name="q">…</form></auto-submit> */
export class AutoSubmit extends HTMLElement {
  #timer = 0

  connectedCallback() {
    this.addEventListener("change", this.#changed)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.removeEventListener("change", this.#changed)
  }

  // "change", not "input": a page that reloads under one's fingers is no help.
  #changed = () => {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.querySelector("form")?.requestSubmit(), WAIT_MS)
  }
}
