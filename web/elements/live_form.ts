import { fieldsOf, morph, parsed, send } from "./server"

/** Sends the form inside without leaving the page and takes over one part of the answer: the element with the id `target`.
 *    <live-form target="reactions-41"><form …></form></live-form>
 *  Without script, or when the answer is not what we expect, the form is sent in the plain way. */
export class LiveForm extends HTMLElement {
  #busy = false

  connectedCallback() {
    this.addEventListener("submit", this.#submit)
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#submit)
  }

  #submit = (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement
    if (event.defaultPrevented) return
    event.preventDefault()
    if (!this.#busy) void this.#exchange(form, event.submitter)
  }

  async #exchange(form: HTMLFormElement, submitter: HTMLElement | null) {
    this.#busy = true
    this.setAttribute("aria-busy", "true")
    try {
      const answer = await send(form.action, { method: "POST", body: fieldsOf(form, submitter) })
      const fresh = answer.ok ? parsed(await answer.text()).getElementById(this.#target) : null
      const old = document.getElementById(this.#target)
      if (!fresh || !old) throw new Error("no such part")
      for (const menu of old.querySelectorAll<HTMLDetailsElement>("details[open]")) menu.open = false
      morph(old, fresh)
    } catch {
      this.removeEventListener("submit", this.#submit)
      form.requestSubmit(submitter)
    } finally {
      this.#busy = false
      this.removeAttribute("aria-busy")
    }
  }

  get #target() { return this.getAttribute("target") ?? "" }
}
