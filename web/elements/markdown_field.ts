import { format, nextLine, table, textOf, write, type Edit } from "./formatting"
import { pasted } from "./pasting"
import type { SuggestText } from "./suggest_text"

const MAC = /Mac|iPhone|iPad/.test(navigator.platform)

/** Life for the tools of a text that is Markdown: buttons and keys format it, a list goes on by itself, tables and links are
 *  pasted as such. What it writes, the browser's undo takes back.
 *    <markdown-field><div class="composer__tools" role="toolbar" aria-label="…" aria-controls="body" hidden>
 *      <button class="composer__tool" type="button" data-format="bold" aria-keyshortcuts="Control+B" title="Bold" tabindex="-1">…
 *    </div>…<textarea id="body">…</markdown-field>
 *  The tools are one stop of the Tab key; arrows go from one to the next. */
export class MarkdownField extends HTMLElement {
  connectedCallback() {
    this.#bar?.removeAttribute("hidden")
    this.#tools.forEach((tool, n) => {
      tool.tabIndex = n ? -1 : 0
      tool.title = [tool.title, spoken(tool.getAttribute("aria-keyshortcuts"))].filter(Boolean).join(" ")
    })
    this.addEventListener("click", this.#pressed)
    this.addEventListener("mousedown", this.#held)
    this.addEventListener("keydown", this.#key)
    this.addEventListener("paste", this.#paste)
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#pressed)
    this.removeEventListener("mousedown", this.#held)
    this.removeEventListener("keydown", this.#key)
    this.removeEventListener("paste", this.#paste)
  }

  #pressed = (event: MouseEvent) => {
    const tool = (event.target as Element).closest<HTMLElement>("[data-format]")
    if (tool && this.#bar?.contains(tool)) this.#do(tool)
  }

  // The caret stays in the text: on a phone the keyboard would go and come again.
  #held = (event: MouseEvent) => {
    if ((event.target as Element).closest("[data-format]")) event.preventDefault()
  }

  #do(tool: HTMLElement) {
    const name = tool.dataset.format ?? ""
    const field = this.#field
    if (!field) return
    if (name === "mention" || name === "emoji") {
      void this.querySelector<SuggestText>("suggest-text")?.offer(name === "emoji" ? ":" : "@")
      return
    }
    this.#write(name === "table" ? table(textOf(field), tool.dataset.column ?? "") : format(name, textOf(field)))
  }

  #key = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return
    if (event.target !== this.#field) return this.#walk(event)
    if (event.key === "Enter") return this.#enter(event)
    const pressed = keysOf(event)
    const tool = pressed && this.#tools.find((each) => each.getAttribute("aria-keyshortcuts") === pressed)
    if (!tool) return
    event.preventDefault()
    this.#do(tool)
  }

  /** Where Enter sends, Shift+Enter is the new line. */
  #enter(event: KeyboardEvent) {
    const field = this.#field
    if (!field || event.ctrlKey || event.metaKey || event.altKey || field.getAttribute("aria-expanded") === "true") return
    const sends = this.closest("enter-sends") !== null && !matchMedia("(pointer: coarse)").matches
    if (event.shiftKey !== sends) return
    const edit = nextLine(textOf(field))
    if (!edit) return
    event.preventDefault()
    this.#write(edit)
  }

  #walk(event: KeyboardEvent) {
    const tools = this.#tools.filter((tool) => tool.checkVisibility())
    const at = tools.findIndex((tool) => tool === event.target)
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tools.length - 1 }
    const to = at < 0 ? undefined : steps[event.key]
    const next = to === undefined ? undefined : tools.at(to % tools.length)
    if (!next) return
    event.preventDefault()
    for (const tool of this.#tools) tool.tabIndex = tool === next ? 0 : -1
    next.focus()
  }

  #paste = (event: ClipboardEvent) => {
    const field = this.#field
    const data = event.clipboardData
    if (!field || event.target !== field || !data || event.defaultPrevented) return
    const edit = pasted(data.getData("text/plain"), data.getData("text/html"), textOf(field))
    if (!edit) return
    event.preventDefault()
    this.#write(edit)
  }

  #write(edit: Edit | null) {
    if (edit && this.#field) write(this.#field, edit)
  }

  get #field() { return this.querySelector("textarea") }
  get #bar() { return this.querySelector<HTMLElement>(".composer__tools") }
  get #tools() { return [...this.querySelectorAll<HTMLElement>(".composer__tools [data-format]")] }
}

/** "Control+Shift+7": digits by their place, for with Shift they are other signs on every keyboard. */
function keysOf(event: KeyboardEvent) {
  if (!(MAC ? event.metaKey : event.ctrlKey) || event.altKey) return ""
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]
  return ["Control", ...(event.shiftKey ? ["Shift"] : []), digit ?? event.key.toUpperCase()].join("+")
}

function spoken(keys: string | null) {
  if (!keys) return ""
  return `(${MAC ? keys.replace("Control+", "⌘").replace("Shift+", "⇧") : keys.replace("Control", "Ctrl")})`
}
