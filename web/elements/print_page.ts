/** A button that prints the page; what is for paper and what is not, the style sheets say.
 *    <print-page><button type="button" hidden>Print</button></print-page> */
export class PrintPage extends HTMLElement {
  connectedCallback() {
    this.#button.hidden = false
    this.#button.addEventListener("click", this.#print)
  }

  disconnectedCallback() {
    this.#button.removeEventListener("click", this.#print)
  }

  #print = () => {
    window.print()
  }

  get #button() { return this.querySelector("button")! }
}
