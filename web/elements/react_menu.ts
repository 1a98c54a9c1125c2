/** The emoji that one may give, once for all posts of a page. A press on "add one" (a link, which without script leads to a
 *  page of choices) brings the menu to that post; choosing, Escape or a press elsewhere brings it home.
 *    <react-menu hidden><div class="menu__panel reactions__choices"><button form="react" name="emoji" value="👍">…</div></react-menu> */
export class ReactMenu extends HTMLElement {
  #panel: HTMLElement | null = null
  #opener: HTMLElement | null = null

  connectedCallback() {
    this.#panel = this.firstElementChild as HTMLElement | null
    document.addEventListener("click", this.#click)
    document.addEventListener("keydown", this.#key)
    document.addEventListener("submit", this.#sent)
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#click)
    document.removeEventListener("keydown", this.#key)
    document.removeEventListener("submit", this.#sent)
  }

  #click = (event: MouseEvent) => {
    const target = event.target as Element
    const opener = target.closest<HTMLElement>("a.reaction--add")
    if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      if (opener === this.#opener) this.#close()
      else this.#open(opener)
    } else if (!target.closest(".reactions__choices")) this.#close()
  }

  #key = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !this.#opener) return
    const opener = this.#opener
    this.#close()
    opener.focus()
  }

  // After live-form has taken the button's address: its part of the page must be as the server knows it.
  #sent = (event: SubmitEvent) => {
    if ((event.target as HTMLElement).id === "react") this.#close()
  }

  #open(opener: HTMLElement) {
    const row = opener.closest(".reactions")
    const buttons = this.#panel?.querySelectorAll("button")
    if (!this.#panel || !row || !buttons) return
    const address = opener.getAttribute("href")!.replace(/react$/, "reactions")
    for (const button of buttons) button.setAttribute("formaction", address)
    this.#opener?.removeAttribute("aria-expanded")
    this.#opener = opener
    opener.setAttribute("aria-expanded", "true")
    row.append(this.#panel)
    buttons[0]?.focus()
  }

  #close() {
    if (!this.#opener || !this.#panel) return
    this.#opener.removeAttribute("aria-expanded")
    this.#opener = null
    this.append(this.#panel)
  }
}
