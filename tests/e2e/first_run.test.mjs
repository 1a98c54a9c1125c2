import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, faultsOf } from "./pages.mjs"
import { browser, PHONE, Torv } from "./torv.mjs"

let torv, chrome

before(async () => {
  torv = await Torv.start()
  chrome = await browser()
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

/** Somebody with a phone of their own. */
async function person() {
  const context = await chrome.newContext({ ...PHONE, locale: "en-GB" })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return { context, page, heard: complaints(page) }
}

async function becomeOwner(page) {
  await page.goto(await torv.ownerLink())
  await page.fill("#name", "Maja Juhl")
  await page.fill("#email", "maja@example.org")
  await page.fill("#password", "three warm loaves")
  await page.locator("main form button[type=submit]").click()
  await page.waitForURL("**/start**")
}

/** Answers what is asked, one question a screen, until the community can be opened. */
async function answerCanvas(page) {
  for (let screens = 0; screens < 15; screens++) {
    if (await page.locator('form[action="/start/open"]').count()) return screens
    assert.deepEqual(await faultsOf(page), [], page.url())
    const text = page.locator("#answer")
    if (await text.count()) await text.fill(page.url().endsWith("/name") ? "Rosengade" : "Neighbours who help each other.")
    else await page.locator(".choice").first().click()
    await page.locator("main form .button--primary").click()
    await page.waitForLoadState()
  }
  throw new Error(`the canvas does not end: ${page.url()}`)
}

/** Lets everybody in who asks: without it one joins by invitation. */
async function openTheDoor(page) {
  await page.goto(`${torv.url}/admin/community`)
  await page.locator('.choice:has([name="sign_up"][value="open"])').click()
  await page.locator("main .split__body form .button--primary").click()
  await page.locator(".notice--good").waitFor()
}

async function joinAs(page, name, email) {
  await page.goto(`${torv.url}/sign-up`)
  await page.fill("#name", name)
  await page.fill("#email", email)
  await page.fill("#password", "a bicycle in the rain")
  for (const box of await page.locator("main form .check__input").all()) await box.check()
  await page.locator("main form button[type=submit]").click()
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-up"))
}

test("from nothing to a second person's post, on a phone, by plain questions", async () => {
  const owner = await person()
  await becomeOwner(owner.page)
  const screens = await answerCanvas(owner.page)
  assert.ok(screens >= 8, `${screens} screens`)
  await owner.page.locator('form[action="/start/open"] .button--primary').click()
  await owner.page.waitForLoadState()
  await owner.page.goto(torv.url)
  assert.match(await owner.page.textContent(".topbar__name"), /Rosengade/)

  await openTheDoor(owner.page)

  const second = await person()
  await joinAs(second.page, "Bo Nørgaard", "bo@example.org")
  await second.page.locator(".bottombar__item--write").click()
  await second.page.fill("#title", "Who has a ladder?")
  await second.page.fill("#body", "I need it on **Sunday**.")
  await second.page.locator(".composer .button--primary").click()
  await second.page.waitForURL("**/t/**")
  assert.equal(await second.page.locator(".post .prose strong").textContent(), "Sunday")

  const topic = new URL(second.page.url()).pathname
  await owner.page.goto(torv.url + topic)
  await owner.page.locator(".reaction--add").first().click()
  await owner.page.locator(".reactions__choice").first().click()
  await owner.page.locator('.reaction[aria-pressed="true"]').waitFor()
  await owner.page.fill("#body", "Take mine, it stands in the shed.")
  await owner.page.locator(".composer .button--primary").click()
  await owner.page.getByText("it stands in the shed").waitFor()

  await second.page.goto(torv.url)
  assert.ok(await second.page.locator(".topic-row--unread", { hasText: "ladder" }).isVisible())
  for (const each of [owner, second]) {
    assert.deepEqual(each.heard, [])
    await each.context.close()
  }
})
