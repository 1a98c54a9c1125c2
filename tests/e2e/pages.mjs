// Every page of the demo town, as guest, member, moderator and owner, and what to look for on each.
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { signIn } from "./torv.mjs"

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

export const ROLES = ["guest", "member", "moderator", "owner"]

const GUEST = { landing: "/", spaces: "/spaces", "sign-in": "/sign-in", "sign-up": "/sign-up", rules: "/rules", about: "/about",
  "search-empty": "/search", search: "/search?q=piano", "search-nothing": "/search?q=xqzzyx", tags: "/tags", tag: "/tags/haven", "help-phone": "/help/phone", offline: "/offline", "not-found": "/nowhere" }
const MEMBER = { home: "/", spaces: "/spaces", members: "/members", "members-none": "/members?q=xqzzyx", "members-narrowed": "/members?skill=knots&language=svenska&role=member", "me-about": "/me/about", "search-empty": "/search", search: "/search?q=piano",
  "search-nothing": "/search?q=xqzzyx", me: "/me", notices: "/notices", "me-notices": "/me/notices", "me-profile": "/me/profile", "me-avatar": "/me/avatar", "me-communities": "/me/communities",
  devices: "/me/devices", share: "/share?title=Bread&url=https%3A%2F%2Fbread.example", "help-phone": "/help/phone", offline: "/offline",
  messages: "/messages", "messages-requests": "/messages?show=requests", "messages-new": "/messages/new", "me-messages": "/me/messages",
  "search-filtered": "/search?q=by%3Abo%20before%3Asoon%20paino", "search-files": "/search?q=map&kind=file", tags: "/tags", tag: "/tags/haven",
  leaders: "/leaders", circles: "/circles", "catch-up": "/catch-up", bookmarks: "/bookmarks",
  sessions: "/me/sessions", tokens: "/me/tokens", invite: "/invitations", uploads: "/uploads", rules: "/rules", about: "/about", "not-found": "/nowhere" }

const hrefs = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((a) => a.getAttribute("href")))

/** The demo's people: what `torv demo` printed, in its order: owner, moderator, member. */
export function people(torv) {
  const [owner, moderator, member] = [...new Set(torv.demo.match(/[\w.+-]+@[\w.-]+\w/g) ?? [])]
  return { owner, moderator, member: member ?? owner }
}

/** The path of the demo's chat. */
export async function chatOf(page, base) {
  await page.goto(`${base}/spaces`)
  for (const path of new Set(await hrefs(page, 'main a[href^="/s/"]'))) {
    await page.goto(base + path)
    if (await page.locator(".chat .composer--chat").count()) return path
  }
  throw new Error("the demo has no chat")
}

async function first(page, base, path, selector) {
  await page.goto(base + path)
  const [found] = await hrefs(page, selector)
  return found
}

/** Pages whose address depends on what is in the town: each space and a topic of it, somebody's profile, one's own post. */
async function discover(page, base) {
  const found = {}
  await page.goto(`${base}/spaces`)
  const spaces = [...new Set(await hrefs(page, 'main a[href^="/s/"], .sidebar a[href^="/s/"]'))]
  for (const path of spaces) found[`space-${path.slice(3)}`] = path
  for (const path of spaces) {
    const topic = await first(page, base, path, ".topic-row__link")
    if (topic) found[`topic-${path.slice(3)}`] = topic
    if (topic && path === "/s/questions") Object.assign(found, { "answers-by-thanks": `${topic}?order=thanks`, "questions-open": `${path}?sort=open`, "questions-thanked": `${path}?sort=thanks` })
    const [write] = await hrefs(page, 'main a[href$="/new"]')
    if (write) found["new-topic"] ??= write
  }
  found.profile = await first(page, base, "/members", ".member-card__link")
  found["profile-own"] = await first(page, base, "/", '.topbar__me a[href^="/m/"]')
  if (found.profile) found["profile-level"] = `${found.profile}/level`
  return Object.fromEntries(Object.entries(found).filter(([, path]) => path))
}

/** What one may do with a post: change it, see what it was. Found by writing one. */
async function ownPost(page, base) {
  await page.goto(`${base}/s/torvet/new`)
  await page.fill("#title", "The bicycle with the blue basket, the Øresundsbrobyggerforeningsmedlemsmødeprotokol and other finds")
  await page.fill("#body", "## Found\n\nA **blue basket**.\n\n#### Where\n\n- [ ] by the ferry\n- [x] under the clock")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/t/**")
  const topic = new URL(page.url()).pathname
  const post = `/p/${await page.locator("[data-post]").first().getAttribute("data-post")}`
  await page.goto(`${base}${post}/edit`)
  await page.fill("#body", "## Found\n\nA **blue basket**, and the owner.")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/t/**")
  await page.goto(`${base}${post}/bookmark`)
  await page.fill("#note", "Whose is it?")
  await page.locator("main form .button--primary").click()
  await page.waitForURL("**/bookmarks")
  await page.goto(base + topic)
  await page.fill("#body", "Every week I put up what nobody has asked for.")
  await page.locator('.composer [formaction^="/scheduled/new"]').click()
  await page.locator("#repeat").selectOption("weekly")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/scheduled")
  const scheduled = new URL(await page.locator(".row__title a").first().getAttribute("href"), base).pathname
  return { scheduled: "/scheduled", "scheduled-edit": scheduled, "scheduled-new": `/scheduled/new?topic=${topic.split("/")[2]}`, "topic-own": topic, edit: `${post}/edit`, history: `${post}/history`, bookmark: `${post}/bookmark` }
}

/** A question to those who lead, so that its pages have something to show. */
async function ownQuestion(page, base) {
  await page.goto(`${base}/leaders`)
  await page.fill("#body", "May the dog come along on Thursday?")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/messages/*")
  const conversation = new URL(page.url()).pathname
  return { conversation, "conversation-people": `${conversation}/people` }
}

async function moderatorPages(page, base) {
  const topic = (await first(page, base, "/s/torvet", ".topic-row__link")).split("/").slice(0, 3).join("/")
  return { "topic-moderated": topic, move: `${topic}/move`, split: `${topic}/split`, "space-people": "/s/torvet/members", questions: "/leaders/questions",
    "space-edit": await first(page, base, "/s/torvet", 'main a[href$="/edit"]') ?? "/spaces", log: "/admin/log" }
}

/** A circle with somebody in it, so that its pages have something to show. */
async function ownCircle(page, base) {
  await page.goto(`${base}/circles/new`)
  await page.fill("#name", "Øresundsbrobyggerforeningsmedlemmernes bageklub")
  await page.fill("#description", "Those who bake for the market on Saturday, and for the café when somebody has a birthday.")
  await page.locator('input[name=entry][value="request"]').check()
  await page.fill("#question", "What do you bake?")
  await page.locator("main form .button--primary").click()
  await page.waitForURL(/\/circles\/[^/]+$/)
  const circle = new URL(page.url()).pathname
  await page.fill("#handle", new URL(await page.locator('.topbar__me a[href^="/m/"]').getAttribute("href"), base).pathname.slice(3))
  await page.locator("main form .button--primary").last().click()
  await page.waitForURL(`**${circle}`)
  return { circles: "/circles", circle, "circle-new": "/circles/new", "circle-edit": `${circle}/edit`, "circle-rule": `${circle}/rule` }
}

async function adminPages(page, base) {
  const found = { admin: "/admin", "space-new": "/admin/spaces/new", logo: "/admin/logo", opened: "/start/opened", "kitchen-people": "/s/kitchen/members", ...(await ownCircle(page, base)) }
  await page.goto(`${base}/admin`)
  for (const path of await hrefs(page, '.side-menu a[href^="/admin"], main a[href^="/admin"]'))
    found[`admin${path.slice(6).replaceAll(/[/?=&#]/g, "-")}`] ??= path
  found["space-edit"] = await first(page, base, "/admin/spaces", 'main a[href$="/edit"]')
  return found
}

async function guestPages(page, base) {
  const topic = await first(page, base, "/", ".topic-row__link")
  await page.goto(base + topic)
  const [author] = await hrefs(page, ".post__author")
  return { ...GUEST, "space-guest": "/s/torvet", "topic-guest": topic, "profile-guest": author, framed: `/embed/${topic.split("/")[2]}` }
}

const PAGES = {
  guest: guestPages,
  member: async (page, base) => ({ ...MEMBER, ...(await discover(page, base)), ...(await ownPost(page, base)), ...(await ownQuestion(page, base)) }),
  moderator: moderatorPages,
  owner: adminPages,
}

/** Opens a browser context for one kind of person and gives the page and the addresses they have. */
export async function walkAs(role, chrome, torv, options) {
  const context = await chrome.newContext({ ...options, bypassCSP: false })
  const page = await context.newPage()
  if (role !== "guest") await signIn(page, await torv.link(people(torv)[role]))
  return { context, page, pages: await PAGES[role](page, torv.url) }
}

/** What a page should answer: a missing page and the door of a private space say what they are. */
export function expected(name, status) {
  if (name === "not-found") return 404
  return name.startsWith("space-") && status === 403 ? 403 : 200
}

/** What is wrong with the page that is open: too wide for the screen, or something axe finds. */
export async function faultsOf(page) {
  // Through the debugger, which no content policy stops: the page keeps its own.
  const session = await page.context().newCDPSession(page)
  const run = (expression) => session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })
  await run(axe)
  const { result, exceptionDetails } = await run(`(async () => {
    const notes = []
    // A sheet on its way in is half transparent: what it looks like is judged when it has come.
    const passing = document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity)
    await Promise.allSettled(passing.map((each) => each.finished))
    // Not innerWidth: a phone shows all of a page that is too wide, and says that it is that wide.
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
    if (wide > 0) notes.push("wider than the screen by " + wide + " px")
    const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: {
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
