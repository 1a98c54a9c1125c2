/** A list of check boxes in which a stretch is chosen at once: from the one that was changed last to the one that is
 *  changed with Shift held, by mouse or by the space bar. Arrow keys walk the list.
 *    <choose-range><fieldset>…<label class="check"><input type="checkbox">…</label>…</fieldset></choose-range> */
export class ChooseRange extends HTMLElement {
  #last: HTMLInputElement | null = null
  #shift = false

  connectedCallback() {
    this.addEventListener("click", this.#clicked)
    this.addEventListener("keydown", this.#keyed)
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked)
    this.removeEventListener("keydown", this.#keyed)
  }

  /** A label passes its click on to its box, without the key that was held. */
  #clicked = (event: MouseEvent) => {
    const box = event.target
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") {
      this.#shift = event.shiftKey
      if (event.shiftKey) getSelection()?.removeAllRanges()
      return
    }
    const ranged = event.shiftKey || this.#shift
    this.#shift = false
    const boxes = this.#boxes
    const from = this.#last ? boxes.indexOf(this.#last) : -1
    const to = boxes.indexOf(box)
    if (ranged && from >= 0)
      for (const each of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = box.checked
    this.#last = box
  }

  #keyed = (event: KeyboardEvent) => {
    const box = event.target
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (!step || !(box instanceof HTMLInputElement)) return
    event.preventDefault()
    const boxes = this.#boxes
    const next = boxes[boxes.indexOf(box) + step]
    next?.focus()
    if (!next || !event.shiftKey) return
    next.checked = box.checked
    this.#last = next
  }

  get #boxes() { return [...this.querySelectorAll<HTMLInputElement>("input[type=checkbox]:not(:disabled)")] }
}
