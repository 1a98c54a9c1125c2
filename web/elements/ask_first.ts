/** Asks before a form with consequences is sent.
 *    <ask-first question="Delete this post?" yes="Delete post" no="Keep it"><form …>…</form></ask-first> */
export class AskFirst extends HTMLElement {
  #agreed = false

  connectedCallback() {
    this.addEventListener("submit", this.#submit, true)
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#submit, true)
  }

  #submit = (event: SubmitEvent) => {
    if (this.#agreed) {
      this.#agreed = false
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    this.#ask(event.target as HTMLFormElement, event.submitter)
  }

  #ask(form: HTMLFormElement, submitter: HTMLElement | null) {
    const dialog = document.createElement("dialog")
    dialog.className = "dialog"
    const question = document.createElement("p")
    question.id = "ask-first-question"
    question.textContent = this.getAttribute("question")
    dialog.setAttribute("aria-labelledby", question.id)
    const answers = document.createElement("form")
    answers.method = "dialog"
    answers.className = "actions"
    answers.append(answer("yes", this.getAttribute("yes"), "button button--danger"), answer("no", this.getAttribute("no"), "button"))
    dialog.append(question, answers)
    dialog.addEventListener("submit", (event) => event.stopPropagation(), true)
    dialog.addEventListener("close", () => {
      dialog.remove()
      if (dialog.returnValue !== "yes") return
      this.#agreed = true
      form.requestSubmit(submitter)
    })
    document.body.append(dialog)
    dialog.showModal()
  }
}

function answer(value: string, text: string | null, look: string) {
  const button = document.createElement("button")
  button.value = value
  button.className = look
  button.textContent = text
  return button
}
