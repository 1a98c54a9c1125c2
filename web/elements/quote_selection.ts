import { write } from "./formatting"

const SETTLED_MS = 150
const ROOM = 12

/** Offers to quote what is selected in a post, and writes it into the composer it stands in, with author and link. The key q
 *  does the same, for a whole post that has the focus too.
 *    <quote-selection label="Quote" wrote="{name} wrote"><form>…<textarea>…</form></quote-selection> */
export class QuoteSelection extends HTMLElement {
  #button = document.createElement("button")
  #timer = 0

  connectedCallback() {
    this.#button.type = "button"
    this.#button.className = "button button--primary button--small quote-button"
    this.#button.textContent = this.getAttribute("label")
    this.#button.setAttribute("aria-keyshortcuts", "q")
    this.#button.hidden = true
    // The selection must outlive the press.
    this.#button.addEventListener("pointerdown", (event) => event.preventDefault())
    this.#button.addEventListener("click", this.#quote)
    document.body.append(this.#button)
    document.addEventListener("selectionchange", this.#changed)
    document.addEventListener("keydown", this.#key)
    addEventListener("scroll", this.#place, { capture: true, passive: true })
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#button.remove()
    document.removeEventListener("selectionchange", this.#changed)
    document.removeEventListener("keydown", this.#key)
    removeEventListener("scroll", this.#place, { capture: true })
  }

  #changed = () => {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(this.#place, SETTLED_MS)
  }

  #place = () => {
    const range = this.#chosen()
    const words = range?.getBoundingClientRect()
    const seen = words !== undefined && words.bottom > 0 && words.top < innerHeight
    this.#button.hidden = !seen
    if (!seen) return
    const { offsetWidth: width, offsetHeight: height } = this.#button
    // Below the words: above them a phone shows what it offers itself.
    const below = words.bottom + ROOM + height < innerHeight ? words.bottom + ROOM : words.top - ROOM - height
    this.#button.style.top = `${Math.max(ROOM, below)}px`
    this.#button.style.left = `${Math.min(Math.max(ROOM, words.left + (words.width - width) / 2), innerWidth - width - ROOM)}px`
  }

  #key = (event: KeyboardEvent) => {
    if (event.key !== "q" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if ((event.target as Element).closest("input, textarea, select, dialog[open], [contenteditable]")) return
    if (!this.#chosen()) this.#choose(document.activeElement?.closest(".post[data-post]"))
    if (!this.#chosen()) return
    event.preventDefault()
    this.#quote()
  }

  #choose(post?: Element | null) {
    const body = post?.querySelector(".post__body")
    if (body) getSelection()?.selectAllChildren(body)
  }

  /** What is selected of the words of one post that stands above this composer. */
  #chosen() {
    const selection = getSelection()
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null
    const range = selection.getRangeAt(0).cloneRange()
    const body = near(range.startContainer)?.closest<HTMLElement>(".post[data-post] .post__body")
    if (!body || body.closest(PLACES) !== this.closest(PLACES)) return null
    // A press thrice takes the beginning of the next post along.
    if (!body.contains(range.endContainer)) range.setEnd(body, body.childNodes.length)
    return range.toString().trim() ? range : null
  }

  #quote = () => {
    const range = this.#chosen()
    const field = this.querySelector("textarea")
    const post = near(range?.startContainer)?.closest<HTMLElement>(".post")
    if (!range || !field || !post) return
    const selection = getSelection()
    selection?.removeAllRanges()
    selection?.addRange(range)
    const text = quoted(selection?.toString() ?? "", this.#head(post))
    selection?.removeAllRanges()
    this.#button.hidden = true
    const at = field.value.trimEnd().length
    const gap = at ? "\n\n" : ""
    const end = at + gap.length + text.length
    write(field, { from: at, to: field.value.length, text: gap + text, select: [end, end] })
    field.scrollIntoView({ block: "nearest" })
  }

  #head(post: HTMLElement) {
    const name = post.querySelector(".post__author")?.textContent?.trim() ?? ""
    const words = (this.getAttribute("wrote") ?? "").replace("{name}", name).replace(/[[\]\\]/g, "\\$&")
    return `[${words}](/p/${post.dataset.post})`
  }
}

const PLACES = ".thread, .chat, .topic"

const near = (node?: Node | null) => (node instanceof Element ? node : node?.parentElement)

function quoted(words: string, head: string) {
  const lines = words.trim().replace(/\n{3,}/g, "\n\n").split("\n")
  return [head + ":", ...lines].map((line) => `> ${line}`.trimEnd()).join("\n") + "\n\n"
}
