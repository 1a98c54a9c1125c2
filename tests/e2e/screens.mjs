// Pictures of every page of the demo town, for looking at: bin/screens writes ./screens/index.html.
// Phone and desk, light and dark, and the phone in Danish. Says what does not fit and what axe finds.
import { mkdir, rm, writeFile } from "node:fs/promises"
import { complaints, expected, faultsOf, ROLES, walkAs } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"

const only = process.argv[2] ? new RegExp(process.argv[2]) : null

const LOOKS = [
  { name: "phone-light", ...PHONE, colorScheme: "light", locale: "en-GB" },
  { name: "phone-dark", ...PHONE, colorScheme: "dark", locale: "en-GB" },
  { name: "desk-light", ...DESK, colorScheme: "light", locale: "en-GB" },
  { name: "desk-dark", ...DESK, colorScheme: "dark", locale: "en-GB" },
  { name: "phone-danish", ...PHONE, colorScheme: "light", locale: "da-DK" },
]

async function picture(page, base, look, name, path) {
  const answer = await page.goto(base + path)
  await page.waitForTimeout(150)
  const file = `${name}-${look.name}.png`
  await page.screenshot({ path: `screens/${file}` })
  await page.screenshot({ path: `screens/full-${file}`, fullPage: true })
  const faults = await faultsOf(page)
  if (answer.status() !== expected(name, answer.status())) faults.unshift(`answers ${answer.status()}`)
  for (const fault of faults) console.log(`${look.name} ${name} ${path}: ${fault}`)
  return { name, look: look.name, file, faults }
}

async function pictures(chrome, torv, look, role) {
  const { context, page, pages } = await walkAs(role, chrome, torv, look)
  const heard = complaints(page)
  const shown = []
  for (const [name, path] of Object.entries(pages))
    if (!only || only.test(name)) shown.push(await picture(page, torv.url, look, name, path))
  for (const complaint of new Set(heard)) console.log(`${look.name} ${role}: ${complaint}`)
  await context.close()
  return shown
}

function index(shown) {
  const names = [...new Set(shown.map((each) => each.name))]
  const row = (name) => `<h2>${name}</h2><div>${shown.filter((each) => each.name === name)
    .map((each) => `<a href="full-${each.file}"><img src="${each.file}" alt="${each.look}" loading="lazy"></a>`).join("")}</div>`
  return `<!doctype html><meta charset="utf-8"><title>Torv, page by page</title><style>body{font:16px system-ui;background:#ccc;margin:1rem}
div{display:flex;gap:1rem;overflow-x:auto}img{height:26rem;border-radius:6px}</style>${names.map(row).join("")}`
}

const torv = await Torv.start({ demo: true })
const chrome = await browser()
try {
  await rm("screens", { recursive: true, force: true })
  await mkdir("screens")
  const shown = []
  for (const look of LOOKS) for (const role of ROLES) shown.push(...(await pictures(chrome, torv, look, role)))
  await writeFile("screens/index.html", index(shown))
  console.log(`${shown.length} pictures, ${shown.filter((each) => each.faults.length).length} with something to mend: screens/index.html`)
} finally {
  await chrome.close()
  await torv.stop()
}
