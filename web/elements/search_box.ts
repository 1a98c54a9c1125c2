interface Suggestion { kind: string; text: string; hint: string; path: string; whole: string }

/** Offers places and filters while one types into a search field; arrows and Enter choose. Without script it is a field.
 *    <search-box label="Suggestions"><label …></label><input type="search" …></search-box> */
export class SearchBox extends HTMLElement {
  #field: HTMLInputElement | null = null
  #list = document.createElement("ul")
  #box: { start(): void; stop(): void; destroy(): void } | null = null
  #asked = new AbortController()
  #later = 0

  connectedCallback() {
    this.#field = this.querySelector("input")
    this.#field?.addEventListener("focus", this.#prepare, { once: true })
  }

  disconnectedCallback() {
    this.#asked.abort()
    clearTimeout(this.#later)
    this.#box?.destroy()
    this.#list.remove()
  }

  #prepare = async () => {
    const field = this.#field
    if (!field || this.#box) return
    const { default: Combobox } = await import("@github/combobox-nav")
    this.#list.className = "suggestions suggestions--search"
    this.#list.id = `${field.id || "search"}-suggestions`
    this.#list.setAttribute("role", "listbox")
    this.#list.setAttribute("aria-label", this.getAttribute("label") ?? "")
    this.#list.hidden = true
    this.append(this.#list)
    // Enter without a choice searches for what stands there.
    this.#box = new Combobox(field, this.#list, { tabInsertsSuggestions: false })
    this.#list.addEventListener("combobox-commit", this.#choose)
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()) // the field keeps the focus
    field.addEventListener("input", () => {
      clearTimeout(this.#later)
      this.#later = window.setTimeout(() => void this.#ask(), 120)
    })
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#list.hidden) return
      event.preventDefault()
      this.#close()
    })
    field.addEventListener("blur", () => this.#close())
  }

  #ask = async () => {
    const typed = this.#field?.value ?? ""
    this.#asked.abort()
    this.#asked = new AbortController()
    const items = await suggested(typed, this.#asked.signal)
    if (typed !== this.#field?.value || document.activeElement !== this.#field) return
    if (!items.length) return this.#close()
    this.#box?.stop()
    this.#list.replaceChildren(...items.map(option))
    this.#list.hidden = false
    this.#box?.start()
  }

  #close() {
    this.#box?.stop()
    this.#list.hidden = true
  }

  #choose = (event: Event) => {
    const { path, whole } = (event.target as HTMLElement).dataset
    this.#close()
    if (path) return void location.assign(path)
    if (!this.#field || !whole) return
    this.#field.value = whole
    this.#field.focus()
    // "before:" wants its value, a whole filter is looked for.
    if (whole.endsWith(":")) return void this.#ask()
    this.#field.form?.requestSubmit()
  }
}

/** Nothing, where the server cannot be asked. */
async function suggested(typed: string, signal: AbortSignal) {
  if (!typed.trim()) return []
  try {
    const answer = await fetch(`/search/suggest?q=${encodeURIComponent(typed)}`, { signal, headers: { Accept: "application/json" } })
    return answer.ok ? ((await answer.json()) as { items: Suggestion[] }).items : []
  } catch {
    return []
  }
}

function option({ kind, text, hint, path, whole }: Suggestion, at: number) {
  const item = document.createElement("li")
  item.className = `suggestion suggestion--${kind}`
  item.id = `search-suggestion-${at}`
  item.setAttribute("role", "option")
  item.dataset.path = path
  item.dataset.whole = whole
  const name = document.createElement("span")
  name.dir = "auto"
  name.textContent = text
  const more = document.createElement("small")
  more.dir = "auto"
  more.textContent = hint
  item.append(name, more)
  return item
}
