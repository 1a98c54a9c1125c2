// Walks every accent an owner can choose and fails where text would fall under 4.5 : 1 (7 : 1 on soft grounds).
// Reads the lightness from tokens.css itself, so it cannot drift. Colours outside sRGB are clipped as browsers do.
import { readFileSync } from "node:fs"
import test from "node:test"
import assert from "node:assert/strict"

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8")
const CHROMA_MAX = 0.19

function token(name) {
  const found = css.match(new RegExp(`--${name}: light-dark\\(oklch\\(([^)]*(?:\\([^)]*\\)[^)]*)*)\\), oklch\\(([^)]*(?:\\([^)]*\\)[^)]*)*)\\)\\);`))
  assert.ok(found, `tokens.css has no --${name}`)
  return { light: found[1], dark: found[2] }
}

function lightOf(text, hue, chroma) {
  const soft = Math.min(chroma * 0.17, 0.03)
  const [l, c, h] = text
    .replace("var(--chroma)", Math.min(chroma, CHROMA_MAX)).replace("var(--soft)", soft).replace("var(--look-hue)", hue)
    .split(/\s+/).map(Number)
  const a = c * Math.cos((h * Math.PI) / 180), b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const mid = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (x) => Math.min(1, Math.max(0, x))
  return 0.2126 * clip(4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short)
    + 0.7152 * clip(-1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short)
    + 0.0722 * clip(-0.0041960863 * long - 0.7034186147 * mid + 1.707614701 * short)
}

const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)

const PAIRS = [
  ["color-on-accent", "color-accent", 4.5],
  ["color-on-accent", "color-accent-strong", 4.5],
  ["color-accent-text", "color-ground", 4.5],
  ["color-accent-text", "color-surface", 4.5],
  ["color-accent-text", "color-sunken", 4.5],
  ["color-accent-text", "color-accent-soft", 4.5],
  ["color-accent", "color-ground", 3],
  ["color-text", "color-accent-soft", 7],
  ["color-text", "color-sunken", 7],
  ["color-text-subtle", "color-ground", 4.5],
  ["color-text-subtle", "color-sunken", 4.5],
  ["color-text-subtle", "color-accent-soft", 4.5],
  ["color-edge", "color-ground", 3],
  ["color-danger", "color-danger-soft", 4.5],
  ["color-danger", "color-ground", 4.5],
  ["color-danger", "color-sunken", 4.5],
  ["color-danger", "color-surface", 4.5],
  ["color-good", "color-good-soft", 4.5],
  ["color-warn", "color-warn-soft", 4.5],
  ["color-text", "color-mark", 4.5],
]

for (const scheme of ["light", "dark"]) {
  for (const [front, back, least] of PAIRS) {
    test(`${front} on ${back} holds ${least} : 1 for every accent (${scheme})`, () => {
      for (let hue = 0; hue < 360; hue += 3) {
        for (let chroma = 0; chroma <= CHROMA_MAX; chroma += 0.01) {
          const got = contrast(lightOf(token(front)[scheme], hue, chroma), lightOf(token(back)[scheme], hue, chroma))
          assert.ok(got >= least, `hue ${hue}, chroma ${chroma.toFixed(2)}: ${got.toFixed(2)}`)
        }
      }
    })
  }
}
