/** Shows the chosen colours at once; the form around it keeps the choice.
 *    <scheme-switch><input type="radio" name="scheme" value="dark">…</scheme-switch> */
export class SchemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this.#changed)
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#changed)
  }

  #changed = (event: Event) => {
    const chosen = (event.target as HTMLInputElement).value
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen
    else delete document.documentElement.dataset.scheme
  }
}
