import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { resolve } from "node:path"
import { Hand } from "./hand.mjs"
import { complaints, faultsOf } from "./pages.mjs"
import { browser, PHONE, Torv } from "./torv.mjs"

const PICTURE = resolve(import.meta.dirname, "../../src/platform/files/fixtures/gps.jpg")
/** Words that nobody who wants a community should have to know. */
const TECHNICAL = /smtp|server|\bport\b|database|\bhost\b|domain|\burl\b|\bslug\b|token|api|config|json|\bdns\b/i

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
  page.setDefaultTimeout(20_000)
  return { context, page, hand: new Hand(page), heard: complaints(page) }
}

/** What is asked on this screen has to be plain. */
async function plainly(page) {
  const asked = await page.locator("main label:visible, main legend:visible, main .field__hint:visible").allTextContents()
  assert.deepEqual(asked.filter((words) => TECHNICAL.test(words)), [], page.url())
}

async function becomeOwner({ page, hand }) {
  await hand.open(await torv.ownerLink())
  await plainly(page)
  await hand.type("#name", "Maja Juhl")
  await hand.type("#email", "maja@example.org")
  await hand.type("#password", "three warm loaves")
  await hand.tap("main form button[type=submit]")
  await page.waitForURL("**/start**")
}

/** Answers what is asked, one question a screen, until the community can be opened. */
async function answerCanvas({ page, hand }) {
  for (let screens = 0; screens < 15; screens++) {
    hand.look()
    if (await page.locator('form[action="/start/open"]').count()) return screens
    assert.deepEqual(await faultsOf(page), [], page.url())
    await plainly(page)
    const here = page.url()
    if (await page.locator("#answer").count()) await hand.type("#answer", here.endsWith("/name") ? "Rosengade" : "Neighbours who help each other.")
    else await hand.tap(".choice")
    await hand.tap("main form .button--primary")
    await page.waitForURL((url) => url.href !== here)
  }
  throw new Error(`the canvas does not end: ${page.url()}`)
}

/** Opens the community; the link for the second person stands on the next page, to copy and to scan. */
async function openCommunity({ page, hand }) {
  await hand.tap('form[action="/start/open"] .button--primary')
  hand.look()
  const link = await page.locator(".copy-box__text").textContent()
  assert.ok(await page.locator(".door-note__code path").count())
  assert.deepEqual(await faultsOf(page), [], "the community is open")
  return link
}

async function joinBy({ page, hand }, link, name, email) {
  await hand.open(link)
  await plainly(page)
  assert.deepEqual(await faultsOf(page), [], "the invitation")
  await hand.type("#name", name)
  await hand.type("#email", email)
  await hand.type("#password", "a bicycle in the rain")
  for (const box of await page.locator("main form .check__input").all()) await hand.tap(box)
  await hand.tap("main form button[type=submit]")
  await page.waitForURL((url) => !url.pathname.startsWith("/join/"))
  hand.look()
}

async function write({ page, hand }) {
  await hand.tap(".bottombar__item--write")
  hand.look()
  await hand.type("#title", "Who has a ladder?")
  await hand.type("#body", "I need it on **Sunday**.")
  await hand.tap(".composer .button--primary")
  await page.waitForURL("**/t/**")
  assert.equal(await page.locator(".post .prose strong").textContent(), "Sunday")
  return new URL(page.url()).pathname
}

async function edit({ page }) {
  await page.locator(".post__actions .menu > summary").first().click()
  await page.locator('.menu__item[href$="/edit"]').first().click()
  await page.fill("#body", "I need it on **Saturday**.")
  await page.locator(".composer .button--primary").click()
  await page.locator(".post .prose strong", { hasText: "Saturday" }).waitFor()
  assert.equal(await page.locator(".post__edited").count(), 1)
}

async function replyWithPicture({ page }) {
  const chooser = page.waitForEvent("filechooser")
  await page.locator("#body").focus()
  await page.locator(".upload-add").click()
  await (await chooser).setFiles(PICTURE)
  await page.waitForFunction(() => /\/files\//.test(document.querySelector("#body").value))
  await page.locator("#body").press("Control+End")
  await page.locator("#body").pressSequentially("\n\nThis one, it stands in the shed.")
  await page.locator(".composer .button--primary").click()
  await page.getByText("it stands in the shed").waitFor()
  const shown = page.locator(".prose img").first()
  await shown.scrollIntoViewIfNeeded()
  await page.waitForFunction(() => document.querySelector(".prose img")?.naturalWidth > 0)
}

async function findAgain({ page }) {
  for (let tries = 0; tries < 40; tries++) {
    await page.goto(`${torv.url}/search?q=ladders`)
    if (await page.locator(".result").count()) break
    await new Promise((done) => setTimeout(done, 250))
  }
  await page.locator(".result__link", { hasText: "ladder" }).first().click()
  await page.waitForURL("**/t/**")
}

test("from nothing to a second person's post in five minutes, on a phone, by plain questions", async (t) => {
  const owner = await person()
  await becomeOwner(owner)
  const screens = await answerCanvas(owner)
  assert.ok(screens >= 8, `${screens} screens`)
  const link = await openCommunity(owner)

  const second = await person()
  await joinBy(second, link, "Bo Nørgaard", "bo@example.org")
  const topic = await write(second)
  const [made, joined] = [owner.hand.seconds, second.hand.seconds]
  t.diagnostic(`owner: ${owner.hand.keys} keys, ${owner.hand.taps} taps, ${owner.hand.screens} screens, ${made} s; second: ${second.hand.keys} keys, ${second.hand.taps} taps, ${joined} s`)
  assert.ok(made + joined < 300, `a person needs ${made} + ${joined} s`)
  await edit(second)
  await second.page.goto(`${torv.url}/rules`) // an open topic would read the answer as it comes

  await owner.page.goto(torv.url + topic)
  assert.match(await owner.page.textContent(".topbar__name"), /Rosengade/)
  await owner.page.locator(".reaction--add").first().click()
  await owner.page.locator(".reactions__choice").first().click()
  await owner.page.locator('.reaction[aria-pressed="true"]').waitFor()
  await replyWithPicture(owner)
  await findAgain(owner)

  await second.page.goto(torv.url)
  assert.ok(await second.page.locator(".topic-row--unread", { hasText: "ladder" }).isVisible())
  for (const each of [owner, second]) {
    assert.deepEqual(each.heard, [])
    await each.context.close()
  }
})
