/** Lets one see what one types.
 *    <password-field show="Show" hide="Hide"><input class="input" type="password" …></password-field> */
export class PasswordField extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input")
    if (!field || this.querySelector("button")) return
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button button--quiet button--small"
    button.textContent = this.getAttribute("show")
    button.setAttribute("aria-controls", field.id)
    button.addEventListener("click", () => {
      const shown = field.type === "text"
      field.type = shown ? "password" : "text"
      button.textContent = this.getAttribute(shown ? "show" : "hide")
    })
    field.form?.addEventListener("submit", () => { field.type = "password" })
    field.after(button)
  }
}
