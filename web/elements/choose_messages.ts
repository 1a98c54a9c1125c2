/** Choosing messages in the stream itself, to lift them into a topic.
 *    <choose-messages url="/t/7/lift" begin="Choose messages" chosen="{n} chosen" lift="Lift into a topic" suggest="Suggest more"
 *      cancel="Cancel" label="Choose the message of {name}" own>
 *  Each message gets a check box; a stretch is chosen with Shift. `own`: only one's own messages may be lifted. What was
 *  chosen goes to the page at `url`, where the rest is said; without script that page is all there is. */
export class ChooseMessages extends HTMLElement {
  #open = document.createElement("button")
  #bar = document.createElement("div")
  #count = document.createElement("span")
  #last: HTMLInputElement | null = null

  connectedCallback() {
    this.#open.type = "button"
    this.#open.className = "button button--small button--quiet"
    this.#open.textContent = this.getAttribute("begin")
    this.#open.addEventListener("click", this.#begin)
    this.#bar.className = "choose-bar"
    this.#bar.setAttribute("role", "group")
    this.#bar.setAttribute("aria-label", this.getAttribute("begin") ?? "")
    this.#count.setAttribute("role", "status")
    this.#bar.append(this.#count, this.#button("suggest", this.#suggest), this.#button("lift", this.#lift, "button--primary"),
      this.#button("cancel", this.#end))
    this.append(this.#open)
  }

  disconnectedCallback() {
    this.#end()
    this.#open.remove()
  }

  #button(words: string, does: () => void, look = "button--quiet") {
    const button = document.createElement("button")
    button.type = "button"
    button.className = `button button--small ${look}`
    button.textContent = this.getAttribute(words)
    button.addEventListener("click", does)
    return button
  }

  #begin = () => {
    if (!this.#list) return
    this.#open.hidden = true
    this.#list.classList.add("posts--choosing")
    this.#offer()
    this.#list.addEventListener("torv:posts", this.#offer)
    this.#list.addEventListener("torv:post", this.#offer)
    this.#list.addEventListener("click", this.#clicked)
    addEventListener("keydown", this.#keyed)
    ;(this.closest("main") ?? document.body).append(this.#bar)
    this.#tell()
    this.#boxes.at(-1)?.focus()
  }

  #end = () => {
    for (const pick of document.querySelectorAll(".post__pick")) pick.remove()
    this.#list?.classList.remove("posts--choosing")
    this.#list?.removeEventListener("torv:posts", this.#offer)
    this.#list?.removeEventListener("torv:post", this.#offer)
    this.#list?.removeEventListener("click", this.#clicked)
    removeEventListener("keydown", this.#keyed)
    this.#bar.remove()
    this.#last = null
    this.#open.hidden = false
    if (this.isConnected) this.#open.focus()
  }

  /** A check box for each message that has none yet. */
  #offer = () => {
    const mine = this.hasAttribute("own") ? ".post--mine" : ""
    for (const post of this.#list?.querySelectorAll<HTMLElement>(`.post[data-post]${mine}`) ?? []) {
      if (post.querySelector(".post__pick")) continue
      const pick = document.createElement("input")
      pick.type = "checkbox"
      pick.className = "check__input post__pick"
      pick.value = post.dataset.post ?? ""
      pick.setAttribute("aria-label", (this.getAttribute("label") ?? "").replace("{name}", post.querySelector(".post__author")?.textContent ?? ""))
      post.prepend(pick)
    }
  }

  #clicked = (event: MouseEvent) => {
    const box = event.target
    if (!(box instanceof HTMLInputElement) || !box.matches(".post__pick")) return
    const boxes = this.#boxes
    const from = event.shiftKey && this.#last ? boxes.indexOf(this.#last) : -1
    const to = boxes.indexOf(box)
    if (from >= 0) for (const each of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = box.checked
    this.#last = box
    this.#tell()
  }

  #keyed = (event: KeyboardEvent) => {
    if (event.key === "Escape") return this.#end()
    const box = event.target
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (!step || !(box instanceof HTMLInputElement) || !box.matches(".post__pick")) return
    event.preventDefault()
    const boxes = this.#boxes
    const next = boxes[boxes.indexOf(box) + step]
    if (!next) return
    if (event.shiftKey) next.checked = box.checked
    this.#last = next
    next.focus()
    this.#tell()
  }

  /** What seems to belong together with the message chosen last is chosen too. */
  #suggest = async () => {
    const around = this.#last?.checked ? this.#last : this.#chosen.at(-1)
    if (!around) return
    const answer = await fetch(`/api/v1/posts/${around.value}/conversation`).catch(() => null)
    if (!answer?.ok) return
    const { items } = (await answer.json()) as { items: string[] }
    for (const box of this.#boxes) if (items.includes(box.value)) box.checked = true
    this.#tell()
  }

  #lift = () => {
    const ids = this.#chosen.map((box) => box.value)
    if (ids.length > 0) location.assign(`${this.getAttribute("url") ?? ""}?posts=${ids.join(",")}`)
  }

  #tell() {
    const count = this.#chosen.length
    this.#count.textContent = (this.getAttribute("chosen") ?? "").replace("{n}", count.toLocaleString(document.documentElement.lang))
    for (const button of [...this.#bar.querySelectorAll("button")].slice(0, 2)) button.disabled = count === 0
  }

  get #list() { return document.querySelector<HTMLElement>("ol.posts--chat") }
  get #boxes() { return [...document.querySelectorAll<HTMLInputElement>(".post__pick")] }
  get #chosen() { return this.#boxes.filter((box) => box.checked) }
}
