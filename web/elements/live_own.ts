import { follow, me, reload, type News } from "./live"
import { replace } from "./live_markup"
import { parsed } from "./server"

/** A page of what is one's own: what comes, and what is read elsewhere, shows by itself.
 *    <live-own of="notices" changes="17">…
 *  `changes`: what the page was made with; the page is asked for again when it has grown. */
export class LiveOwn extends HTMLElement {
  #leave: (() => void) | null = null
  #asking = false
  #wanted = ""

  connectedCallback() {
    if (me()) this.#leave = follow(`${this.getAttribute("of") ?? ""}:${me()}`, this.#hear)
  }

  disconnectedCallback() {
    this.#leave?.()
  }

  #hear = (news: News) => {
    if (news.do !== "own") return
    this.#wanted = String(news.change)
    if (!this.#asking) void this.#refresh()
  }

  async #refresh() {
    this.#asking = true
    while (this.isConnected && this.getAttribute("changes") !== this.#wanted) {
      const wanted = this.#wanted
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null)
      if (!answer) break
      const fresh = answer.ok ? parsed(await answer.text()).querySelector("live-own") : null
      if (!fresh) return reload()
      fresh.setAttribute("changes", wanted)
      this.setAttribute("changes", wanted)
      replace(this, fresh)
    }
    this.#asking = false
  }
}
