// What is pasted, as Markdown, where that is more than its plain words: the cells of a table, an address over chosen words.
import { ADDRESS, block, inFence, type Edit, type Text } from "./formatting"

/** More is no table that anybody reads. */
const LONGEST = 60_000

/** What to write instead of the plain words; nothing: the browser pastes them as it does. */
export function pasted(plain: string, html: string, text: Text): Edit | null {
  if (inFence(text.value, text.start)) return null
  const words = text.value.slice(text.start, text.end)
  const address = plain.trim()
  if (ADDRESS.test(address) && words.trim() && !words.includes("\n") && !ADDRESS.test(words.trim())) return linked(text, words, address)
  if (!plain.includes("\t") || plain.length > LONGEST) return null
  const rows = cells(plain)
  return isTable(rows, html) ? block(text, drawn(rows)) : null
}

function linked(text: Text, words: string, address: string): Edit {
  const target = /[()<>]/.test(address) ? `<${address.replaceAll("<", "%3C").replaceAll(">", "%3E")}>` : address
  const written = `[${words}](${target})`
  const at = text.start + written.length
  return { from: text.start, to: text.end, text: written, select: [at, at] }
}

/** Rows of what spreadsheets and browsers put beside a table: cells parted by tabs, quoted where they hold a line end. */
function cells(plain: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y
  const source = plain.replaceAll("\r\n", "\n").replace(/\n+$/, "")
  while (cell.lastIndex < source.length) {
    const found = cell.exec(source)
    if (!found) break
    rows.at(-1)?.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? "").trim())
    if (found[3] === "\n") rows.push([])
    if (found[3] === "\t" && cell.lastIndex >= source.length) rows.at(-1)?.push("")
  }
  return rows.filter((row) => row.some(Boolean))
}

/** Two rows and two columns at least. Without a word of the page it came from, every row has to have as many cells: lines of a
 *  program may hold tabs too, but those begin with them. */
function isTable(rows: string[][], html: string) {
  const width = Math.max(...rows.map((row) => row.length))
  if (rows.length < 2 || width < 2 || rows.every((row) => !row[0])) return false
  if (/<table[\s>]/i.test(html)) return rows.every((row) => row.length > 1)
  return !html && rows.every((row) => row.length === width && row[0])
}

function drawn(rows: string[][]) {
  const width = Math.max(...rows.map((row) => row.length))
  const line = (row: string[]) => `| ${Array.from({ length: width }, (_, i) => escaped(row[i] ?? "")).join(" | ")} |`
  const [head = [], ...body] = rows
  return [line(head), `|${" --- |".repeat(width)}`, ...body.map(line)].join("\n")
}

const escaped = (cell: string) => cell.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ")
