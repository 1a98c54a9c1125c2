// What is written to be posted later, as its writer meets it, and over the end of the server.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, faultsOf, people } from "./pages.mjs"
import { browser, PHONE, signIn, Torv } from "./torv.mjs"

const PATIENCE = 60_000
let torv, chrome, page, heard, topic, token

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  const context = await chrome.newContext({ ...PHONE, locale: "en-GB", timezoneId: "Europe/Copenhagen" })
  page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  heard = complaints(page)
  await signIn(page, await torv.link(people(torv).member))
  await page.goto(`${torv.url}/s/torvet`)
  topic = new URL(await page.locator(".topic-row__link").first().getAttribute("href"), torv.url).pathname
  token = (await torv.command("token", "create", people(torv).member, "--scope", "write")).stdout.trim()
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

async function call(method, path, body) {
  const answer = await fetch(`${torv.url}/api/v1${path}`, { method, body: JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } })
  return answer.json()
}

/** Says something in the topic in so many milliseconds. */
function later(body, ms, rule = "") {
  const at = new Date(Date.now() + ms).toISOString().slice(0, 19)
  return call("POST", "/scheduled", { topic: topic.split("/")[2], body, at, zone: "UTC", rule })
}

/** Posts of the topic that say this; waits until there is one. */
async function said(body) {
  for (let tries = 0; tries < PATIENCE / 200; tries++) {
    const { items } = await call("GET", `/topics/${topic.split("/")[2]}/posts?limit=100`)
    const found = items.filter((post) => post.body === body)
    if (found.length) return found
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error(`nobody said: ${body}`)
}

test("from the composer a reply goes to the list, is changed there, posted now, and its draft is gone", async () => {
  await page.goto(torv.url + topic)
  await page.locator("#body").fill("I shall bring the ladder.")
  await page.getByRole("button", { name: "Post later" }).click()
  await page.locator("#repeat").waitFor()
  assert.equal(await page.inputValue("#body"), "I shall bring the ladder.")
  assert.deepEqual(await faultsOf(page), [])
  await page.fill("#at", "2020-01-01T08:00")
  await page.locator(".composer .button--primary").click()
  await page.getByText("still to come").first().waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.fill("#at", `${new Date().getFullYear() + 1}-03-31T08:00`)
  await page.locator("#repeat").selectOption("monthly")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/scheduled")
  await page.getByText("Every month on the same date").waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.locator(".row__title a").click()
  assert.equal(await page.locator("#repeat").inputValue(), "monthly")
  await page.locator("#repeat").selectOption("")
  await page.locator("#body").fill("I shall bring the long ladder.")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/scheduled")
  await page.getByRole("button", { name: "Post now" }).click()
  await page.locator(".post", { hasText: "the long ladder" }).waitFor()
  assert.equal(await page.inputValue("#body"), "")
  await page.goto(`${torv.url}/scheduled`)
  await page.getByText("Nothing is scheduled").waitFor()
})

test("it comes at its moment, and a look at it is enough to throw it away", async (t) => {
  const made = await later("On the dot.", 4000)
  const [post] = await said("On the dot.")
  const late = Date.parse(post.created_at) - Date.parse(made.due_at)
  t.diagnostic(`posted ${late} ms after its moment`)
  assert.ok(late >= 0 && late < 2000, `${late} ms`)
  await later("Never mind.", 3600_000)
  await page.goto(`${torv.url}/scheduled`)
  await page.getByRole("button", { name: "Delete" }).click()
  await page.locator("dialog").getByRole("button", { name: "Delete" }).click()
  await page.getByText("Nothing is scheduled").waitFor()
})

test("a server that is killed before, at and after the moment posts it once", async () => {
  const bodies = []
  for (let n = 0; n < 6; n++) {
    const body = `Killed ${n}`
    bodies.push(body)
    await later(body, 2000)
    await new Promise((done) => setTimeout(done, 700 + n * 300))
    const ended = new Promise((done) => torv.child.once("exit", done))
    torv.child.kill("SIGKILL")
    await ended
    await torv.again()
  }
  for (const body of bodies) assert.equal((await said(body)).length, 1, body)
  assert.deepEqual((await call("GET", "/scheduled")).items, [])
})

// Of a server that was killed a page may say that it is away.
test("nothing complained", () => assert.deepEqual(heard.filter((line) => !/WebSocket|ERR_|Failed to load/.test(line)), []))
