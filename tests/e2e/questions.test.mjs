// A question on a phone: what is like it is shown while it is written, and the answer that helped shows on every open page.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, faultsOf, people } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"

const SPACE = "/s/questions"
const PATIENCE = { timeout: 30_000 }
let torv, chrome, asker, helper, question

async function person(email, options) {
  const page = await torv.personIn(chrome, email, { locale: "en-GB", ...options })
  return { page, heard: complaints(page) }
}

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  const emails = people(torv)
  asker = await person(emails.member, PHONE)
  helper = await person(emails.moderator, DESK)
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

test("while a question is written, what was asked before is shown", async () => {
  const { page } = asker
  await page.goto(`${torv.url}${SPACE}/new`)
  await page.locator("#title").pressSequentially("How does the washing machine stop at forty")
  const found = page.locator(".similar__item a").first()
  await found.waitFor(PATIENCE)
  assert.match(await found.textContent(), /washing machine/)
  assert.equal(await page.locator(".similar__item .badge--good").count(), 1)
  assert.deepEqual(await faultsOf(page), [])
  await page.locator("#title").fill("Where do the swifts sleep in winter?")
  await page.locator("#body").fill("They are gone.")
  await page.waitForFunction(() => !document.querySelector(".similar"), undefined, PATIENCE)
  await page.locator("form.composer .button--primary").click()
  await page.waitForURL(/\/t\/\d+/)
  question = new URL(page.url()).pathname
})

test("the answer that helped is marked by who asked, by keyboard, and shows on the open page of who answered", async () => {
  const { page } = helper
  await page.goto(torv.url + question)
  for (const words of ["On the wing, they say.", "In Africa, **mostly** on the wing."]) {
    await page.locator(".reply textarea").fill(words)
    const loaded = page.waitForEvent("load", PATIENCE) // the live line may show the post before
    await page.locator(".reply .button--primary").click()
    await loaded
    await page.waitForFunction((said) => document.querySelector(".posts")?.textContent.includes(said), words.slice(0, 9), PATIENCE)
  }
  await page.locator("button[form=accept]").nth(1).waitFor(PATIENCE) // moderators may accept too
  assert.equal(await page.locator("button[form=accept]").count(), 2)
  await asker.page.goto(torv.url + question)
  const accept = asker.page.locator("button[form=accept]").last()
  await accept.focus()
  await asker.page.keyboard.press("Enter")
  await asker.page.locator(".accepted").waitFor(PATIENCE)
  assert.match(await asker.page.locator(".accepted").textContent(), /In Africa/)
  assert.equal(await asker.page.locator(".post--accepted").count(), 1)
  // From its top: where the bar at the foot of a phone covers half a button depends on how far the page was scrolled.
  await asker.page.goto(`${torv.url}${question}`)
  assert.deepEqual(await faultsOf(asker.page), [])

  await page.locator(".accepted").waitFor(PATIENCE)
  await page.locator(".post--accepted .badge--good").waitFor(PATIENCE)
  await page.locator(".topic-head .badge--good").waitFor(PATIENCE)
  assert.deepEqual(await faultsOf(page), [])
  await asker.page.goto(`${torv.url}${SPACE}?sort=open`)
  assert.equal(await asker.page.getByText("Where do the swifts sleep").count(), 0)
  await asker.page.goto(`${torv.url}${question}?order=thanks`)
  assert.deepEqual(await faultsOf(asker.page), [])
  assert.deepEqual([...asker.heard, ...helper.heard], [])
})
