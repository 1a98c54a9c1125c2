import { takeLater } from "./unsent_posts"

const PROBE_MS = 6000

/** What the form is about to do, so that others (drafts, uploads) can finish first. `stays`: the page is not left. */
export type Sending = CustomEvent<{ wait: (work: Promise<unknown>) => void, stays?: boolean }>

/** Sends a form once, and only when the server can be reached: on a dead network the page and its text stay.
 *    <form-guard sending="Sending…" failed="That did not get through. Your text is kept." retry="Try again"><form …>…
 *  A double press sends nothing twice; the server knows a repeated `once` anyway. */
export class FormGuard extends HTMLElement {
  #state = document.createElement("p")
  #cleared = false
  #busy = false

  connectedCallback() {
    this.#state.className = "form__state"
    this.#state.setAttribute("role", "status")
    this.addEventListener("submit", this.#submit)
    addEventListener("pageshow", this.#reset)
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#submit)
    removeEventListener("pageshow", this.#reset)
  }

  #reset = () => {
    this.#busy = this.#cleared = false
    this.#mark(false)
    this.#state.remove()
  }

  #submit = (event: SubmitEvent) => {
    if (this.#cleared) return
    event.preventDefault()
    const form = event.target as HTMLFormElement
    if (!this.#busy) void this.#send(form, event.submitter)
  }

  async #send(form: HTMLFormElement, submitter: HTMLElement | null) {
    this.#busy = true
    this.#mark(true)
    this.#say(form, this.getAttribute("sending") ?? "")
    const line = reachable()
    const work: Promise<unknown>[] = [line]
    form.dispatchEvent(new CustomEvent("torv:sending", { bubbles: true, detail: { wait: (p: Promise<unknown>) => work.push(p) } }))
    try {
      await Promise.all(work)
      this.#cleared = true
      form.requestSubmit(submitter)
      // The page leaves now. Should the browser stay (a download, a stopped load), the form is usable again.
      setTimeout(this.#reset, 15000)
    } catch {
      this.#busy = false
      this.#mark(false)
      // A button that leads elsewhere wants a page, which cannot wait.
      if (!submitter?.hasAttribute("formaction") && await this.#later(form, line, work)) return
      this.#offerRetry(form, submitter)
    }
  }

  /** Without a line a post waits in this browser, if that is all that was missing. */
  async #later(form: HTMLFormElement, line: Promise<unknown>, work: Promise<unknown>[]) {
    const down = await line.then(() => false, () => true)
    const ready = (await Promise.allSettled(work.slice(1))).every(({ status }) => status === "fulfilled")
    if (!down || !ready || !await takeLater(form)) return false
    form.dispatchEvent(new CustomEvent("torv:taken", { bubbles: true, detail: { wait: () => undefined } }))
    this.#state.remove()
    return true
  }

  #mark(busy: boolean) {
    for (const button of this.querySelectorAll('button:not([type="button"])')) {
      if (busy) button.setAttribute("aria-disabled", "true")
      else button.removeAttribute("aria-disabled")
    }
  }

  #say(form: HTMLFormElement, text: string) {
    this.#state.textContent = text
    const foot = form.querySelector(".composer__foot, .actions") ?? form
    if (this.#state.parentElement !== foot) foot.append(this.#state)
  }

  #offerRetry(form: HTMLFormElement, submitter: HTMLElement | null) {
    this.#say(form, this.getAttribute("failed") ?? "")
    const again = document.createElement("button")
    again.type = "button"
    again.className = "button button--small"
    again.textContent = this.getAttribute("retry")
    again.addEventListener("click", () => form.requestSubmit(submitter))
    this.#state.append(" ", again)
  }
}

async function reachable() {
  const answer = await fetch("/livez", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) })
  if (answer.status >= 500) throw new Error("server not ready")
}
