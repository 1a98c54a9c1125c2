import { extend, trim } from "./message_list"
import { fieldsOf, parsed, send } from "./server"

const NEAR_PX = 120
const FETCH_BEFORE_PX = 900
const KEPT = 240

/** A stream of messages: opens where one left off, else at its foot; goes on in both directions while one scrolls, without
 *  jumps and without growing for ever; leads to what is new and to the newest.
 *    <chat-stream url="/s/porch" newest="Jump to the newest" earlier="Earlier messages" later="Later messages">
 *      <a class="chat__unread" href="/s/porch?at=41#p-41">12 new messages</a>
 *      <nav class="pager"><a rel="prev" href="/s/porch?before=41">…</a></nav>
 *      <live-posts tail><ol class="posts posts--chat">…</ol></live-posts>
 *      <nav class="pager"><a rel="next" …></nav></chat-stream>
 *  The pagers are links without script; here they are where more is fetched. */
export class ChatStream extends HTMLElement {
  #button = document.createElement("button")
  #edges: IntersectionObserver | null = null
  #grown: ResizeObserver | null = null
  #panel: HTMLElement | null = null
  #atFoot = true
  #busy = false

  connectedCallback() {
    this.#button.type = "button"
    this.#button.className = "button button--small chat__newest"
    this.#button.textContent = this.getAttribute("newest")
    this.#button.hidden = true
    this.#button.addEventListener("click", this.#toFoot)
    this.append(this.#button)
    this.addEventListener("click", this.#pressed)
    this.addEventListener("torv:latest", this.#toFoot)
    document.addEventListener("submit", this.#sent)
    this.#panel = this.closest<HTMLElement>(".thread-panel")
    this.#scrolls.addEventListener("scroll", this.#scrolled, { passive: true })
    this.#edges = new IntersectionObserver(this.#reached, { root: this.#panel, rootMargin: `${FETCH_BEFORE_PX}px 0px` })
    // What is late (a picture, a message, the keyboard of a phone) does not push the newest out of sight.
    this.#grown = new ResizeObserver(() => { if (this.#atFoot) this.#foot() })
    requestAnimationFrame(this.#begin)
  }

  disconnectedCallback() {
    this.#edges?.disconnect()
    this.#grown?.disconnect()
    this.removeEventListener("click", this.#pressed)
    this.removeEventListener("torv:latest", this.#toFoot)
    document.removeEventListener("submit", this.#sent)
    this.#scrolls.removeEventListener("scroll", this.#scrolled)
    this.#button.remove()
  }

  #begin = () => {
    const line = this.querySelector(".new-line")
    if (!location.hash) {
      if (line) line.scrollIntoView({ block: "center", behavior: "instant" })
      else this.#foot()
    }
    this.#scrolled()
    if (this.#list) this.#grown?.observe(this.#list)
    for (const pager of this.querySelectorAll(".pager")) this.#edges?.observe(pager)
  }

  #scrolled = () => {
    const { scrollTop, clientHeight, scrollHeight } = this.#box
    this.#atFoot = this.#tail && scrollTop + clientHeight > scrollHeight - NEAR_PX
    this.#button.hidden = this.#atFoot
    const line = this.querySelector(".new-line")
    if (line && line.getBoundingClientRect().top > 0) this.querySelector(".chat__unread")?.remove()
  }

  #reached = (entries: IntersectionObserverEntry[]) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) void this.#more(target)
  }

  /** The next stretch beyond a pager, which stands for what is not there. */
  async #more(pager: Element) {
    const link = pager.querySelector("a")
    if (this.#busy || !link || !pager.isConnected) return
    const above = link.rel === "prev"
    const page = await this.#fetch(link.href)
    const fetched = page?.querySelector("ol.posts")
    const list = this.#list
    // Without a line to the server the link stays, and is tried when one comes back to it.
    if (!page || !fetched || !list || !pager.isConnected) return
    this.#still(() => {
      extend(list, fetched, above ? "above" : "below")
      pager.remove()
      if (page.querySelector(`.pager a[rel=${link.rel}]`)) this.#offer(link.rel)
      else if (!above) this.#setTail(true)
      if (trim(list, above ? "below" : "above", KEPT)) {
        if (above) this.#setTail(false)
        this.#offer(above ? "next" : "prev")
      }
    })
    list.dispatchEvent(new CustomEvent("torv:posts", { bubbles: true }))
  }

  async #fetch(url: string) {
    this.#setBusy(true)
    try {
      const answer = await fetch(url, { headers: { "Torv-Fragment": "messages" } })
      return answer.ok && !answer.redirected ? parsed(await answer.text()) : null
    } catch {
      return null
    } finally {
      this.#setBusy(false)
    }
  }

  /** What one reads stays where it is while the list changes above it. */
  #still(change: () => void) {
    const box = this.#box
    const anchor = [...this.querySelectorAll<HTMLElement>(".post")].find((post) => post.getBoundingClientRect().bottom > innerHeight / 4)
    const top = anchor?.getBoundingClientRect().top ?? 0
    box.style.overflowAnchor = "none"
    change()
    if (anchor?.isConnected) box.scrollBy({ top: anchor.getBoundingClientRect().top - top, behavior: "instant" })
    requestAnimationFrame(() => { box.style.overflowAnchor = "" })
  }

  /** A pager at an edge beyond which there is more. */
  #offer(rel: string) {
    const posts = [...this.querySelectorAll<HTMLElement>(".post[data-post]")]
    const edge = rel === "prev" ? posts[0] : posts.at(-1)
    this.querySelector(`.pager:has(a[rel=${rel}])`)?.remove()
    const pager = document.createElement("nav")
    pager.className = "pager"
    const link = document.createElement("a")
    link.className = "button"
    link.rel = rel
    link.href = `${this.#url}?${rel === "prev" ? "before" : "after"}=${edge?.dataset.post ?? ""}`
    link.textContent = this.getAttribute(rel === "prev" ? "earlier" : "later")
    pager.setAttribute("aria-label", link.textContent ?? "")
    pager.append(link)
    const block = this.querySelector("live-posts") ?? this.#list
    if (rel === "prev") block?.before(pager)
    else block?.after(pager)
    this.#edges?.observe(pager)
  }

  #pressed = (event: MouseEvent) => {
    const target = event.target as Element
    const link = target.closest<HTMLAnchorElement>("a[href]")
    // Where nothing hovers, a touch brings out what one can do with a message.
    if (!link && !target.closest("button, summary, input") && matchMedia("(hover: none)").matches) choose(target.closest<HTMLElement>(".post"))
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    const pager = link.closest(".pager")
    const inList = new URL(link.href).pathname.match(/^\/p\/(\d+)$/)?.[1]
    if (pager) {
      event.preventDefault()
      void this.#more(pager)
    } else if (link.matches(".chat__unread")) {
      event.preventDefault()
      void this.#toNew(link)
    } else if (inList && link.closest(".post__parent") && document.getElementById(`p-${inList}`)) {
      event.preventDefault()
      location.hash = `p-${inList}`
    }
  }

  /** Deleting a message, or bringing it back, does not leave the stream either; the line tells how it looks then. */
  #sent = (event: SubmitEvent) => {
    const { target: form, submitter } = event
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || !submitter || !this.contains(submitter)) return
    const url = submitter.getAttribute("formaction") ?? form.action
    if (form.id !== "delete-post" && !url.endsWith("/restore")) return
    event.preventDefault()
    const live = this.querySelector("live-posts") !== null
    const answer = send(url, { method: "POST", body: fieldsOf(form, submitter), headers: { "Torv-Fragment": "message" } })
    answer.then(({ ok }) => { if (!ok || !live) location.reload() }, () => undefined)
  }

  async #toNew(link: HTMLAnchorElement) {
    if (!this.querySelector(".new-line")) await this.#replace(link.href)
    this.querySelector(".new-line")?.scrollIntoView({ block: "center" })
    link.remove()
  }

  #toFoot = async () => {
    if (!this.#tail) await this.#replace(this.#url)
    if (this.#tail) this.#foot("auto")
  }

  /** Another stretch of the stream in the place of this one. */
  async #replace(url: string) {
    const page = await this.#fetch(url)
    const fetched = page?.querySelector("ol.posts")
    if (!page || !fetched || !this.#list) return
    this.#list.replaceChildren(...fetched.children, ...this.#list.querySelectorAll(".post--pending"))
    for (const rel of ["prev", "next"]) {
      this.querySelector(`.pager:has(a[rel=${rel}])`)?.remove()
      if (page.querySelector(`.pager a[rel=${rel}]`)) this.#offer(rel)
    }
    this.#setTail(!page.querySelector(".pager a[rel=next]"))
    this.#list.dispatchEvent(new CustomEvent("torv:posts", { bubbles: true }))
  }

  #setTail(yes: boolean) {
    (this.querySelector("live-posts") ?? this).toggleAttribute("tail", yes)
    this.#scrolled()
  }

  #setBusy(yes: boolean) {
    this.#busy = yes
    if (yes) this.#list?.setAttribute("aria-busy", "true")
    else this.#list?.removeAttribute("aria-busy")
  }

  #foot(behavior: ScrollBehavior = "instant") { this.#box.scrollTo({ top: this.#box.scrollHeight, behavior }) }

  /** What scrolls: the page, or the panel that a thread stands in. */
  get #box() { return this.#panel ?? document.documentElement }
  get #scrolls(): EventTarget { return this.#panel ?? window }
  get #list() { return this.querySelector<HTMLOListElement>("ol.posts") }
  get #tail() { return this.querySelector("live-posts[tail]") !== null || !this.querySelector(".pager a[rel=next]") }
  get #url() { return this.getAttribute("url") ?? location.pathname }
}

function choose(post: HTMLElement | null) {
  if (!post) return
  post.tabIndex = -1
  post.focus({ preventScroll: true })
}
