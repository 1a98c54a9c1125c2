const SHOWN_MS = 2000

/** Copies `value`; the button says so for a moment. Hidden where copying is not possible.
 *    <copy-text value="https://…" done="Copied"><button type="button" hidden>Copy link</button></copy-text> */
export class CopyText extends HTMLElement {
  #timer = 0

  connectedCallback() {
    const button = this.querySelector("button")
    if (!button || !navigator.clipboard) return
    button.hidden = false
    button.addEventListener("click", () => void this.#copy(button))
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  async #copy(button: HTMLElement) {
    await navigator.clipboard.writeText(new URL(this.getAttribute("value") ?? "", location.href).href)
    const live = document.getElementById("live")
    if (live) live.textContent = this.getAttribute("done")
    if (this.#timer) return
    const before = [...button.childNodes]
    button.replaceChildren(this.getAttribute("done") ?? "")
    this.#timer = window.setTimeout(() => {
      button.replaceChildren(...before)
      this.#timer = 0
    }, SHOWN_MS)
  }
}
