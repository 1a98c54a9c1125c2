/** Shows the picture that was picked, before it is sent.
 *    <file-preview><img data-preview alt="" hidden><input type="file" …></file-preview> */
export class FilePreview extends HTMLElement {
  #shown = ""

  connectedCallback() {
    this.addEventListener("change", this.#picked)
  }

  disconnectedCallback() {
    URL.revokeObjectURL(this.#shown)
    this.removeEventListener("change", this.#picked)
  }

  #picked = (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0]
    const picture = this.querySelector<HTMLImageElement>("[data-preview]")
    if (!picture || !file?.type.startsWith("image/")) return
    URL.revokeObjectURL(this.#shown)
    this.#shown = URL.createObjectURL(file)
    picture.src = this.#shown
    picture.hidden = false
  }
}
