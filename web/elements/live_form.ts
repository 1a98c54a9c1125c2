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
    const target = this.getAttribute("target") ?? submitter?.closest(this.getAttribute("part") ?? "")?.id ?? ""
    this.#busy = true
    this.setAttribute("aria-busy", "true")
    try {
      const url = submitter?.getAttribute("formaction") ?? form.action
      const answer = await send(url, { method: "POST", body: fieldsOf(form, submitter), headers: { "Torv-Fragment": target } })
      const fresh = answer.ok ? parsed(await answer.text()).getElementById(target) : null
      const old = document.getElementById(target)
      if (!fresh || !old) throw new Error("no such part")
      morph(old, fresh)
    } catch {
      this.removeEventListener("submit", this.#submit)
      form.requestSubmit(submitter)
    } finally {
      this.#busy = false
      this.removeAttribute("aria-busy")
    }
  }
}
