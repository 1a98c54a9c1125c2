// Moving in from Slack in the browser with a real archive, until the largest channel is opened, searched and answered in.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { complaints, faultsOf, people } from "./pages.mjs"
import { browser, PHONE, signIn, Torv } from "./torv.mjs"

const ARCHIVE = resolve(import.meta.dirname, "../../../shared/data/slack-export.zip")
const LARGEST = "general"
const LATEST = "happy to know its available"
const skip = existsSync(ARCHIVE) ? false : "no data"

let torv, chrome

before(async () => {
  if (skip) return
  torv = await Torv.start({ demo: true })
  chrome = await browser()
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

/** The page of an import shows by itself how far it is. */
async function finished(page) {
  await page.locator("#import:not([data-running])").waitFor({ timeout: 120_000 })
  assert.deepEqual(await faultsOf(page), [], page.url())
}

test("a Slack archive moves in by the browser, and its largest channel lives on", { skip }, async () => {
  const context = await chrome.newContext({ ...PHONE, locale: "da-DK" })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const heard = complaints(page)
  await signIn(page, await torv.link(people(torv).owner))

  await page.goto(`${torv.url}/admin/imports`)
  await page.setInputFiles("#file", ARCHIVE)
  await page.locator("main form .button--primary").click()
  await page.waitForURL("**/admin/imports/*")
  await finished(page)
  const before = await page.locator(".report").first().textContent()
  await page.locator('form[action$="/run"] button').click()
  await finished(page)
  assert.equal((await page.locator(".report dd").first().textContent()).length > 0, true)
  assert.ok(before.length > 0)

  await page.goto(`${torv.url}/spaces`)
  await page.locator(".space-card__link", { hasText: new RegExp(`^#?${LARGEST}$`) }).first().click()
  await page.waitForURL("**/s/**")
  await page.getByText(LATEST).waitFor()
  assert.deepEqual(await faultsOf(page), [], "the imported channel")
  const earlier = page.locator(".pager a[rel=prev]").first()
  assert.ok(await earlier.count(), "hundreds of messages are more than one page")
  const room = page.url()

  await page.fill("#body", "We have all moved in. Good to read you here.")
  await page.locator(".composer .button--primary").click()
  await page.locator(".post[data-post]", { hasText: "We have all moved in" }).waitFor()
  await page.goto(room)
  assert.match(await page.locator(".posts--chat > .post").last().textContent(), /We have all moved in/)

  for (let tries = 0; tries < 60; tries++) {
    await page.goto(`${torv.url}/search?q=${encodeURIComponent("happy available")}`)
    if (await page.locator(".result__text", { hasText: "available" }).count()) break
    await new Promise((done) => setTimeout(done, 500))
  }
  await page.locator(".result", { hasText: "happy" }).first().locator(".result__link").click()
  await page.getByText(LATEST).waitFor()
  assert.deepEqual(heard, [])
  await context.close()
})
