import { parsed } from "./server"

const DESK = "(min-width: 62.5em)"

/** On a desk a thread opens beside its stream; on a phone, and without script, the link leads to its page.
 *    <div class="chat">…<a href="/p/41/thread">…</div><thread-panel class="thread-panel" aria-label="Thread" hidden></thread-panel>
 *  Escape and its button close it and give the focus back to the message. */
export class ThreadPanel extends HTMLElement {
  #opener: HTMLElement | null = null

  connectedCallback() {
    document.addEventListener("click", this.#pressed)
    this.addEventListener("keydown", this.#key)
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#pressed)
    this.removeEventListener("keydown", this.#key)
  }

  #pressed = (event: MouseEvent) => {
    const target = event.target as Element
    if (target.closest(".thread__close")) return this.#close()
    const link = target.closest<HTMLAnchorElement>('.chat__stream a[href$="/thread"]')
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!link || !plain || this.contains(link) || !matchMedia(DESK).matches) return
    event.preventDefault()
    void this.#open(link)
  }

  #key = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return
    // What is open inside closes first: suggestions, a menu.
    if (this.querySelector('[aria-expanded="true"], details[open], .reactions__choices')) return
    this.#close()
  }

  async #open(link: HTMLAnchorElement) {
    const answer = await fetch(link.href, { headers: { "Torv-Fragment": "thread" } }).catch(() => null)
    const thread = answer?.ok && !answer.redirected ? parsed(await answer.text()).querySelector(".thread") : null
    if (!thread) return location.assign(link.href)
    this.#opener = link.closest<HTMLElement>(".post") ?? link
    this.replaceChildren(thread)
    thread.querySelector(".thread__close")?.removeAttribute("hidden")
    this.hidden = false
    const field = this.querySelector<HTMLElement>("textarea") ?? this.querySelector<HTMLElement>(".thread__title")
    field?.focus({ preventScroll: true })
  }

  #close() {
    this.hidden = true
    this.replaceChildren()
    const opener = this.#opener
    this.#opener = null
    if (!opener?.isConnected) return
    opener.tabIndex = -1
    opener.focus({ preventScroll: true })
  }
}
