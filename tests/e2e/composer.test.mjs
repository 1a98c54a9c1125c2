// Writing as people do it: tools, keys, what is pasted, what is quoted. In a real page of the demo town.
import { after, before, beforeEach, test } from "node:test"
import assert from "node:assert/strict"
import { chatOf, complaints, people } from "./pages.mjs"
import { browser, DESK, PHONE, signIn, Torv } from "./torv.mjs"

let torv, chrome, context, page, heard

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  context = await chrome.newContext({ ...DESK, locale: "da-DK", permissions: ["clipboard-read", "clipboard-write"] })
  page = await context.newPage()
  page.setDefaultTimeout(30_000)
  heard = complaints(page)
  await signIn(page, await torv.link(people(torv).member))
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

beforeEach(() => { heard.length = 0 })

const text = () => page.inputValue("#body")
const tool = (name) => page.locator(`.composer__tool[data-format="${name}"]`)

/** A new topic whose text has this selected. */
async function write(words, chosen = "") {
  if (!page.url().endsWith("/s/torvet/new")) await page.goto(`${torv.url}/s/torvet/new`)
  await tool("bold").waitFor()
  await page.fill("#body", words)
  await page.locator("#body").evaluate((field, chosen) => {
    field.focus()
    const at = chosen ? field.value.indexOf(chosen) : field.value.length
    field.setSelectionRange(at, at + chosen.length)
  }, chosen)
}

async function paste(plain, html = "") {
  await page.evaluate(([plain, html]) => {
    const parts = { "text/plain": new Blob([plain], { type: "text/plain" }) }
    if (html) parts["text/html"] = new Blob([html], { type: "text/html" })
    return navigator.clipboard.write([new ClipboardItem(parts)])
  }, [plain, html])
  await page.keyboard.press("Control+v")
}

test("keys and buttons mark words, again unmark them, and undo takes it back", async () => {
  await write("Hej med jer", "med")
  await page.keyboard.press("Control+b")
  assert.equal(await text(), "Hej **med** jer")
  await page.keyboard.press("Control+i")
  assert.equal(await text(), "Hej **_med_** jer")
  await page.keyboard.press("Control+i")
  await page.keyboard.press("Control+b")
  assert.equal(await text(), "Hej med jer")
  await tool("strike").click()
  assert.equal(await text(), "Hej ~~med~~ jer")
  await page.keyboard.press("Control+z")
  assert.equal(await text(), "Hej med jer")
  await write("Se kortet", "kortet")
  await page.keyboard.press("Control+k")
  await page.keyboard.type("https://kort.example")
  assert.equal(await text(), "Se [kortet](https://kort.example)")
  await write("et\nto", "et\nto")
  await tool("code").click()
  assert.equal((await text()).trim(), "```\net\nto\n```")
})

test("lines become headings, quotes and lists, and a list goes on by itself", async () => {
  await write("Mad\nBrød\nOst", "Brød\nOst")
  await page.keyboard.press("Control+Shift+8")
  assert.equal(await text(), "Mad\n- Brød\n- Ost")
  await tool("numbers").click()
  assert.equal(await text(), "Mad\n1. Brød\n2. Ost")
  await page.keyboard.press("Control+Shift+7")
  assert.equal(await text(), "Mad\nBrød\nOst")
  await write("Hvem kommer", "kommer")
  await tool("heading").click()
  assert.equal(await text(), "## Hvem kommer")
  await tool("heading").click()
  await tool("quote").click()
  assert.equal(await text(), "> Hvem kommer")
  await write("")
  await tool("tasks").click()
  await page.keyboard.type("brød")
  await page.keyboard.press("Enter")
  await page.keyboard.type("ost")
  await page.keyboard.press("Enter")
  await page.keyboard.press("Enter")
  await page.keyboard.type("Slut")
  assert.equal(await text(), "- [ ] brød\n- [ ] ost\nSlut")
  await write("9. ni")
  await page.keyboard.press("Enter")
  assert.equal(await text(), "9. ni\n10. ")
})

test("the tools are one stop of the Tab key, and arrows walk them", async () => {
  await write("ord", "ord")
  await page.keyboard.press("Shift+Tab")
  assert.equal(await page.evaluate(() => document.activeElement.dataset.format), "bold")
  await page.keyboard.press("ArrowRight")
  await page.keyboard.press("Enter")
  assert.equal(await text(), "_ord_")
  await page.keyboard.press("Shift+Tab")
  assert.equal(await page.evaluate(() => document.activeElement.dataset.format), "italic")
  await page.keyboard.press("End")
  assert.equal(await page.evaluate(() => document.activeElement.dataset.format), "emoji")
  assert.equal(await tool("bold").getAttribute("title"), "Fed (Ctrl+B)")
})

test("a table to fill in stands there, its first heading chosen", async () => {
  await write("Før")
  await tool("table").click()
  await page.keyboard.type("Ret")
  assert.match(await text(), /^Før\n\n\| Ret \| Kolonne 2 \|\n\| --- \| --- \|\n/)
})

test("cells that are pasted become a table, an address over words a link, and the rest stays as it is", async () => {
  await write("")
  await paste("Ret\tHvem\n\"Suppe\nmed brød\"\tMaja\na|b\t")
  assert.equal((await text()).trim(), "| Ret | Hvem |\n| --- | --- |\n| Suppe med brød | Maja |\n| a\\|b |  |")
  await page.keyboard.press("Control+z")
  assert.equal((await text()).trim(), "")
  await write("")
  await paste("By\tÅr\nNykøbing\t1539", "<table><tr><td>By</td><td>År</td></tr><tr><td>Nykøbing</td><td>1539</td></tr></table>")
  assert.equal((await text()).trim(), "| By | År |\n| --- | --- |\n| Nykøbing | 1539 |")
  await write("Se kortet her", "kortet")
  await paste("https://kort.example/a_(b)")
  assert.equal(await text(), "Se [kortet](<https://kort.example/a_(b)>) her")
  for (const [plain, html] of [["if (a) {\n\tb()\n}", ""], ["fed tekst", "<b>fed</b> tekst"], ["et\tto", ""], ["https://kort.example", ""]]) {
    await write("")
    await paste(plain, html)
    assert.equal(await text(), plain)
  }
  await write("```\n")
  await paste("a\tb\nc\td")
  assert.equal(await text(), "```\na\tb\nc\td")
})

test("emoji are offered by name, and by the button before a name is typed", async () => {
  await write("")
  await page.keyboard.type("Hurra :tad", { delay: 20 })
  await page.locator(".suggestion", { hasText: ":tada:" }).waitFor()
  await page.keyboard.press("Enter")
  assert.equal(await text(), "Hurra 🎉 ")
  await page.keyboard.press("Control+z")
  assert.equal(await text(), "Hurra :tad")
  await write("Hej")
  await tool("emoji").click()
  await page.locator(".suggestion").first().waitFor()
  await page.keyboard.press("Enter")
  assert.match(await text(), /^Hej \p{Emoji}/u)
  await write("")
  await page.keyboard.type("Vi ses :)", { delay: 20 })
  assert.equal(await page.locator(".suggestion").count(), 0)
})

/** Selects a word of the first post of a topic. */
const choose = () => page.evaluate(() => {
  const words = document.createTreeWalker(document.querySelector(".post .post__body p"), NodeFilter.SHOW_TEXT).nextNode()
  words.parentElement.scrollIntoView({ block: "center" })
  getSelection().setBaseAndExtent(words, 0, words, words.data.trimEnd().length)
  return words.data.trim()
})

test("what is selected in a post is quoted with its author and the way back, by button and by key", async () => {
  await page.goto(`${torv.url}/s/torvet`)
  await page.locator(".topic-row__link").first().click()
  await page.locator(".post").first().waitFor()
  const author = (await page.locator(".post__author").first().textContent()).trim()
  const post = await page.locator(".post").first().getAttribute("data-post")
  // Not by hand, for which the page goes down to the field and away from the post.
  await page.locator("#body").evaluate((field) => { field.value = "Hør her:" })
  const words = await choose()
  await page.locator(".quote-button").click()
  const quote = `> [${author} skrev](/p/${post}):\n> ${words}\n\n`
  assert.equal(await text(), `Hør her:\n\n${quote}`)
  assert.equal(await page.locator(".quote-button").isVisible(), false)
  await page.keyboard.type("Enig.")
  await page.locator("#body").evaluate((field) => { field.value = ""; field.blur() })
  await choose()
  await page.keyboard.press("q")
  assert.equal(await text(), quote)
  await page.keyboard.type("Enig.")
  await page.locator(".composer .button--primary").click()
  await page.locator(".post", { hasText: "Enig." }).locator(`blockquote a[href="/p/${post}"]`).waitFor()
})

test("the key q quotes the post that has the focus, in a chat too", async () => {
  const chat = await chatOf(page, torv.url)
  await page.goto(torv.url + chat)
  await page.locator(".post[data-post]").last().evaluate((post) => { post.tabIndex = -1; post.focus() })
  await page.keyboard.press("q")
  assert.match(await text(), /^> \[.+ skrev\]\(\/p\/\d+\):\n> /)
  await page.fill("#body", "")
})

test("on a phone the tools are large enough, in one row, and the page does not grow wide", async () => {
  const hand = await chrome.newContext({ ...PHONE, viewport: { width: 360, height: 740 }, storageState: await context.storageState() })
  const phone = await hand.newPage()
  await phone.goto(`${torv.url}/s/torvet/new`)
  await phone.locator(".composer__tool").first().waitFor()
  const found = await phone.evaluate(() => {
    const boxes = [...document.querySelectorAll(".composer__tools .composer__tool")].map((each) => each.getBoundingClientRect())
    return { small: boxes.filter(({ width, height }) => width < 44 || height < 44).length, rows: new Set(boxes.map(({ top }) => top)).size,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth }
  })
  assert.deepEqual(found, { small: 0, rows: 1, wide: 0 })
  await phone.locator("#body").fill("ord")
  await phone.locator('[data-format="tasks"]').tap()
  assert.equal(await phone.inputValue("#body"), "- [ ] ord")
  await hand.close()
})

test("nothing complained", () => assert.deepEqual(heard, []))
