import { follow, me, reload, type News } from "./live"
import { ownPart, replace } from "./live_markup"
import { markNew, rowOf } from "./topic_rows"

const ROWS_MOST = 30

/** The home of a member: where somebody writes rises to what is new.
 *    <live-home fresh="New posts"><section hidden><ol class="topics" data-list="fresh">… <ol class="topics" data-list="other">… */
export class LiveHome extends HTMLElement {
  #leave: (() => void) | null = null

  connectedCallback() {
    this.#leave = follow("home", this.#hear)
  }

  disconnectedCallback() {
    this.#leave?.()
  }

  #hear = (news: News) => {
    if (news.do === "off" || news.do === "again") return reload()
    const old = rowOf(this, String(news.topic))
    if (news.do === "gone") return this.#remove(old)
    const fresh = news.do === "topic" ? ownPart(news.html ?? "") : null
    if (!fresh) return
    const theirs = news.said === true && news.by !== me()
    if (theirs || old?.matches(".topic-row--unread")) markNew(fresh, this.getAttribute("fresh"))
    if (old) replace(old, fresh)
    if (theirs) this.#rise("fresh", old ?? fresh)
    else if (news.said === true && !old) this.#rise("other", fresh)
  }

  #rise(name: string, row: HTMLElement) {
    const list = this.querySelector(`[data-list="${name}"]`)
    if (!list || row.contains(document.activeElement)) return
    if (list.firstElementChild !== row) list.prepend(row)
    if (list.children.length > ROWS_MOST) list.lastElementChild?.remove()
    this.#show()
  }

  #remove(row: HTMLElement | null) {
    row?.remove()
    this.#show()
  }

  /** A list without rows has no title; "nothing new" is said while there is nothing new. */
  #show() {
    for (const list of this.querySelectorAll("[data-list]")) {
      list.closest("section")?.toggleAttribute("hidden", list.childElementCount === 0)
    }
    this.querySelector(".empty")?.toggleAttribute("hidden", this.querySelector('[data-list="fresh"] > *') !== null)
  }
}
