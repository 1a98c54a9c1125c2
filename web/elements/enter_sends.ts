/** In chat Enter sends and Shift+Enter begins a line; on a phone Enter stays a new line.
 *    <enter-sends><form class="composer composer--chat">…</form></enter-sends> */
export class EnterSends extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this.#pressed)
  }

  disconnectedCallback() {
    this.removeEventListener("keydown", this.#pressed)
  }

  #pressed = (event: KeyboardEvent) => {
    const field = event.target as HTMLTextAreaElement
    // A suggestion that is open takes the key first; so does a word that is still being composed.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return
    if (!field.matches("textarea") || field.getAttribute("aria-expanded") === "true" || matchMedia("(pointer: coarse)").matches) return
    event.preventDefault()
    if (field.value.trim()) field.form?.requestSubmit()
  }
}
