const WALKED = ".topic-row, .inbox-row, .post:not(.post--deleted), .result, .member-card"

/** Keys for those who like them; the dialog inside says which. Nothing happens while one types.
 *    <key-shortcuts><dialog class="dialog">…</dialog></key-shortcuts> */
export class KeyShortcuts extends HTMLElement {
  #before = ""

  connectedCallback() {
    document.addEventListener("keydown", this.#pressed)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed)
  }

  #pressed = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (target.closest("input, textarea, select, dialog[open], [contenteditable]")) return
    const keys = this.#before + event.key
    this.#before = event.key === "g" ? "g" : ""
    if (this.#does(keys) || this.#does(event.key)) event.preventDefault()
  }

  #does(keys: string) {
    if (keys === "?") return this.#help()
    if (keys === "j" || keys === "k") return walk(keys === "j" ? 1 : -1)
    if (keys === "gh") return go("/")
    if (keys === "gn") return go("/notices")
    if (keys === "gs") return go("/spaces")
    if (keys === "/" || keys === "c") return press(keys)
    return false
  }

  #help() {
    this.querySelector("dialog")?.showModal()
    return true
  }
}

function go(path: string) {
  location.assign(path)
  return true
}

function press(key: string) {
  const visible = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)].find((each) => each.checkVisibility())
  if (!visible) return false
  visible.focus()
  if (!visible.matches("input, textarea")) visible.click()
  return true
}

function walk(step: number) {
  const all = [...document.querySelectorAll<HTMLElement>(WALKED)].filter((each) => each.checkVisibility())
  const now = all.findIndex((each) => each.contains(document.activeElement))
  const next = all[now < 0 && step < 0 ? 0 : now + step]
  if (!next) return false
  const link = next.querySelector<HTMLElement>(".topic-row__link, .inbox-row__link, .result__link, .member-card__link")
  if (!link) next.tabIndex = -1
  const target = link ?? next
  target.focus({ preventScroll: true })
  next.scrollIntoView({ block: "nearest" })
  return true
}
