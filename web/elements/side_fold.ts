const YEAR_S = 365 * 24 * 3600

/** Puts the list of spaces away and brings it back; the browser remembers, and the server draws the next page that way.
 *    <side-fold><button aria-controls="sidebar" aria-expanded="true" hidden>…</button></side-fold> */
export class SideFold extends HTMLElement {
  connectedCallback() {
    this.#button.hidden = false
    this.#button.addEventListener("click", this.#fold)
  }

  disconnectedCallback() {
    this.#button.removeEventListener("click", this.#fold)
  }

  #fold = () => {
    const folded = document.body.classList.toggle("app--folded")
    this.#button.setAttribute("aria-expanded", String(!folded))
    // The server trusts the plain name over http only (web/context.cpp).
    const [name, secure] = location.protocol === "https:" ? ["__Host-sidebar", "; Secure"] : ["sidebar", ""]
    document.cookie = `${name}=${folded ? "folded" : ""}; Path=/; SameSite=Lax; Max-Age=${folded ? YEAR_S : 0}${secure}`
  }

  get #button() { return this.querySelector("button")! }
}
