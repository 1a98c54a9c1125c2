// Messages of a chat become a topic: chosen in the stream, seen by others as it happens, and put back.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { chatOf, complaints, faultsOf, people } from "./pages.mjs"
import { browser, DESK, PHONE, signIn, Torv } from "./torv.mjs"

let torv, chrome, moderator, member, room
let ids = []

async function person(email, options) {
  const page = await (await chrome.newContext(options)).newPage()
  await signIn(page, await torv.link(email))
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
  await page.locator("form.form button[type=submit]").click()
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

test("without script messages are chosen on a page of their own", async () => {
  const context = await chrome.newContext({ ...DESK, javaScriptEnabled: false })
  const plain = await context.newPage()
  await signIn(plain, await torv.link(people(torv).moderator))
  await plain.goto(torv.url + room)
  const link = await plain.locator('.post a[href*="/lift?from="]').last().getAttribute("href")
  await plain.goto(torv.url + link)
  assert.ok((await plain.locator("input[name=posts]:checked").count()) >= 1)
  await plain.fill("#title", "Without script")
  await plain.locator("form.form button[type=submit]").click()
  assert.match(plain.url(), /\/t\/\d+/)
  await context.close()
})

test("nothing complained", () => {
  assert.deepEqual([...moderator.heard, ...member.heard], [])
})
