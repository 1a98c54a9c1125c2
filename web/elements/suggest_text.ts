interface Person { handle: string; name: string; hue: number; initials: string; avatar?: string }
interface Change extends Event { detail: { key: string; text: string; provide: (found: Promise<{ matched: boolean; fragment?: HTMLElement }>) => void } }
interface Chosen extends Event { detail: { item: HTMLElement; value: string | null } }

/** Offers members while one types @na…; arrows and Enter choose. Loaded when the field is first entered.
 *    <suggest-text url="/members/suggest"><textarea …></textarea></suggest-text> */
export class SuggestText extends HTMLElement {
  #asked = new AbortController()

  connectedCallback() {
    const field = this.querySelector("textarea")
    if (!field || field.closest("text-expander")) return
    const expander = document.createElement("text-expander")
    expander.setAttribute("keys", "@")
    const focused = document.activeElement === field
    field.replaceWith(expander)
    expander.append(field)
    if (focused) field.focus()
    expander.addEventListener("text-expander-change", this.#change as EventListener)
    expander.addEventListener("text-expander-value", this.#chosen as EventListener)
    this.addEventListener("focusin", this.#load)
  }

  disconnectedCallback() {
    this.removeEventListener("focusin", this.#load)
  }

  #load = () => {
    this.removeEventListener("focusin", this.#load)
    // Without a network the field is a field; the next visit to it tries again.
    import("@github/text-expander-element").catch(() => this.addEventListener("focusin", this.#load))
  }

  #change = (event: Change) => {
    if (event.detail.text) event.detail.provide(this.#find(event.detail.text))
  }

  #chosen = (event: Chosen) => {
    event.detail.value = `@${event.detail.item.dataset.value ?? ""}`
  }

  async #find(text: string) {
    this.#asked.abort()
    this.#asked = new AbortController()
    try {
      const url = `${this.getAttribute("url")}?q=${encodeURIComponent(text)}`
      const answer = await fetch(url, { signal: this.#asked.signal, headers: { Accept: "application/json" } })
      const { items } = (await answer.json()) as { items: Person[] }
      return { matched: items.length > 0, fragment: list(items) }
    } catch {
      return { matched: false }
    }
  }
}

function list(people: Person[]) {
  const all = document.createElement("ul")
  all.className = "suggestions"
  all.append(...people.slice(0, 6).map(option))
  return all
}

function option(person: Person) {
  const item = document.createElement("li")
  item.className = "suggestion"
  item.id = `suggest-${person.handle}`
  item.setAttribute("role", "option")
  item.dataset.value = person.handle
  const name = document.createElement("span")
  name.dir = "auto"
  name.textContent = person.name
  const handle = document.createElement("small")
  handle.textContent = `@${person.handle}`
  item.append(face(person), name, handle)
  return item
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
