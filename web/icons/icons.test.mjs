// A misspelt icon draws nothing and says nothing: this says it.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import test from "node:test"
import assert from "node:assert/strict"

const root = join(import.meta.dirname, "../..")
const listed = new Set(readFileSync(join(root, "web/icons/icons.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#")))
const sources = readdirSync(join(root, "src"), { recursive: true }).filter((name) => name.endsWith(".cpp"))

test("every icon that a view asks for is in the sprite", () => {
  for (const name of sources) {
    const text = readFileSync(join(root, "src", name), "utf8")
    for (const [, icon] of text.matchAll(/\bicon\(\s*out,\s*"([a-z0-9-]+)"/g)) assert.ok(listed.has(icon), `${name}: "${icon}" is not in web/icons/icons.txt`)
  }
})
