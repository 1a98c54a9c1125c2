// Two people write to each other, one on a phone and one at a desk; then one of them has enough of it.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, faultsOf, people } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"

let torv, chrome, phone, desk, talk
const heard = []

async function person(email, options) {
  const page = await torv.personIn(chrome, email, options)
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

test("who is elsewhere sees a mark at the messages come, and go when it is read on another page", async () => {
  const marks = (page) => page.locator("[data-messages] .dot").count()
  const elsewhere = await desk.context().newPage()
  await elsewhere.goto(`${torv.url}/members`)
  const list = await desk.context().newPage()
  await list.goto(`${torv.url}/messages`)
  await list.evaluate(() => { window.sameDocument = true })
  // What the desk has just read is read here, too.
  await elsewhere.waitForFunction(() => !document.querySelector("[data-messages] .dot"))
  await desk.goto(`${torv.url}/spaces`)
  await phone.locator(".reply textarea").fill("Is seven too early?")
  await phone.locator(".reply button[type=submit]").click()
  for (const page of [elsewhere, desk, list]) await page.locator("[data-messages] .dot").first().waitFor({ state: "attached" })
  await list.locator(".inbox-row--unread .inbox-row__excerpt", { hasText: "seven" }).waitFor()
  assert.ok(await list.evaluate(() => window.sameDocument === true))
  assert.equal(await marks(phone), 0)
  assert.deepEqual(await faultsOf(elsewhere), [], "with a mark at the messages")
  await desk.goto(torv.url + talk)
  await said(desk, "Is seven too early?").waitFor()
  for (const page of [elsewhere, list, desk]) await page.waitForFunction(() => !document.querySelector("[data-messages] .dot"))
  await list.waitForFunction(() => !document.querySelector(".inbox-row--unread"))
  // What is said before one's eyes is no news.
  await desk.evaluate(() => {
    new MutationObserver(() => { window.marked ||= document.querySelector("[data-messages] .dot") !== null }).observe(document.body, { childList: true, subtree: true })
  })
  await phone.locator(".reply textarea").fill("Eight, then")
  await phone.locator(".reply button[type=submit]").click()
  await said(desk, "Eight, then").waitFor()
  await desk.waitForTimeout(3000)
  assert.notEqual(await desk.evaluate(() => window.marked), true)
  assert.equal(await marks(elsewhere), 0)
  await elsewhere.close()
  await list.close()
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

test("what was said is found again by those who were there, in its place", async () => {
  await phone.goto(`${torv.url}/search?q=bench+tonight`)
  assert.equal(await phone.locator(".result mark").count(), 0)
  await phone.locator('.tabs__item[href*="kind=message"]').click()
  await phone.locator(".result mark").first().waitFor()
  assert.deepEqual(await faultsOf(phone), [], "messages that were found")
  await phone.locator(".result__link").first().click()
  await phone.waitForURL(`**${talk}*`)
  await said(phone, "the bench tonight").waitFor()
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
