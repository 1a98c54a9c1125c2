// What the buttons and keys of a composer do to its text. Each takes the text with its selection and gives what is to be
// written where; nothing here knows a page.

export interface Text { value: string, start: number, end: number }
/** `text` takes the place of what stands from `from` to `to`; then `select` is selected. */
export interface Edit { from: number, to: number, text: string, select: [number, number] }

/** Writes as if it were typed, so that the browser's own undo knows it. */
export function write(field: HTMLTextAreaElement, edit: Edit) {
  field.focus({ preventScroll: true })
  field.setSelectionRange(edit.from, edit.to)
  const typed = document.activeElement === field
    && (edit.text ? document.execCommand("insertText", false, edit.text) : edit.from === edit.to || document.execCommand("delete"))
  if (!typed) {
    field.setRangeText(edit.text, edit.from, edit.to, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  field.setSelectionRange(...edit.select)
}

export const textOf = (field: HTMLTextAreaElement): Text => ({ value: field.value, start: field.selectionStart, end: field.selectionEnd })

const MARKS: Record<string, string> = { bold: "**", italic: "_", strike: "~~", code: "`" }

interface Line { mark: (number: number) => string, is: RegExp }
const TASK = /^(\s*)[-*+] \[[ xX]\] /
// What stands before the mark is the first group.
const LINES: Record<string, Line> = {
  heading: { mark: () => "## ", is: /^()#{1,6} / },
  quote: { mark: () => "> ", is: /^()> ?/ },
  list: { mark: () => "- ", is: /^(\s*)[-*+] (?!\[[ xX]\] )/ },
  numbers: { mark: (number) => `${number}. `, is: /^(\s*)\d{1,9}[.)] / },
  tasks: { mark: () => "- [ ] ", is: TASK },
}
/** What a line is one of: a task is no list and a list is not numbered. */
const KINDS = ["heading", "list", "numbers", "tasks"]

/** What a press on one of the tools means here; nothing for a name that is none. */
export function format(name: string, text: Text): Edit | null {
  if (name === "link") return link(text)
  if (name === "code" && chosen(text).includes("\n")) return fenced(text)
  const mark = MARKS[name]
  if (mark) return wrapped(text, mark)
  const line = LINES[name]
  return line ? lined(text, name, line) : null
}

const chosen = ({ value, start, end }: Text) => value.slice(start, end)

/** Marks around the words, or away from them; without a selection the word at the caret is meant. */
function wrapped({ value, start, end }: Text, mark: string): Edit {
  const caret = start
  if (start === end) {
    while (start > 0 && /[\p{L}\p{N}]/u.test(value[start - 1] ?? "")) start--
    while (end < value.length && /[\p{L}\p{N}]/u.test(value[end] ?? "")) end++
  }
  const bare = caret === start && caret === end
  // A mark beside a space is none.
  while (start < end && /\s/.test(value[start] ?? "")) start++
  while (end > start && /\s/.test(value[end - 1] ?? "")) end--
  const words = value.slice(start, end)
  const size = mark.length
  if (value.slice(start - size, start) === mark && value.slice(end, end + size) === mark && start >= size)
    return { from: start - size, to: end + size, text: words, select: [start - size, end - size] }
  const at = start + size
  return { from: start, to: end, text: mark + words + mark, select: bare ? [at, at] : [at, at + words.length] }
}

function lined(text: Text, name: string, line: Line): Edit {
  const { value } = text
  const from = value.lastIndexOf("\n", text.start - 1) + 1
  const stop = value.indexOf("\n", text.end > text.start && value[text.end - 1] === "\n" ? text.end - 1 : text.end)
  const to = stop < 0 ? value.length : stop
  const lines = value.slice(from, to).split("\n")
  const filled = lines.filter((each) => each.trim())
  const undo = filled.length > 0 && filled.every((each) => line.is.test(each))
  let number = 0
  const made = lines.map((each) => {
    if (undo) return each.replace(line.is, "$1")
    if (!each.trim() && lines.length > 1) return name === "quote" ? ">" : each
    return line.mark(++number) + (name === "quote" ? each : plain(each))
  })
  const written = made.join("\n")
  const caret = Math.max(from, text.start + (made[0] ?? "").length - (lines[0] ?? "").length)
  return { from, to, text: written, select: text.start === text.end ? [caret, caret] : [from, from + written.length] }
}

function plain(line: string) {
  for (const kind of KINDS) {
    const is = LINES[kind]?.is
    if (is?.test(line)) return line.replace(is, "")
  }
  return line
}

export const ADDRESS = /^https?:\/\/\S+$/i

function link(text: Text): Edit {
  const words = chosen(text)
  if (ADDRESS.test(words)) {
    const at = text.start + 1
    return { from: text.start, to: text.end, text: `[](${words})`, select: [at, at] }
  }
  const at = text.start + words.length + 3
  return { from: text.start, to: text.end, text: `[${words}](https://)`, select: [at, at + 8] }
}

function fenced(text: Text): Edit {
  const words = chosen(text).replace(/^\n+|\n+$/g, "")
  const fence = words.includes("```") ? "````" : "```"
  return block(text, `${fence}\n${words}\n${fence}`)
}

/** Something that stands by itself: a blank line before it and after it. */
export function block({ value, start, end }: Text, words: string): Edit {
  const before = value.slice(0, start)
  const after = value.slice(end)
  const gap = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  const rest = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"
  const at = start + gap.length + words.length + rest.length
  return { from: start, to: end, text: gap + words + rest, select: [at, at] }
}

/** A small table to fill in, its first heading selected. */
export function table(text: Text, column: string): Edit {
  const edit = block({ ...text, start: text.end }, `| ${column} 1 | ${column} 2 |\n| --- | --- |\n|  |  |\n|  |  |`)
  const at = edit.from + edit.text.indexOf("|") + 2
  return { ...edit, select: [at, at + column.length + 2] }
}

/** A new line in a list goes on with the list; in an item without words it ends it. Nothing outside lists. */
export function nextLine({ value, start, end }: Text): Edit | null {
  if (start !== end || inFence(value, start)) return null
  const from = value.lastIndexOf("\n", start - 1) + 1
  const found = /^(\s*)(?:[-*+] (?:\[[ xX]\] )?|(\d{1,9})([.)]) )/.exec(value.slice(from, start))
  if (!found) return null
  const stop = value.indexOf("\n", start)
  const rest = value.slice(from + found[0].length, stop < 0 ? value.length : stop)
  if (!rest.trim()) return { from, to: start, text: "", select: [from, from] }
  const mark = found[2] ? `${found[1]}${Number(found[2]) + 1}${found[3]} ` : found[0].replace(/\[[xX]\]/, "[ ]")
  const at = start + 1 + mark.length
  return { from: start, to: start, text: `\n${mark}`, select: [at, at] }
}

/** Is this place inside a block of code? */
export function inFence(value: string, at: number) {
  return (value.slice(0, at).match(/^ {0,3}(```|~~~)/gm) ?? []).length % 2 === 1
}
