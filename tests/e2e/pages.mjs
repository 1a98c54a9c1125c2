// Every page of the demo town, as guest, member and owner, and what to look for on each.
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { signIn } from "./torv.mjs"

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

const GUEST = { landing: "/", "sign-in": "/sign-in", "sign-up": "/sign-up", rules: "/rules", about: "/about", "not-found": "/nowhere" }
const MEMBER = { home: "/", spaces: "/spaces", members: "/members", "search-empty": "/search", search: "/search?q=a", me: "/me", "me-profile": "/me/profile", sessions: "/me/sessions", tokens: "/me/tokens" }

const hrefs = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((a) => a.getAttribute("href")))

/** The demo's people: what `torv demo` printed, in its order: owner, moderator, member. */
export function people(torv) {
  const [owner, moderator, member] = [...new Set(torv.demo.match(/[\w.+-]+@[\w.-]+\w/g) ?? [])]
  return { owner, moderator, member: member ?? owner }
}

/** Pages whose address depends on what is in the town: a topic of each space, somebody's profile. */
async function discover(page, base) {
  const found = {}
  await page.goto(`${base}/spaces`)
  const spaces = [...new Set(await hrefs(page, 'main a[href^="/s/"], .sidebar a[href^="/s/"]'))]
  for (const path of spaces) found[`space-${path.slice(3).replaceAll("/", "-")}`] = path
  for (const path of spaces) {
    await page.goto(base + path)
    const [topic] = await hrefs(page, ".topic-row__link")
    if (topic) found[`topic-${path.slice(3)}`] = topic
    const [write] = await hrefs(page, 'main a[href$="/new"]')
    if (write) found["new-topic"] ??= write
  }
  await page.goto(`${base}/members`)
  const [member] = await hrefs(page, ".member-card__link")
  if (member) found.profile = member
  return found
}

async function adminPages(page, base) {
  const found = { admin: "/admin" }
  await page.goto(`${base}/admin`)
  for (const path of await hrefs(page, '.side-menu a[href^="/admin"], main a[href^="/admin"]'))
    found[`admin${path.slice(6).replaceAll(/[/?=&#]/g, "-")}`] ??= path
  return found
}

/** Opens a browser context for one kind of person and gives the page and the addresses they have. */
export async function walkAs(role, chrome, torv, options) {
  const context = await chrome.newContext({ ...options, bypassCSP: false })
  const page = await context.newPage()
  if (role === "guest") return { context, page, pages: GUEST }
  await signIn(page, await torv.link(people(torv)[role]))
  const pages = role === "member" ? { ...MEMBER, ...(await discover(page, torv.url)) } : await adminPages(page, torv.url)
  return { context, page, pages }
}

/** What is wrong with the page that is open: too wide for the screen, or something axe finds. */
export async function faultsOf(page) {
  // Through the debugger, which no content policy stops: the page keeps its own.
  const session = await page.context().newCDPSession(page)
  const run = (expression) => session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })
  await run(axe)
  const { result, exceptionDetails } = await run(`(async () => {
    const notes = []
    const wide = document.documentElement.scrollWidth - innerWidth
    if (wide > 0) notes.push("wider than the screen by " + wide + " px")
    const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: {
        // Members' own texts begin with the heading they like.
        "heading-order": { enabled: false },
        // A stream stands at its foot: what has scrolled under the bars is no target, but axe takes it for a small one.
        "target-size": { enabled: !document.querySelector(".chat__stream") },
      } })
    for (const each of found.violations) notes.push(each.id + ": " + each.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", "))
    return notes
  })()`)
  await session.detach()
  if (exceptionDetails) return [`axe did not run: ${exceptionDetails.exception?.description}`]
  return result.value
}

/** Collects what the browser complains of: content policy, failed scripts. Returns the list, which fills as one walks. */
export function complaints(page) {
  const list = []
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) list.push(message.text())
  })
  page.on("pageerror", (error) => {
    if (!/[Tt]ransition/.test(error.message)) list.push(error.message)
  })
  return list
}
