import { write } from "./formatting"

interface Person { handle: string; name: string; hue: number; initials: string; avatar?: string }
interface Tag { tag: string; posts: number }
interface Found { matched: boolean; fragment?: HTMLElement }
interface Change extends Event { detail: { key: string; text: string; provide: (found: Promise<Found>) => void } }
interface Chosen extends Event { detail: { key: string; item: HTMLElement; value: string | null } }

const MOST = 6
const POPULAR = ["+1", "heart", "joy", "tada", "pray", "blush"]

/** Offers members while one types @na…, emoji for :na… and tags for #na…; arrows and Enter choose. Loaded when the field is first entered.
 *    <suggest-text url="/members/suggest"><textarea …></textarea></suggest-text> */
export class SuggestText extends HTMLElement {
  #asked = new AbortController()
  #offered = false

  connectedCallback() {
    const field = this.querySelector("textarea")
    if (!field || field.closest("text-expander")) return
    const expander = document.createElement("text-expander")
    expander.setAttribute("keys", "@ : #")
    const focused = document.activeElement === field
    field.replaceWith(expander)
    expander.append(field)
    if (focused) field.focus()
    expander.addEventListener("text-expander-change", this.#change as EventListener)
    expander.addEventListener("text-expander-value", this.#chosen as EventListener)
    this.addEventListener("focusin", this.#enter)
    this.addEventListener("focusout", this.#leave)
  }

  disconnectedCallback() {
    this.removeEventListener("focusin", this.#enter)
    this.removeEventListener("focusout", this.#leave)
  }

  /** Begins a mention or an emoji where the caret is, as if its sign were typed. */
  async offer(key: "@" | ":") {
    await this.#load()
    const field = this.querySelector("textarea")
    if (!field) return
    const { selectionStart: from, selectionEnd: to, value } = field
    const text = (from > 0 && !/\s/.test(value[from - 1] ?? "") ? " " : "") + key
    this.#offered = true
    write(field, { from, to, text, select: [from + text.length, from + text.length] })
  }

  // Without a network the field is a field; the next visit to it tries again.
  #load = () => import("@github/text-expander-element").catch(() => undefined)

  #enter = () => void this.#load()

  #leave = () => { this.#offered = false }

  #change = ({ detail: { key, text, provide } }: Change) => {
    if (key === "@" && text) provide(this.#ask<Person>(this.getAttribute("url") ?? "", text, person))
    if (key === "#" && text) provide(this.#ask<Tag>("/api/v1/tags", text, tag))
    // ":p" is a face of its own; what one asked for by the button is shown from the first sign.
    if (key === ":" && (text.length > 1 || this.#offered)) provide(emoji(text))
  }

  /** Written here and not by the expander, which would leave the browser nothing to undo. */
  #chosen = (event: Chosen) => {
    event.preventDefault()
    const { key, item } = event.detail
    const field = this.querySelector("textarea")
    if (!field) return
    const to = field.selectionEnd
    const from = field.value.lastIndexOf(key, to - 1)
    const text = `${item.dataset.value ?? ""} `
    this.#offered = false
    if (from >= 0) write(field, { from, to, text, select: [from + text.length, from + text.length] })
  }

  async #ask<Item>(url: string, text: string, made: (item: Item) => HTMLElement): Promise<Found> {
    this.#asked.abort()
    this.#asked = new AbortController()
    try {
      const answer = await fetch(`${url}?q=${encodeURIComponent(text)}`, { signal: this.#asked.signal, headers: { Accept: "application/json" } })
      const { items } = (await answer.json()) as { items: Item[] }
      return list(items.slice(0, MOST).map(made))
    } catch {
      return { matched: false }
    }
  }
}

/** Names that begin so come first, then those with a word that does, then those that hold it. */
async function emoji(text: string): Promise<Found> {
  try {
    const { default: names } = await import("torv:emoji")
    const all = names.split("\n").map((line) => line.split(" ") as [string, string])
    const sought = text.toLowerCase()
    const rank = (name: string) => (name === sought ? 0 : name.startsWith(sought) ? 1 : name.includes(`_${sought}`) ? 2 : name.includes(sought) ? 3 : 4)
    const fitting = sought ? all.filter(([name]) => rank(name) < 4).sort(([a], [b]) => rank(a) - rank(b) || a.length - b.length)
      : all.filter(([name]) => POPULAR.includes(name))
    // One of several names of the same emoji is enough.
    const once = new Map(fitting.map(([, sign]) => [sign, ""]))
    for (const [name, sign] of fitting) once.set(sign, once.get(sign) || name)
    return list([...once].slice(0, MOST).map(([sign, name]) => option(name, sign, [said("span", sign), said("span", `:${name}:`)])))
  } catch {
    return { matched: false }
  }
}

function list(options: HTMLElement[]): Found {
  const all = document.createElement("ul")
  all.className = "suggestions"
  all.append(...options)
  return { matched: options.length > 0, fragment: all }
}

function option(id: string, value: string, parts: Node[]) {
  const item = document.createElement("li")
  item.className = "suggestion"
  item.id = `suggest-${id}`
  item.setAttribute("role", "option")
  item.dataset.value = value
  item.append(...parts)
  return item
}

function said(tag: string, text: string) {
  const part = document.createElement(tag)
  part.textContent = text
  return part
}

function person(one: Person) {
  const name = said("span", one.name)
  name.dir = "auto"
  return option(one.handle, `@${one.handle}`, [face(one), name, said("small", `@${one.handle}`)])
}

function tag({ tag: name, posts }: Tag) {
  const word = said("span", `#${name}`)
  word.dir = "auto"
  return option(`tag-${name}`, `#${name}`, [word, said("small", String(posts))])
}

function face(person: Person) {
  if (person.avatar) {
    const picture = document.createElement("img")
    picture.className = "avatar avatar--small"
    picture.src = person.avatar
    picture.alt = ""
    return picture
  }
  const initials = document.createElement("span")
  initials.className = `avatar avatar--small avatar--hue-${Number(person.hue)}`
  initials.setAttribute("aria-hidden", "true")
  initials.textContent = person.initials
  return initials
}
