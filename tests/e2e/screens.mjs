// Pictures of every page of the demo town, for looking at: bin/screens writes ./screens/index.html.
// Phone and desk, light and dark, and the phone in Danish. Says what does not fit and what axe finds.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { browser, DESK, PHONE, signIn, Torv } from "./torv.mjs"

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const only = process.argv[2] ? new RegExp(process.argv[2]) : null

const LOOKS = [
  { name: "phone-light", ...PHONE, colorScheme: "light", locale: "en-GB" },
  { name: "phone-dark", ...PHONE, colorScheme: "dark", locale: "en-GB" },
  { name: "desk-light", ...DESK, colorScheme: "light", locale: "en-GB" },
  { name: "desk-dark", ...DESK, colorScheme: "dark", locale: "en-GB" },
  { name: "phone-danish", ...PHONE, colorScheme: "light", locale: "da-DK", danish: true },
]

const GUEST = { landing: "/", "sign-in": "/sign-in", "sign-up": "/sign-up", "sign-up-errors": "/sign-up#wrong", rules: "/rules", about: "/about", "not-found": "/nowhere" }
const MEMBER = { home: "/", spaces: "/spaces", members: "/members", "search-empty": "/search", search: "/search?q=the", me: "/me", sessions: "/me/sessions" }
const OWNER = { admin: "/admin", start: "/start" }

const first = (page, selector) => page.locator(selector).first().getAttribute("href", { timeout: 2000 }).catch(() => null)
const hrefs = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((a) => a.getAttribute("href")))

/** Pages whose address depends on what is in the town. */
async function discover(page, base) {
  const found = {}
  await page.goto(`${base}/spaces`)
  const spaces = [...new Set(await hrefs(page, 'main a[href^="/s/"], .sidebar a[href^="/s/"]'))]
  for (const path of spaces) found[`space-${path.slice(3).replaceAll("/", "-")}`] = path
  if (spaces[0]) found["new-topic"] = `${spaces[0]}/new`
  for (const path of spaces) {
    await page.goto(base + path)
    const topic = await first(page, ".topic-row__link")
    if (topic) found[`topic-${path.slice(3)}`] = topic
  }
  await page.goto(`${base}/members`)
  const member = await first(page, ".member-card__link")
  if (member) found.profile = member
  return found
}

async function adminPages(page, base) {
  await page.goto(`${base}/admin`)
  const paths = [...new Set(await hrefs(page, '.side-menu a[href^="/admin"], main a[href^="/admin"]'))]
  return Object.fromEntries(paths.map((path) => [`admin${path.slice(6).replaceAll(/[/?=&#]/g, "-")}`, path]))
}

async function wrong(page) {
  return page.evaluate(async () => {
    const notes = []
    const wide = document.documentElement.scrollWidth - innerWidth
    if (wide > 0) notes.push(`wider than the screen by ${wide} px`)
    const { violations } = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] })
    for (const each of violations) notes.push(`${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`)
    return notes
  })
}

async function picture(page, base, look, name, path, shown) {
  if (only && !only.test(name)) return
  const errors = []
  const note = (message) => { if (message.type() === "error" && !message.text().includes("status of 4")) errors.push(message.text()) }
  page.on("console", note)
  const answer = await page.goto(base + path)
  if (path.endsWith("#wrong")) await page.locator("main form button").last().click().catch(() => {})
  await page.waitForTimeout(120)
  const file = `${name}-${look.name}.png`
  await page.screenshot({ path: `screens/${file}` })
  await page.screenshot({ path: `screens/full-${file}`, fullPage: true })
  await page.evaluate(axe)
  const faults = [...(await wrong(page)), ...errors]
  page.off("console", note)
  const status = answer?.status() ?? 0
  if (status >= 400 && name !== "not-found") faults.unshift(`answers ${status}`)
  for (const fault of faults) console.log(`${look.name} ${name} ${path}: ${fault}`)
  shown.push({ name, look: look.name, file, faults })
}

async function person(chrome, torv, look, email, shown, pages) {
  const context = await chrome.newContext({ ...look, bypassCSP: true })
  const page = await context.newPage()
  if (email) await signIn(page, await torv.link(email))
  if (email && look.danish) await speakDanish(page, torv.url)
  const list = typeof pages === "function" ? await pages(page) : pages
  for (const [name, path] of Object.entries(list)) await picture(page, torv.url, look, name, path, shown)
  await context.close()
}

async function speakDanish(page, base) {
  await page.goto(`${base}/me`)
  const choice = page.locator('select[name="language"]')
  if (!(await choice.count())) return
  await choice.selectOption("da")
  await choice.locator("xpath=ancestor::form").locator("button").last().click()
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
  const emails = [...new Set(torv.demo.match(/[\w.+-]+@[\w.-]+\w/g) ?? [])]
  const [owner, , member] = emails
  const shown = []
  for (const look of LOOKS) {
    await person(chrome, torv, look, null, shown, GUEST)
    await person(chrome, torv, look, member ?? owner, shown, async (page) => ({ ...MEMBER, ...(await discover(page, torv.url)) }))
    await person(chrome, torv, look, owner, shown, async (page) => ({ ...OWNER, ...(await adminPages(page, torv.url)) }))
  }
  await writeFile("screens/index.html", index(shown))
  console.log(`${shown.length} pictures, ${shown.filter((each) => each.faults.length).length} with something to mend: screens/index.html`)
} finally {
  await chrome.close()
  await torv.stop()
}
