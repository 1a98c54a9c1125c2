// Two people write to each other, one on a phone and one at a desk; then one of them has enough of it.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, faultsOf, people } from "./pages.mjs"
import { browser, DESK, PHONE, signIn, Torv } from "./torv.mjs"

let torv, chrome, phone, desk, talk
const heard = []

async function person(email, options) {
  const page = await (await chrome.newContext(options)).newPage()
  await signIn(page, await torv.link(email))
  heard.push(complaints(page))
  return page
}
const said = (page, text) => page.locator(".posts--chat .post__body", { hasText: text })
const handleOf = async (page) => {
  await page.goto(`${torv.url}/me/profile`)
  return page.locator('input[name="handle"]').inputValue()
}

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  const emails = people(torv)
  phone = await person(emails.member, PHONE)
  desk = await person(emails.moderator, DESK)
})
after(async () => {
  await chrome?.close()
  await torv?.stop()
})

test("a message to somebody is told and answered, and both pages stay where they are", async () => {
  const to = await handleOf(phone)
  await desk.goto(`${torv.url}/m/${to}`)
  await desk.locator('.profile a[href^="/messages/new"]').click()
  assert.deepEqual(await faultsOf(desk), [], "a new conversation")
  await desk.locator("#body").fill("Can you take the *bench* tonight?")
  await desk.locator("main form .button--primary").last().click()
  await desk.waitForURL(/\/messages\/\d+/)
  talk = new URL(desk.url()).pathname
  await phone.goto(`${torv.url}/messages`)
  await phone.locator(".inbox-row--unread").waitFor()
  assert.deepEqual(await faultsOf(phone), [], "the list of conversations")
  await phone.locator(`.inbox-row__link[href="${talk}"]`).click()
  await said(phone, "the bench tonight").waitFor()
  assert.deepEqual(await faultsOf(phone), [], "a conversation on a phone")
  await phone.evaluate(() => { window.sameDocument = true })
  await phone.locator(".reply textarea").fill("Of course")
  await phone.locator(".reply button[type=submit]").click()
  await said(phone, "Of course").waitFor()
  await said(desk, "Of course").waitFor()
  assert.ok(await phone.evaluate(() => window.sameDocument === true))
  assert.equal(await said(phone, "Of course").count(), 1)
  assert.deepEqual(await faultsOf(desk), [], "a conversation at a desk")
})

test("the one who is told finds it among the notices, and it is read in both places", async () => {
  await desk.locator(".reply textarea").fill("One thing more")
  await desk.locator(".reply textarea").press("Enter")
  await phone.goto(`${torv.url}/notices`)
  await phone.locator(`.inbox-row`, { hasText: /wrote to you/ }).first().locator(".inbox-row__link").click()
  await phone.waitForURL(`**${talk}*`)
  await said(phone, "One thing more").waitFor()
  await phone.waitForTimeout(1500)
  await phone.goto(`${torv.url}/messages`)
  assert.equal(await phone.locator(".inbox-row--unread").count(), 0)
})

test("nobody else comes in, and who is blocked is not told so", async () => {
  const other = await person(people(torv).owner, DESK)
  assert.equal((await other.goto(torv.url + talk)).status(), 404)
  heard.pop()
  const from = await handleOf(desk)
  await phone.goto(`${torv.url}/m/${from}/block`)
  assert.deepEqual(await faultsOf(phone), [], "the question whether to block")
  await phone.locator("main form button").click()
  await phone.waitForURL("**/me/messages")
  assert.deepEqual(await faultsOf(phone), [], "settings of messages")
  await desk.goto(torv.url + talk)
  assert.equal(await desk.locator(".reply textarea").count(), 0)
  assert.doesNotMatch(await desk.locator("main").innerText(), /block/i)
  for (const each of heard) assert.deepEqual(each, [])
})
