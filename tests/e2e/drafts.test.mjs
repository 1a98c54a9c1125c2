// What is being written survives whatever happens, and what was sent twice stands there once. With the real server.
import { after, afterEach, before, beforeEach, test } from "node:test"
import assert from "node:assert/strict"
import { people } from "./pages.mjs"
import { browser, DESK, PHONE, signIn, Torv } from "./torv.mjs"

const PATIENCE = 60_000
let torv, chrome, context, page, email, count = 0, topic

before(async () => {
  torv = await Torv.start({ demo: true, flags: ["--posts-per-minute", "100000"] })
  chrome = await browser()
  email = people(torv).member
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

async function device(look = DESK) {
  const made = await chrome.newContext({ ...look, locale: "en-GB" })
  const fresh = await made.newPage()
  fresh.setDefaultTimeout(PATIENCE)
  await signIn(fresh, await torv.link(email))
  return { context: made, page: fresh }
}

/** A topic of its own for every test, so that no draft of another stands in it. */
beforeEach(async () => {
  ({ context, page } = await device())
  await page.goto(`${torv.url}/s/torvet/new`)
  await page.fill("#title", `Whose bicycle is number ${++count}`)
  await page.fill("#body", "It stands by the ferry.")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/t/**")
  topic = page.url().split("?")[0]
})

afterEach(() => context.close())

const field = (where = page) => where.locator("#body")
const saved = () => page.getByText("Draft saved").waitFor()
const posts = (text) => page.locator(".post", { hasText: text }).count()

test("a server that is killed has kept it, for every device", async () => {
  await field().fill("Mine, I think")
  await saved()
  const ended = new Promise((done) => torv.child.once("exit", done))
  torv.child.kill("SIGKILL")
  await ended
  await torv.again()
  const other = await device(PHONE)
  await other.page.goto(topic)
  assert.equal(await field(other.page).inputValue(), "Mine, I think")
  await other.context.close()
})

test("a server that is killed while one writes takes nothing, and the post goes when it is back", async () => {
  const ended = new Promise((done) => torv.child.once("exit", done))
  torv.child.kill("SIGKILL")
  await ended
  await field().fill("Written into the silence")
  await page.getByText("Draft kept in this browser").waitFor()
  await torv.again()
  await page.goto(topic)
  assert.equal(await field().inputValue(), "Written into the silence")
  await page.locator(".composer .button--primary").click()
  await page.locator(".post", { hasText: "Written into the silence" }).waitFor()
  assert.equal(await field().inputValue(), "")
})

test("a tab that is closed in the middle of a word has kept it", async () => {
  await field().pressSequentially("Mine, I thi")
  await page.close({ runBeforeUnload: false })
  page = await context.newPage()
  await page.goto(topic)
  assert.equal(await field().inputValue(), "Mine, I thi")
})

test("without a network it stays, also over a reload, and can be sent when there is one", async () => {
  await field().fill("Mine, I think")
  await saved()
  await context.setOffline(true)
  await field().fill("Mine, I think. The bell is broken.")
  await page.getByText("Draft kept in this browser").waitFor()
  await context.setOffline(false)
  await page.reload()
  // The server has the older text: what this browser has is newer and must win.
  assert.equal(await field().inputValue(), "Mine, I think. The bell is broken.")
  await page.locator(".composer .button--primary").click()
  await page.locator(".post", { hasText: "The bell is broken" }).waitFor()
  assert.equal(await posts("The bell is broken"), 1)
})

test("an expired session takes nothing: after signing in it is there", async () => {
  await field().fill("Mine, I think")
  await saved()
  await context.clearCookies()
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/sign-in**")
  await signIn(page, await torv.link(email))
  await page.goto(topic)
  assert.equal(await field().inputValue(), "Mine, I think")
  await page.locator(".composer .button--primary").click()
  await page.locator(".post", { hasText: "Mine, I think" }).waitFor()
})

test("sent twice is posted once: two presses, and the same form sent again", async () => {
  await field().fill("Only once")
  await page.evaluate(() => { const button = document.querySelector(".composer .button--primary"); button.click(); button.click() })
  await page.locator(".post", { hasText: "Only once" }).waitFor()
  assert.equal(await posts("Only once"), 1)

  const twice = await page.evaluate(async () => {
    const form = document.querySelector("form.composer")
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, name === "body" ? "Sent again" : value]))
    const places = []
    for (const body2 of [body, body]) places.push((await fetch(form.action, { method: "POST", body: new URLSearchParams(body2) })).url)
    return places
  })
  assert.equal(twice[0].split("#")[0], twice[1].split("#")[0])
  await page.reload()
  assert.equal(await posts("Sent again"), 1)
})
