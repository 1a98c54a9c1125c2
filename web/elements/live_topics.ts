import { follow, me, reload, type News } from "./live"
import { ownPart, replace } from "./live_markup"
import { markNew, rise, rowOf } from "./topic_rows"

/** A list of topics whose rows change by themselves.
 *    <live-topics stream="space:5" sort="active" fresh="New posts"><ol class="topics"><li class="topic-row" data-topic="7">…
 *  `sort`: "active" moves a topic up when somebody writes in it, "new" takes in new ones, "" only changes what is there. */
export class LiveTopics extends HTMLElement {
  #leave: (() => void) | null = null

  connectedCallback() {
    this.#leave = follow(this.getAttribute("stream") ?? "", this.#hear)
  }

  disconnectedCallback() {
    this.#leave?.()
  }

  #hear = (news: News) => {
    if (news.do === "off" || news.do === "again") return reload()
    const old = rowOf(this, String(news.topic))
    if (news.do === "gone") return old?.remove()
    const fresh = news.do === "topic" ? ownPart(news.html ?? "") : null
    if (fresh) this.#put(old, fresh, news)
  }

  #put(old: HTMLElement | null, fresh: HTMLElement, news: News) {
    const list = this.querySelector("ol.topics")
    if (!list) return reload()
    const unread = news.said === true && news.by !== me() || old?.matches(".topic-row--unread")
    if (unread) markNew(fresh, this.getAttribute("fresh"))
    const pinned = fresh.querySelector(".topic-row__marks use[href$='#pin']") !== null
    const latest = Number(fresh.dataset.at) > Number(old?.dataset.at ?? 0)
    const rises = latest && !pinned && (this.getAttribute("sort") === "active" || (!old && this.getAttribute("sort") === "new"))
    if (old && !rises) return replace(old, fresh)
    if (!rises) return
    if (!old) return rise(list, fresh)
    replace(old, fresh)
    if (!old.contains(document.activeElement)) rise(list, old)
  }
}
