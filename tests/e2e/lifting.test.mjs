// Messages of a chat become a topic: chosen in the stream, seen by others as it happens, and put back.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { chatOf, complaints, faultsOf, people } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"

let torv, chrome, moderator, member, room
let ids = []

async function person(email, options) {
  const page = await torv.personIn(chrome, email, options)
  return { page, heard: complaints(page) }
}

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  const emails = people(torv)
  moderator = await person(emails.moderator, DESK)
  member = await person(emails.member, PHONE)
  room = await chatOf(moderator.page, torv.url)
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

test("a stretch of messages is chosen with Shift, lifted, and gone from the open page of somebody else", async () => {
  const { page } = moderator
  await page.goto(torv.url + room)
  await member.page.goto(torv.url + room)
  await page.getByRole("button", { name: /^(Choose messages|Vælg beskeder|Välj meddelanden|Berichten kiezen)$/ }).click()
  const boxes = page.locator(".post__pick")
  const count = await boxes.count()
  assert.ok(count >= 4, `${count} messages to choose from`)
  await boxes.nth(count - 4).click()
  await boxes.nth(count - 2).click({ modifiers: ["Shift"] })
  assert.equal(await page.locator(".post__pick:checked").count(), 3)
  assert.deepEqual(await faultsOf(page), [])
  ids = await page.locator(".post__pick:checked").evaluateAll((all) => all.map((each) => each.value))
  await page.locator(".choose-bar .button--primary").click()
  await page.waitForURL(/\/lift\?posts=/)
  assert.equal(await page.locator("input[name=posts]:checked").count(), 3)
  assert.deepEqual(await faultsOf(page), [])
  await page.fill("#title", "From the chat")
  await page.locator("form.form .actions button[type=submit]").click()
  await page.waitForURL(/\/t\/\d+/)
  for (const id of ids) assert.equal(await page.locator(`#p-${id}`).count(), 1)
  assert.equal(await page.locator(".lift-origin").count(), 1)

  await member.page.waitForSelector(".lift-note")
  for (const id of ids) assert.equal(await member.page.locator(`#p-${id}`).count(), 0)
  assert.ok((await member.page.locator(".lift-note a").getAttribute("href")).startsWith("/t/"))
})

test("put back, the messages stand where they stood, on every page", async () => {
  const { page } = moderator
  await page.goto(torv.url + room)
  const note = page.locator(".lift-note").last()
  await note.getByRole("button").click()
  await page.locator("dialog[open] .button--danger").click()
  for (const id of ids) for (const each of [page, member.page]) await each.waitForSelector(`#p-${id}`)
  assert.equal(await page.locator(".lift-note").count(), 0)
  await member.page.waitForFunction(() => !document.querySelector(".lift-note"))
})

test("by keyboard alone messages are chosen, lifted where one says, and put back", async () => {
  const { page } = moderator
  const focused = (selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector)
  /** Tab, or Shift+Tab, until something is reached, as somebody without a mouse does. */
  const walk = async (selector, key = "Tab") => {
    for (let i = 0; i < 400; i++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
      await page.keyboard.press(key)
    }
    assert.fail(`${selector} is not reached by ${key}`)
  }
  await page.goto(torv.url + room)
  await page.locator("choose-messages button").focus()
  await page.keyboard.press("Enter")
  await focused(".post__pick")
  await page.keyboard.press("Space")
  await page.keyboard.press("Shift+ArrowUp")
  await page.keyboard.press("ArrowUp")
  assert.equal(await page.locator(".post__pick:checked").count(), 2)
  const chosen = await page.locator(".post__pick:checked").evaluateAll((all) => all.map((each) => each.value))
  // Escape puts everything away and gives the focus back.
  await page.keyboard.press("Escape")
  await focused("choose-messages button")
  assert.equal(await page.locator(".post__pick").count(), 0)
  await page.keyboard.press("Enter")
  await focused(".post__pick")
  await page.keyboard.press("Space")
  await page.keyboard.press("Shift+ArrowUp")
  await walk(".choose-bar .button--primary")
  await page.keyboard.press("Enter")
  await page.waitForURL(/\/lift\?posts=/)
  assert.equal(await page.locator("input[name=posts]:checked").count(), 2)

  // Looking for earlier ones keeps the choice, and what was typed.
  await walk("#title")
  await page.keyboard.type("By keyboard")
  await walk('button[name="around"]', "Shift+Tab")
  await page.keyboard.press("Enter")
  await page.waitForURL((url) => !url.search.includes("posts="))
  assert.equal(await page.locator("input[name=posts]:checked").count(), 2)
  assert.equal(await page.locator("#title").inputValue(), "By keyboard")
  assert.deepEqual(await faultsOf(page), [], "after looking further")
  await walk("#title")
  // Enter in the title lifts; it does not press the button that stands first.
  await page.keyboard.press("Enter")
  await page.waitForURL(/\/t\/\d+\/by-keyboard/)
  for (const id of chosen) assert.equal(await page.locator(`#p-${id}`).count(), 1)
  assert.equal(await page.locator("h1").innerText(), "By keyboard")

  await page.goto(torv.url + room)
  await walk(".lift-note button")
  await page.keyboard.press("Enter")
  await focused("dialog[open] *")
  await walk("dialog[open] .button--danger")
  await page.keyboard.press("Enter")
  for (const id of chosen) await page.waitForSelector(`#p-${id}`)
  assert.equal(await page.locator(".lift-note").count(), 0)
})

test("without script messages are chosen on a page of their own", async () => {
  const plain = await torv.personIn(chrome, people(torv).moderator, { ...DESK, javaScriptEnabled: false })
  await plain.goto(torv.url + room)
  const link = await plain.locator('.post a[href*="/lift?from="]').last().getAttribute("href")
  await plain.goto(torv.url + link)
  assert.ok((await plain.locator("input[name=posts]:checked").count()) >= 1)
  await plain.fill("#title", "Without script")
  await plain.locator("form.form .actions button[type=submit]").click()
  assert.match(plain.url(), /\/t\/\d+/)
  await plain.context().close()
})

test("nothing complained", () => {
  assert.deepEqual([...moderator.heard, ...member.heard], [])
})
