import { csrf } from "./server"

const SEEN_MS = 800

/** Tells the server how far a topic has been read: the last post that stood on the screen for a moment.
 *    <read-marker url="/t/7/read"><ol class="posts"><li class="post" data-post="41">…
 *  Sent with a pause, and when the page is left. */
export class ReadMarker extends HTMLElement {
  #seen = 0n
  #told = 0n
  #watch: IntersectionObserver | null = null
  #timer = 0

  connectedCallback() {
    this.#watch = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) this.#note(entry.target as HTMLElement)
    }, { threshold: 0.01, rootMargin: "0px 0px -15% 0px" })
    this.#all()
    this.addEventListener("torv:post", this.#came)
    this.addEventListener("torv:posts", this.#all)
    document.addEventListener("visibilitychange", this.#leave)
    addEventListener("pagehide", this.#tell)
  }

  disconnectedCallback() {
    this.#watch?.disconnect()
    this.removeEventListener("torv:post", this.#came)
    this.removeEventListener("torv:posts", this.#all)
    document.removeEventListener("visibilitychange", this.#leave)
    removeEventListener("pagehide", this.#tell)
  }

  #all = () => {
    for (const post of this.querySelectorAll("[data-post]")) this.#watch?.observe(post)
  }

  #came = (event: Event) => this.#watch?.observe(event.target as Element)

  #note(post: HTMLElement) {
    const id = BigInt(post.dataset.post ?? "0")
    if (id <= this.#seen || document.hidden) return
    this.#seen = id
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(this.#tell, SEEN_MS)
  }

  #leave = () => {
    if (document.hidden) this.#tell()
  }

  #tell = () => {
    clearTimeout(this.#timer)
    if (this.#seen <= this.#told) return
    this.#told = this.#seen
    const body = new URLSearchParams({ csrf: csrf(), post: String(this.#seen) })
    navigator.sendBeacon(this.getAttribute("url") ?? "", body)
  }
}
