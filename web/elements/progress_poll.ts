import { morph, parsed } from "./server"

/** Keeps a piece of the page up to date while it carries `data-running`, by asking again and taking over the answer.
 *    <progress-poll url="/admin/imports/7/progress" every="1000"><section id="job-7" data-running>…</section></progress-poll>
 *  Asks less often while nobody looks or the server does not answer. */
export class ProgressPoll extends HTMLElement {
  #timer = 0
  #failures = 0

  connectedCallback() {
    this.#later()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  #later() {
    const every = Number(this.getAttribute("every")) || 1000
    const wait = Math.min(every * 2 ** this.#failures * (document.hidden ? 5 : 1), 30000)
    if (this.#part?.hasAttribute("data-running")) this.#timer = window.setTimeout(() => void this.#ask(), wait)
  }

  async #ask() {
    try {
      const answer = await fetch(this.getAttribute("url") ?? "", { headers: { Accept: "text/html" } })
      if (!answer.ok) throw new Error(String(answer.status))
      const part = this.#part
      const page = parsed(await answer.text())
      const fresh = part?.id ? page.getElementById(part.id) : page.body.firstElementChild
      if (part && fresh) morph(part, fresh)
      this.#failures = 0
    } catch {
      this.#failures = Math.min(this.#failures + 1, 5)
    }
    this.#later()
  }

  get #part() { return this.firstElementChild }
}
