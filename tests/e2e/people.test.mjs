// People tell what they can and seek, each field to whom they choose, and find each other by it.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { people } from "./pages.mjs"
import { browser, PHONE, Torv } from "./torv.mjs"

let torv, chrome, mine, theirs

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  const emails = people(torv)
  mine = await torv.personIn(chrome, emails.member, PHONE)
  theirs = await torv.personIn(chrome, emails.moderator, PHONE)
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

/** Fills in one's own page about oneself; a field is its words and who sees them. */
async function tell(page, fields) {
  await page.goto(`${torv.url}/me/about`)
  for (const [name, [words, shown]] of Object.entries(fields)) {
    await page.fill(`#${name}`, words)
    await page.selectOption(`#${name}_shown`, shown)
  }
  await page.locator("main .button--primary").click()
  await page.waitForURL("**/m/*")
}

async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${page.url()} is ${wide} px too wide`)
}

const found = (page) => page.locator("main > .member-list .member-card__name").allTextContents()

test("two people find each other by a skill, and a hidden place leads nobody to them", async () => {
  await tell(mine, { skills: ["Theremin, Øresundsbroforbindelsesvedligeholdelseskonsulentvirksomhed", "members"], place: ["Samsø", "me"], seeks: ["a loom", "members"] })
  await fits(mine)
  assert.match(await mine.locator(".told").textContent(), /Samsø/)
  const profile = mine.url()
  const name = await mine.locator(".profile__name").textContent()

  await theirs.goto(profile)
  assert.doesNotMatch(await theirs.locator("main").textContent(), /Samsø/)
  await theirs.locator(".tag-list__tag", { hasText: "Theremin" }).click()
  await theirs.waitForURL("**/members?skill=Theremin")
  assert.deepEqual(await found(theirs), [name])
  await fits(theirs)
  await theirs.fill("#place", "samsø")
  await theirs.locator(".search-filters button").click()
  await theirs.waitForURL("**place=sams%C3%B8**")
  assert.deepEqual(await found(theirs), [])
  assert.equal(await theirs.locator('datalist option[value="Samsø"]').count(), 0)
  await theirs.locator(".empty .button").click()
  await theirs.waitForURL("**/members")
})

test("who is like oneself is shown with why, and goes when they hide it", async () => {
  await tell(theirs, { skills: ["theremin", "members"], offers: ["A loom", "members"] })
  const other = await theirs.locator(".profile__name").textContent()
  await mine.goto(`${torv.url}/members`)
  const card = mine.locator("section .member-card", { hasText: other })
  assert.match(await card.textContent(), /Theremin/)
  assert.match(await card.textContent(), /a loom/)
  await fits(mine)
  await tell(theirs, { skills: ["theremin", "me"], offers: ["A loom", "me"] })
  await mine.goto(`${torv.url}/members`)
  assert.doesNotMatch(await mine.locator("main").textContent(), /a loom/)
})

test("without script people are told of and found, and guests see what is for everyone", async () => {
  const context = await chrome.newContext({ ...PHONE, javaScriptEnabled: false, storageState: await mine.context().storageState() })
  const page = await context.newPage()
  await page.goto(`${torv.url}/me/about`)
  await page.fill("#interests", "Bees; bees, Moss")
  await page.selectOption("#interests_shown", "everyone")
  await page.locator("main .button--primary").click()
  const profile = page.url()
  assert.match(await page.locator(".told").textContent(), /Moss/)
  await page.goto(`${torv.url}/members?interest=moss`)
  assert.equal((await found(page)).length, 1)
  await context.clearCookies()
  await page.goto(profile)
  assert.match(await page.locator(".told").textContent(), /Bees\s*Moss/)
  assert.doesNotMatch(await page.locator("main").textContent(), /Theremin/)
  await context.close()
})
