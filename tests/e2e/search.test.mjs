// Finding things: what is offered while one types, filters, and what was misspelled.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { people } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"

let torv, chrome, phone, desk

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  const emails = people(torv)
  phone = await torv.personIn(chrome, emails.member, PHONE)
  desk = await torv.personIn(chrome, emails.moderator, DESK)
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

/** Types into a field whose suggestions are loaded, and waits for them. */
async function typed(page, field, text) {
  const loaded = page.waitForFunction((selector) => document.querySelector(selector)?.getAttribute("role") === "combobox", field)
  await page.focus(field)
  await loaded
  await page.keyboard.type(text)
  await page.locator(".suggestions--search:visible").waitFor()
}

test("on a phone the box offers filters and places, and a filter narrows down", async () => {
  await phone.goto(`${torv.url}/search`)
  await typed(phone, "#q", "tag:ha")
  await phone.locator("[role=option]", { hasText: "tag:haven" }).first().click()
  await phone.waitForURL("**/search?q=tag%3Ahaven*")
  await phone.locator(".result").first().waitFor()
  for (const text of await phone.locator(".result__text").allTextContents()) assert.match(text, /#haven/)
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${wide} px too wide`)
})

test("by keyboard alone a topic is reached from the bar, and Enter without a choice searches", async () => {
  await desk.goto(`${torv.url}/`)
  await typed(desk, "#topbar-search", "piano")
  await desk.keyboard.press("Escape")
  await desk.locator(".suggestions--search").waitFor({ state: "hidden" })
  await desk.keyboard.press("Enter")
  await desk.waitForURL("**/search?q=piano")
  await typed(desk, "#topbar-search", "piano")
  await desk.keyboard.press("ArrowDown")
  assert.equal(await desk.getAttribute("#topbar-search", "aria-activedescendant"), await desk.locator("[role=option][aria-selected=true]").getAttribute("id"))
  await desk.keyboard.press("Enter")
  await desk.waitForURL("**/t/**")
})

test("what is misspelled is offered as it is written, without script too", async () => {
  const context = await chrome.newContext({ ...PHONE, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${torv.url}/search?q=paino`)
  await page.locator(".search-hint a").click()
  await page.locator(".result mark").first().waitFor()
  await page.goto(`${torv.url}/search`)
  await page.locator(".search-filters summary").click()
  await page.locator("#tag").fill("haven")
  await page.locator("main .search-form > .button--primary").click()
  await page.locator(".result").first().waitFor()
  assert.equal(await page.inputValue("#q"), "tag:haven")
  await context.close()
})

test("a tag is offered while one writes a post, and leads to its page", async () => {
  await phone.goto(`${torv.url}/s/torvet/new`)
  await phone.fill("#title", "What grows in November")
  const field = phone.locator("main textarea").first()
  await field.click()
  await phone.waitForFunction(() => customElements.get("text-expander"))
  await field.pressSequentially("Kale, mostly. #hav")
  await phone.locator("[role=option]", { hasText: "#haven" }).first().click()
  assert.equal((await field.inputValue()).trim(), "Kale, mostly. #haven")
  await phone.locator("main .composer__foot .button--primary").click()
  await phone.waitForURL("**/t/**")
  await phone.locator(".post a.tag", { hasText: "#haven" }).first().click()
  await phone.waitForURL("**/tags/haven")
  await phone.locator(".follow summary").click()
  await phone.locator(".follow__item").first().click()
  await phone.locator(".follow summary", { hasText: /Following|Følger|Följer|Volgt/ }).waitFor()
  await phone.goto(`${torv.url}/me/notices`)
  await phone.locator(".kept__name", { hasText: "#haven" }).waitFor()
})
