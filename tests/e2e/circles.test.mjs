// A circle on two phones: one asks to come in, the other lets them in; the space that it opens is there, and gone again.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, faultsOf, people } from "./pages.mjs"
import { browser, PHONE, signIn, Torv } from "./torv.mjs"

const PATIENCE = { timeout: 30_000 }
const SPACE = "/s/kitchen"
let torv, chrome, owner, member, circle

async function person(email) {
  const page = await (await chrome.newContext({ locale: "en-GB", ...PHONE })).newPage()
  await signIn(page, await torv.link(email))
  return { page, heard: complaints(page) }
}

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  const emails = people(torv)
  owner = await person(emails.owner)
  member = await person(emails.member)
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

test("an owner makes a circle and opens a private space to it", async () => {
  const { page } = owner
  await page.goto(`${torv.url}/circles/new`)
  await page.fill("#name", "Bakers")
  await page.fill("#description", "Who bakes for the market.")
  await page.locator('input[name=entry][value="request"]').check()
  await page.fill("#question", "What do you bake?")
  assert.deepEqual(await faultsOf(page), [])
  await page.locator("main form .button--primary").click()
  await page.waitForURL("**/circles/bakers")
  circle = new URL(page.url()).pathname
  assert.deepEqual(await faultsOf(page), [])
  await page.goto(`${torv.url}${SPACE}/members`)
  await page.locator("#circle").selectOption({ label: "Bakers" })
  await page.locator(`form[action="${SPACE}/circles"] button`).click()
  await page.locator(`main a[href="${circle}"]`).waitFor(PATIENCE)
  assert.deepEqual(await faultsOf(page), [])
})

test("a member asks with an answer, the owner hears of it and lets them in, and the space is there", async () => {
  const { page } = member
  assert.equal((await page.goto(torv.url + SPACE)).status(), 403)
  await page.goto(torv.url + circle)
  await page.getByText("What do you bake?").waitFor(PATIENCE)
  await page.fill("#answer", "Rye bread, mostly.")
  assert.deepEqual(await faultsOf(page), [])
  await page.locator("main form .button--primary").click()
  await page.locator(".badge", { hasText: "You have asked" }).waitFor(PATIENCE)

  await owner.page.goto(`${torv.url}/notices`)
  await owner.page.locator(".inbox-row__link", { hasText: "asks to come into the circle “Bakers”" }).first().click()
  await owner.page.waitForURL(`**${circle}`)
  await owner.page.getByText("Rye bread, mostly.").waitFor(PATIENCE)
  assert.deepEqual(await faultsOf(owner.page), [])
  await owner.page.locator("section[aria-labelledby=requests] .button--primary").click()
  await owner.page.locator("section[aria-labelledby=people] .row").first().waitFor(PATIENCE)

  await page.goto(`${torv.url}/notices`)
  await page.locator(".inbox-row__link", { hasText: "put you in the circle “Bakers”" }).first().click()
  await page.waitForURL(`**${circle}`)
  assert.equal(await page.locator(".badge", { hasText: "You are in" }).count(), 1)
  assert.equal((await page.goto(torv.url + SPACE)).status(), 200)
})

test("who is taken out of the circle while a page of the space is open gets nothing more of it", async () => {
  const { page } = member
  await page.goto(`${torv.url}${SPACE}/members`)
  assert.equal(await page.locator(`main a[href="${circle}"]`).count(), 1)
  assert.deepEqual(await faultsOf(page), [])
  await owner.page.goto(torv.url + circle)
  await owner.page.locator("section[aria-labelledby=people] .row button").first().click()
  await owner.page.getByText("Nobody is in it yet.").waitFor(PATIENCE)
  assert.equal((await page.goto(torv.url + SPACE)).status(), 403)
  assert.deepEqual([...owner.heard, ...member.heard], [])
})

test("a rule is tried before it is saved, and says on the page of the circle who is in it", async () => {
  const { page } = owner
  await page.goto(`${torv.url}${circle}/rule`)
  await page.selectOption("#metric", "posts")
  await page.fill("#amount", "1")
  await page.fill("#days", "3650")
  assert.deepEqual(await faultsOf(page), [])
  await page.locator("button[value=preview]").click()
  await page.locator("#preview").waitFor(PATIENCE)
  assert.match(await page.locator("section[aria-labelledby=preview]").textContent(), /\d+ people come in/)
  assert.deepEqual(await faultsOf(page), [])
  await page.locator("button[value=save]").click()
  await page.waitForURL(`**${circle}`)
  await page.getByText("Who wrote a post in the last 3,650 days").waitFor(PATIENCE)
  assert.ok(await page.locator("section[aria-labelledby=people] .row").count() > 3)
  assert.deepEqual(await faultsOf(page), [])

  await member.page.goto(`${torv.url}/notices`)
  await member.page.locator(".inbox-row__link", { hasText: "You are in the circle “Bakers” now" }).waitFor(PATIENCE)
  assert.deepEqual([...owner.heard, ...member.heard], [])
})
