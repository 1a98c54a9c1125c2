import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, expected, faultsOf, people, ROLES, walkAs } from "./pages.mjs"
import { browser, DESK, PHONE, signIn, Torv } from "./torv.mjs"

// 320 px is also what a desk of 1280 px becomes at 400 % zoom (WCAG 1.4.10).
const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } }

let torv, chrome

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

const WALKS = [
  ["on a narrow phone, light, in English", { ...NARROW, colorScheme: "light", locale: "en-GB" }],
  ["on a desk, dark, in Danish", { ...DESK, colorScheme: "dark", locale: "da-DK" }],
]

for (const [how, options] of WALKS) {
  for (const role of ROLES) {
    test(`every page of a ${role} fits and is accessible ${how}`, async () => {
      const { context, page, pages } = await walkAs(role, chrome, torv, options)
      const heard = complaints(page)
      const wrong = []
      for (const [name, path] of Object.entries(pages)) {
        const answer = await page.goto(torv.url + path)
        if (answer.status() !== expected(name, answer.status())) wrong.push(`${name} ${path} answers ${answer.status()}`)
        for (const fault of await faultsOf(page)) wrong.push(`${name} ${path} ${fault}`)
      }
      await context.close()
      assert.deepEqual([...wrong, ...heard], [])
    })
  }
}

test("forms that were filled in wrongly and open menus are accessible too", async () => {
  const { context, page } = await walkAs("guest", chrome, torv, { ...NARROW, locale: "nl-NL" })
  const wrong = []
  const note = async (where) => {
    for (const fault of await faultsOf(page)) wrong.push(`${where} ${fault}`)
  }
  await page.goto(`${torv.url}/sign-up`)
  await page.locator("main form button[type=submit]").click()
  await page.locator(".error-summary").waitFor()
  await note("sign-up")
  await page.goto(`${torv.url}/sign-in`)
  await page.fill("#email", "nobody@example.org")
  await page.fill("#password", "not this one")
  await page.locator("main form button[type=submit]").first().click()
  await page.locator(".error-summary, .notice--danger").first().waitFor()
  await note("sign-in")

  await signIn(page, await torv.link(people(torv).owner))
  await page.locator(".topbar__me > summary").click()
  await note("my menu")
  await page.goto(torv.url + (await page.locator(".topic-row__link").first().getAttribute("href")))
  await page.locator(".topic-head .menu > summary").first().click()
  await note("menu of following")
  await page.keyboard.press("Escape")
  await page.locator(".topic-head .menu > summary").last().click()
  await note("moderator's menu")
  await page.keyboard.press("Escape")
  await page.locator(".post .post__actions .menu > summary").first().click()
  await note("post's menu")
  await page.keyboard.press("Escape")
  await page.locator(".reaction--add").first().click()
  await note("reactions")
  await page.goto(`${torv.url}/s/torvet/new`)
  await page.locator(".composer .button--primary").click()
  await page.fill("#title", "Only a title")
  await page.locator("form.composer").evaluate((form) => { form.noValidate = true; form.requestSubmit() })
  await page.locator(".error-summary, .field__error").first().waitFor()
  await note("new topic")
  await context.close()
  assert.deepEqual(wrong, [])
})

/** Whether the focused element shows it, wholly or by what holds it, and nothing of the frame covers it. */
const focusFault = () => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const name = `${at.tagName.toLowerCase()}.${at.className} "${(at.textContent || at.getAttribute("aria-label") || at.name || "").trim().slice(0, 30)}"`
  const shows = (each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none"
  }
  let holder = at
  for (let up = 0; up < 5 && holder && !shows(holder); up++) holder = holder.parentElement
  if (!holder || !shows(holder)) return `${name} does not show its focus`
  const { left, right, top, bottom } = at.getBoundingClientRect()
  if (right - left < 1) return `${name} is focused and not to be seen`
  const seen = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, bottom - 2]].some(([x, y]) => {
    const hit = document.elementFromPoint(x, y)
    return hit && (hit === at || at.contains(hit) || hit.contains(at) || hit.closest("label")?.contains(at) || at.closest(".topic-row, .member-card, .result, .space-card")?.contains(hit))
  })
  return seen ? null : `${name} is covered`
}

test("by keyboard alone every page can be walked, and the focus is always seen", async () => {
  const { context, page } = await walkAs("owner", chrome, torv, { ...DESK, locale: "sv-SE", reducedMotion: "reduce" })
  const wrong = []
  for (const path of ["/", "/spaces", "/s/torvet", "/s/torvet/new", "/s/bench", "/members", "/search?q=piano", "/me", "/admin/look", "/admin/spaces"]) {
    await page.goto(torv.url + path, { waitUntil: "networkidle" })
    // A chat brings what was said before while one walks through it.
    const most = path === "/s/bench" ? 2000 : 400
    let stops = 0
    for (; stops < most; stops++) {
      await page.keyboard.press("Tab")
      // Round: past the last thing comes the page itself, or the first thing again.
      if (await page.evaluate((first) => document.activeElement === document.body || (!first && document.activeElement.matches(".skip-link")), stops === 0)) break
      const fault = await page.evaluate(focusFault)
      if (fault) wrong.push(`${path} ${fault}`)
    }
    if (stops < 10 || stops === most) wrong.push(`${path} has ${stops} stops`)
  }
  await context.close()
  assert.deepEqual(wrong, [])
})

test("a topic is read and begun by keyboard alone", async () => {
  const { context, page } = await walkAs("member", chrome, torv, { ...DESK, locale: "en-GB" })
  await page.goto(torv.url)
  await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  assert.equal(await page.evaluate(() => document.activeElement.id), "main")
  await page.keyboard.press("j")
  await page.keyboard.press("Enter")
  await page.waitForURL("**/t/**")
  await page.keyboard.press("j")
  assert.ok(await page.evaluate(() => document.activeElement.matches(".post")))

  await page.goto(`${torv.url}/s/torvet`)
  await page.keyboard.press("c")
  await page.waitForURL("**/new")
  await page.locator("#title").focus()
  await page.keyboard.type("Written without a mouse")
  await page.keyboard.press("Tab")
  await page.keyboard.type("It works.")
  for (let stops = 0; stops < 20 && !(await page.evaluate(() => document.activeElement.matches(".composer__foot .button--primary"))); stops++)
    await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  await page.waitForURL("**/t/**")
  assert.match(await page.textContent("h1"), /without a mouse/)
  await context.close()
})

test("the list of spaces is put away and stays so on the next page", async () => {
  const { context, page } = await walkAs("guest", chrome, torv, DESK)
  await page.goto(torv.url)
  assert.ok(await page.locator(".sidebar").isVisible())
  await page.locator(".topbar__fold").click()
  assert.ok(await page.locator(".sidebar").isHidden())
  await page.goto(`${torv.url}/about`)
  assert.ok(await page.locator(".sidebar").isHidden())
  assert.equal(await page.locator(".topbar__fold").getAttribute("aria-expanded"), "false")
  await page.locator(".topbar__fold").click()
  assert.ok(await page.locator(".sidebar").isVisible())
  await context.close()
})

test("a guest reads, searches and finds the door without script", async () => {
  const context = await chrome.newContext({ ...PHONE, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(torv.url)
  await page.locator(".topic-row__link").first().click()
  assert.ok(await page.locator(".post .prose").first().isVisible())
  await page.goto(`${torv.url}/search?q=a`)
  assert.ok(await page.locator("main #q").isVisible())
  await page.goto(torv.url)
  await page.locator('main a[href="/sign-up"]').first().click()
  assert.ok(await page.locator("main form button").first().isVisible())
  await context.close()
})

test("what a member without script has had on the screen counts as read", async () => {
  const context = await chrome.newContext({ ...PHONE, javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page, await torv.link(people(torv).moderator))
  const other = await walkAs("owner", chrome, torv, DESK)
  await other.page.goto(`${torv.url}/s/torvet/new`)
  await other.page.fill("#title", "Seen without script")
  await other.page.fill("#body", "Then it is read.")
  await other.page.locator(".composer .button--primary").click()
  await other.page.waitForURL("**/t/**")

  const fresh = page.locator(".topic-row--unread", { hasText: "Seen without script" })
  await page.goto(torv.url)
  assert.equal(await fresh.count(), 1)
  const [seen] = await Promise.all([page.waitForResponse("**/seen.svg**"), fresh.locator(".topic-row__link").click()])
  assert.equal(seen.status(), 200)
  await page.goto(torv.url)
  assert.equal(await fresh.count(), 0)

  // With script it is told by what was on the screen, and the picture is not fetched.
  const asked = []
  other.page.on("request", (request) => asked.push(request.url()))
  await other.page.reload({ waitUntil: "networkidle" })
  assert.equal(asked.filter((url) => url.includes("seen.svg")).length, 0)
  await context.close()
  await other.context.close()
})
