import { write } from "./formatting"
import { csrf } from "./server"
import type { Sending } from "./form_guard"

interface Stored { id: string; url: string; name: string; markdown: string }
/** Why not: 0 no connection, -1 stopped; `title` says it in the member's language, if the server said anything. */
interface Refusal { status: number; title?: string }

/** Sends files that are picked, dropped or pasted, shows how far they are, and writes their Markdown into the text.
 *    <upload-field url="/uploads" for="body" icon="/assets/icons-HASH.svg#paperclip" add="Add a file" uploading="Uploading {name}" failed="{name} did not get through"
 *                  too-large="{name} is too large" retry="Try again" remove="Remove" stop="Stop">…<textarea>…</upload-field> */
export class UploadField extends HTMLElement {
  #list = document.createElement("ul")
  #running = new Set<Promise<unknown>>()
  #form: HTMLFormElement | null = null

  connectedCallback() {
    this.#list.className = "uploads"
    this.#list.setAttribute("aria-live", "polite")
    this.append(this.#list)
    this.#offer()
    this.addEventListener("paste", this.#paste)
    this.addEventListener("dragover", this.#over)
    this.addEventListener("dragleave", this.#out)
    this.addEventListener("drop", this.#drop)
    this.#form = this.closest("form")
    this.#form?.addEventListener("torv:sending", this.#sending as EventListener)
  }

  disconnectedCallback() {
    this.#list.remove()
    this.#form?.removeEventListener("torv:sending", this.#sending as EventListener)
  }

  /** The button: in the toolbar's row if there is one, so that it is found where one looks. A link that stood in for it goes. */
  #offer() {
    this.querySelector("[data-plain]")?.remove()
    const picker = document.createElement("input")
    picker.type = "file"
    picker.multiple = true
    picker.hidden = true
    picker.addEventListener("change", () => {
      this.#take(picker.files)
      picker.value = ""
    })
    const button = document.createElement("button")
    button.type = "button"
    button.className = "composer__tool upload-add"
    button.title = this.getAttribute("add") ?? ""
    button.append(...word(this.getAttribute("icon"), button.title))
    button.addEventListener("click", () => picker.click())
    this.append(button, picker)
  }

  #paste = (event: ClipboardEvent) => {
    const files = event.clipboardData?.files
    // Office programs put a picture of the text beside the text: text wins.
    if (!files?.length || event.clipboardData?.types.includes("text/plain")) return
    event.preventDefault()
    this.#take(files)
  }

  #over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.#box?.classList.add("composer__box--over")
  }

  #out = () => this.#box?.classList.remove("composer__box--over")

  #drop = (event: DragEvent) => {
    this.#out()
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    this.#take(event.dataTransfer.files)
  }

  #sending = (event: Sending) => event.detail.wait(Promise.all(this.#running))

  #take(files: FileList | null) {
    for (const file of files ?? []) this.#begin(file)
  }

  #begin(file: File) {
    const row = document.createElement("li")
    row.className = "upload"
    this.#list.append(row)
    const work = this.#upload(file, row)
      .then((stored) => {
        this.#insert(stored.markdown)
        row.remove()
      })
      .catch((refusal: Refusal) => this.#failed(file, row, refusal))
    this.#running.add(work)
    void work.finally(() => this.#running.delete(work))
  }

  #upload(file: File, row: HTMLElement) {
    const bar = document.createElement("progress")
    bar.max = file.size
    bar.setAttribute("aria-label", this.#words("uploading", file))
    const request = new XMLHttpRequest()
    row.className = "upload"
    row.replaceChildren(name(this.#words("uploading", file)), this.#button("stop", () => request.abort()), bar)
    return new Promise<Stored>((done, fail) => {
      request.open("POST", this.getAttribute("url") ?? "/uploads")
      request.setRequestHeader("X-CSRF", csrf())
      request.setRequestHeader("X-Torv-Filename", encodeURIComponent(file.name))
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream")
      request.upload.onprogress = (event) => { bar.value = event.loaded }
      request.onload = () => {
        const answer = read(request)
        // A page instead of JSON: signed out meanwhile.
        if (request.status < 300 && answer.markdown) done(answer as Stored)
        else fail({ status: request.status, title: answer.title })
      }
      request.onerror = () => fail({ status: 0 })
      request.onabort = () => fail({ status: -1 })
      request.send(file)
    })
  }

  #failed(file: File, row: HTMLElement, { status, title }: Refusal) {
    if (status === -1) return row.remove()
    row.className = "upload upload--failed"
    const retry = this.#button("retry", () => {
      row.remove()
      this.#begin(file)
    })
    const remove = this.#button("remove", () => row.remove())
    const text = status === 413 ? this.#words("too-large", file) : title ? `${file.name}: ${title}` : this.#words("failed", file)
    // The same file would be refused again.
    row.replaceChildren(name(text), ...(status === 413 || status === 422 ? [remove] : [retry, remove]))
  }

  #button(word: string, press: () => void) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button button--quiet button--small"
    button.textContent = this.getAttribute(word)
    button.addEventListener("click", press)
    return button
  }

  #insert(markdown: string) {
    const field = this.#field
    if (!field) return
    const { selectionStart: from, selectionEnd: to } = field
    const gap = from > 0 && field.value[from - 1] !== "\n" ? "\n" : ""
    const text = `${gap}${markdown}\n`
    const end = from + text.length
    if (document.activeElement === field) return write(field, { from, to, text, select: [end, end] })
    // Somebody is elsewhere by now: the focus stays there.
    field.setRangeText(text, from, to, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #words(key: string, file: File) { return (this.getAttribute(key) ?? "").replace("{name}", file.name) }
  get #box() { return this.closest(".composer__box") }
  get #field() { return document.getElementById(this.getAttribute("for") ?? "") as HTMLTextAreaElement | null }
}

/** What the server said, if it was JSON. */
function read(request: XMLHttpRequest): Partial<Stored> & { title?: string } {
  const json = request.getResponseHeader("Content-Type")?.includes("json")
  return json ? JSON.parse(request.responseText) as Partial<Stored> & { title?: string } : {}
}

function name(text: string) {
  const span = document.createElement("span")
  span.className = "upload__name"
  span.dir = "auto"
  span.textContent = text
  return span
}

/** An icon of the sprite with its word for those who hear the page; the bare word when the page names no icon. */
function word(icon: string | null, text: string): Node[] {
  const said = document.createElement("span")
  said.textContent = text
  if (!icon) return [said]
  said.className = "sr-only"
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  picture.setAttribute("class", "icon")
  picture.setAttribute("aria-hidden", "true")
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use")
  use.setAttribute("href", icon)
  picture.append(use)
  return [picture, said]
}
