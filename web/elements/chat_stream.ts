/** Opens a stream where one left off, else at its foot, and offers the way down.
 *    <chat-stream newest="Jump to the newest"><ol class="posts posts--chat">…</ol></chat-stream> */
export class ChatStream extends HTMLElement {
  #button = document.createElement("button")
  #watch: IntersectionObserver | null = null

  connectedCallback() {
    this.#button.type = "button"
    this.#button.className = "button button--small chat__newest"
    this.#button.textContent = this.getAttribute("newest")
    this.#button.hidden = true
    this.#button.addEventListener("click", this.#toFoot)
    this.append(this.#button)
    const last = this.querySelector(".post:last-of-type")
    if (!last) return
    this.#watch = new IntersectionObserver(([entry]) => { this.#button.hidden = entry?.isIntersecting ?? true })
    this.#watch.observe(last)
    this.addEventListener("torv:post", this.#came)
    if (!location.hash) requestAnimationFrame(this.#begin)
  }

  disconnectedCallback() {
    this.#watch?.disconnect()
    this.removeEventListener("torv:post", this.#came)
    this.#button.remove()
  }

  /** The foot of the stream is the newest message. */
  #came = (event: Event) => {
    this.#watch?.disconnect()
    this.#watch?.observe(event.target as Element)
  }

  #begin = () => {
    const line = this.querySelector(".new-line")
    if (line) line.scrollIntoView({ block: "center", behavior: "instant" })
    else scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" })
  }

  #toFoot = () => scrollTo({ top: document.documentElement.scrollHeight })
}
