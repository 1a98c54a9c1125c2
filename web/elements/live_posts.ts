import { follow, me, reload, type News } from "./live"
import { announce, isPressed, keepPressed, ownPart, replace } from "./live_markup"
import { insert, tighten } from "./message_list"
import { lifted } from "./lifted"
import { parsed, morph } from "./server"
import { WhoWrites } from "./who_writes"

const NEAR_PX = 160
const HELD = 100

/** Posts that come, change and go by themselves.
 *    <live-posts stream="topic:7" tail new-one="1 new post" new-many="{n} new posts" said="{name}: {text}"><ol class="posts">…
 *  `tail`: the list ends with the newest post, so that new ones belong below it. Who reads further up is not moved: a chip
 *  tells how many there are. Without the list (`stream="space:5"`) the first post brings the page again. */
export class LivePosts extends HTMLElement {
  #leave: (() => void) | null = null
  #chip = document.createElement("button")
  #unseen = 0
  #writers: WhoWrites | null = null
  #held: HTMLElement[] = []
  #own: HTMLElement[] = []

  static observedAttributes = ["tail"]

  /** What was said while the foot of a stream was not there may be missing from the stretch that was fetched. */
  attributeChangedCallback(_name: string, _old: string | null, tail: string | null) {
    const held = tail === null ? [] : this.#held.splice(0)
    for (const post of held) if (!document.getElementById(post.id) && this.#list) this.#place(post)
  }

  connectedCallback() {
    this.#chip.type = "button"
    this.#chip.className = "button button--small button--primary chip"
    this.#chip.addEventListener("click", this.#toNew)
    this.#leave = follow(this.#stream, this.#hear)
    if (this.#list) this.#writers = new WhoWrites(this.#field, this.#stream, (key) => this.getAttribute(key) ?? "")
    addEventListener("scroll", this.#scrolled, { passive: true })
    this.addEventListener("torv:settled", this.#settled)
  }

  disconnectedCallback() {
    this.#leave?.()
    this.#writers?.end()
    this.#chip.remove()
    removeEventListener("scroll", this.#scrolled)
    this.removeEventListener("torv:settled", this.#settled)
  }

  #hear = (news: News) => {
    switch (news.do) {
      case "said": return this.#said(news)
      case "topic": return void this.#refresh([".chat"])
      case "writing": return this.#writers?.heard(String(news.by), String(news.name))
      case "post":
      case "thread": return this.#changed(news)
      case "reactions": return this.#reacted(news)
      case "lifted": return lifted(news)
      case "put_back": return document.getElementById(`lift-${String(news.lift)}`) ? reload() : undefined
      case "changed": return void this.#refresh([".topic-head", "#answers"])
      // Too much was missed to be told one by one, or it may not be read any more. What is being written is kept.
      case "again":
      case "off": return reload()
    }
  }

  #said(news: News) {
    this.#writers?.sent(String(news.by))
    const fresh = ownPart(news.html ?? "")
    if (!fresh) return
    const old = document.getElementById(fresh.id)
    if (old) return this.#put(old, fresh)
    if (this.#blocks(String(news.by))) return this.hasAttribute("tail") ? this.#place(this.#fold(fresh)) : undefined
    const mine = news.by === me()
    fresh.classList.add(mine ? "post--mine" : "post--new")
    if (!this.hasAttribute("tail")) {
      this.#held = [...this.#held, fresh].slice(-HELD)
      return mine ? undefined : this.#offer()
    }
    if (mine && this.#sends) return void this.#own.push(fresh)
    const follows = this.#atFoot || mine
    this.#place(fresh)
    if (follows) fresh.scrollIntoView({ block: "end" })
    else this.#offer()
    if (!mine) this.#tell(fresh)
  }

  /** What one has written oneself stands here already, pale, until the server's answer says as which post: while one is
   *  on its way, nobody knows whether it is the one that comes. */
  #settled = () => {
    if (this.#sends) return
    for (const post of this.#own.splice(0)) if (!document.getElementById(post.id)) this.#place(post)
  }

  #place(fresh: HTMLElement) {
    insert(this.#list!, fresh)
    fresh.dispatchEvent(new CustomEvent("torv:post", { bubbles: true }))
  }

  #changed(news: News) {
    const fresh = ownPart(news.html ?? "")
    const old = fresh && document.getElementById(fresh.id)
    if (old && fresh) this.#put(old, fresh)
  }

  /** Keeps what is this reader's own: what they pressed, what is new to them, who was introduced above. */
  #put(old: HTMLElement, fresh: HTMLElement) {
    for (const name of ["post--new", "post--mine"]) if (old.classList.contains(name)) fresh.classList.add(name)
    if (old.matches(".post--same") && !fresh.matches(".post--deleted")) tighten(fresh)
    keepPressed(fresh, (emoji) => isPressed(old, emoji))
    if (old.querySelector(".post__folded")) this.#fold(fresh)
    replace(old, fresh)
  }

  #blocks(member: string) { return (this.getAttribute("blocked") ?? "").split(" ").includes(member) }

  /** As the page itself shows what somebody said whom the reader has blocked. */
  #fold(post: HTMLElement) {
    const fold = document.createElement("details")
    fold.className = "post__folded"
    const words = document.createElement("summary")
    words.textContent = this.getAttribute("by-blocked")
    fold.append(words, ...post.childNodes)
    post.append(fold)
    return post
  }

  #reacted(news: News) {
    const fresh = ownPart(news.html ?? "")
    const old = fresh && document.getElementById(fresh.id)
    if (!fresh || !old) return
    keepPressed(fresh, (emoji) => (news.by === me() && emoji === news.emoji ? news.given === true : isPressed(old, emoji)))
    replace(old, fresh)
  }

  #offer() {
    this.#unseen += 1
    const words = this.getAttribute(this.#unseen === 1 ? "new-one" : "new-many") ?? ""
    this.#chip.textContent = words.replace("{n}", this.#unseen.toLocaleString(document.documentElement.lang))
    if (!this.#chip.isConnected) this.append(this.#chip)
  }

  #toNew = () => {
    const fresh = [...this.querySelectorAll<HTMLElement>(".post--new")].at(-this.#unseen)
    const elsewhere = !this.hasAttribute("tail")
    this.#forget()
    const stream = this.closest("chat-stream")
    if (elsewhere && stream) return void stream.dispatchEvent(new CustomEvent("torv:latest"))
    if (elsewhere) return location.assign(`${location.pathname}?go=new`)
    fresh?.scrollIntoView({ block: "start" })
    fresh?.setAttribute("tabindex", "-1")
    fresh?.focus({ preventScroll: true })
  }

  #forget() {
    this.#unseen = 0
    this.#chip.remove()
  }

  #scrolled = () => {
    if (this.#unseen > 0 && this.hasAttribute("tail") && this.#atFoot) this.#forget()
  }

  #tell(fresh: HTMLElement) {
    const text = fresh.querySelector(".post__body")?.textContent?.trim().slice(0, 160) ?? ""
    const name = fresh.querySelector(".post__author")?.textContent ?? ""
    announce((this.getAttribute("said") ?? "").replace("{name}", name).replace("{text}", text))
  }

  async #refresh(parts: string[]) {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null)
    if (!answer?.ok || answer.redirected) return reload()
    const page = parsed(await answer.text())
    const composes = (root: ParentNode) => root.querySelector(".composer") !== null
    if (composes(page) !== composes(document)) return reload()
    for (const part of parts) {
      const old = document.querySelector(part)
      const fresh = page.querySelector(part)
      if (old && fresh) morph(old, fresh)
    }
    this.#mark(page)
  }

  /** The answer that helped, and the one that did before. */
  #mark(page: Document) {
    const answers = [...document.querySelectorAll(".post--accepted"), ...page.querySelectorAll(".post--accepted")]
    for (const id of new Set(answers.map((each) => each.id))) {
      const old = document.getElementById(id)
      const fresh = page.getElementById(id)
      if (old && fresh && old.className !== fresh.className) replace(old, fresh)
    }
  }

  /** Of what is said here, not in the thread beside it. */
  get #field() { return (this.closest(".chat, .topic") ?? document).querySelector<HTMLTextAreaElement>(".reply textarea[name=body]") }
  get #stream() { return this.getAttribute("stream") ?? "" }
  get #list() { return this.querySelector<HTMLOListElement>("ol.posts") }
  get #sends() { return this.querySelector('.post--pending:not([data-state="refused"])') !== null }
  get #atFoot() { return this.getBoundingClientRect().bottom < innerHeight + NEAR_PX }
}
