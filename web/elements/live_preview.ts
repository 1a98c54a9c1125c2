import { parsed, send } from "./server"

/** Shows how the text will look, drawn by the server's own renderer; a press goes back to writing.
 *    <live-preview url="/preview" for="body" write="Write" preview="Preview" empty="Nothing to show yet."></live-preview> */
export class LivePreview extends HTMLElement {
  #button = document.createElement("button")
  #shown = document.createElement("div")

  connectedCallback() {
    this.classList.add("composer__bar")
    this.#button.type = "button"
    this.#button.className = "button button--quiet button--small"
    this.#button.addEventListener("click", () => void this.#toggle())
    this.#shown.className = "composer__preview prose"
    this.#shown.dir = "auto"
    this.#shown.tabIndex = -1
    this.#showing(false)
    this.replaceChildren(this.#button)
    this.before(this.#shown)
  }

  disconnectedCallback() {
    this.#shown.remove()
  }

  async #toggle() {
    const wanted = this.#shown.hidden !== false
    if (wanted) await this.#draw()
    this.#showing(wanted)
    if (wanted) this.#shown.focus()
    else this.#field?.focus()
  }

  #showing(preview: boolean) {
    this.#shown.hidden = !preview
    this.#button.textContent = this.getAttribute(preview ? "write" : "preview")
    this.#button.setAttribute("aria-pressed", String(preview))
    const box = this.closest(".composer__box")
    box?.classList.toggle("composer__box--preview", preview)
  }

  async #draw() {
    const text = this.#field?.value ?? ""
    if (!text.trim()) {
      this.#shown.textContent = this.getAttribute("empty")
      return
    }
    const answer = await send(this.getAttribute("url") ?? "/preview", { method: "POST", body: new URLSearchParams({ body: text }) })
    if (answer.ok) this.#shown.replaceChildren(...parsed(await answer.text()).body.childNodes)
  }

  get #field() { return document.getElementById(this.getAttribute("for") ?? "") as HTMLTextAreaElement | null }
}
