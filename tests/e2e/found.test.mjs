// Found by the world: feeds as a feed reader reads them, what search engines read, and a topic in a frame of another site.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { createServer } from "node:http"
import Parser from "rss-parser"
import { complaints, faultsOf, people } from "./pages.mjs"
import { browser, DESK, PHONE, signIn, Torv } from "./torv.mjs"

const PATIENCE = { timeout: 30_000 }
let torv, chrome

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

const addresses = (xml) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address)

/** The address of the newest topic of the square. */
async function newest() {
  const { items } = await (await fetch(`${torv.url}/s/torvet/feed.json`)).json()
  return items[0].url
}

/** All that schema.org data says on a page. */
async function dataOf(page) {
  const texts = await page.locator('script[type="application/ld+json"]').allTextContents()
  return texts.flatMap((text) => { const data = JSON.parse(text); return data["@graph"] ?? [data] })
}

test("a feed reader finds the feeds of a page and reads them all, to the last page", async () => {
  const page = await (await chrome.newContext()).newPage()
  const paths = ["/", "/s/torvet", "/tags/haven"]
  await page.goto(torv.url + new URL(await newest()).pathname)
  paths.push(await page.locator(".post__author").first().getAttribute("href"))
  for (const path of paths) {
    await page.goto(torv.url + path)
    const found = await page.locator('link[rel=alternate][type="application/atom+xml"]').getAttribute("href")
    assert.equal(await page.locator(`a[href="${found}"]`).count(), 1, `${path} shows its feed`)
    let address = new URL(found, torv.url).href
    let dates = []
    for (let pages = 0; address && pages < 20; pages++) {
      const xml = await (await fetch(address)).text()
      const feed = await new Parser().parseString(xml)
      assert.equal(feed.feedUrl, address)
      assert.ok(feed.title && feed.items.length > 0, `${address} has entries`)
      for (const item of feed.items) {
        assert.ok(item.id && item.title && item.link && item.content && item.author, `${address} ${item.id}`)
        assert.ok(!/(href|src)="\//.test(item.content), `whole addresses in ${item.id}`)
        dates.push(new Date(item.isoDate).getTime())
      }
      address = xml.match(/<link rel="next"[^>]*href="([^"]+)"/)?.[1]
    }
    assert.ok(dates.every((date) => date > 0), `${path} dates`)
    const json = await (await fetch(new URL(found.replace(".atom", ".json"), torv.url))).json()
    assert.equal(json.version, "https://jsonfeed.org/version/1.1")
    assert.ok(json.items.every((item) => item.id && item.url && item.content_html && !Number.isNaN(Date.parse(item.date_published))))
  }
})

test("an entry keeps its id when it is edited, and a reader that has the feed is told so", async () => {
  const feed = `${torv.url}/s/torvet/feed.atom`
  const page = await (await chrome.newContext({ locale: "en-GB" })).newPage()
  await signIn(page, await torv.link(people(torv).member))
  await page.goto(`${torv.url}/s/torvet/new`)
  await page.fill("#title", "Whose is the blue scarf?")
  await page.fill("#body", "It hangs on the pump.")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/t/**", PATIENCE)
  const mine = async () => (await new Parser().parseURL(feed)).items.find((item) => item.title === "Whose is the blue scarf?")
  const first = await mine()
  const tag = (await fetch(feed)).headers.get("etag")
  assert.equal((await fetch(feed, { headers: { "if-none-match": tag } })).status, 304)
  await page.goto(`${first.id}/edit`)
  await page.fill("#body", "It hangs on the pump, still.")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/t/**", PATIENCE)
  assert.equal((await fetch(feed, { headers: { "if-none-match": tag } })).status, 200)
  const second = await mine()
  assert.equal(second.id, first.id)
  assert.match(second.content, /still/)
})

test("the sitemap leads to pages that are there, each under its own address", async () => {
  const robots = await (await fetch(`${torv.url}/robots.txt`)).text()
  const index = await (await fetch(robots.match(/^Sitemap: (\S+)$/m)[1])).text()
  const pages = []
  for (const part of addresses(index)) {
    const xml = await (await fetch(part)).text()
    const listed = addresses(xml)
    assert.ok(listed.length <= 50_000 && xml.length < 50 * 1024 * 1024)
    for (const [, moment] of xml.matchAll(/<lastmod>([^<]+)</g)) assert.ok(Date.parse(moment) <= Date.now())
    pages.push(...listed)
  }
  assert.ok(pages.length > 10)
  assert.equal(new Set(pages).size, pages.length)
  for (const address of pages) {
    const answer = await fetch(address, { redirect: "manual" })
    assert.equal(answer.status, 200, address)
    const html = await answer.text()
    assert.equal(html.match(/<link rel="canonical" href="([^"]+)"/)?.[1], address)
    assert.ok(!html.includes('content="noindex"'), address)
  }
})

test("pages say what they are, and the content policy lets them", async () => {
  const page = await (await chrome.newContext()).newPage()
  const heard = complaints(page)
  await page.goto(torv.url)
  const [site] = await dataOf(page)
  assert.equal(site["@type"], "WebSite")
  await page.goto(site.potentialAction.target.urlTemplate.replace("{search_term_string}", "piano"))
  assert.match(await page.locator("main").textContent(), /piano/i)
  await page.goto(await newest())
  const [posting, crumbs] = await dataOf(page)
  assert.equal(posting["@type"], "DiscussionForumPosting")
  for (const said of [posting, ...posting.comment ?? []]) {
    assert.ok(said.author.name && said.text && !Number.isNaN(Date.parse(said.datePublished)))
    assert.equal((await fetch(said.url)).status, 200)
  }
  assert.deepEqual(crumbs.itemListElement.map((each) => each.position), [1, 2, 3])
  assert.deepEqual(heard, [])
})

test("another site finds out how to show a topic and shows it, and nothing else of ours", async () => {
  const topic = await newest()
  const page = await (await chrome.newContext({ ...PHONE, locale: "da-DK" })).newPage()
  await page.goto(topic)
  const provider = await page.locator('link[type="application/json+oembed"]').getAttribute("href")
  const told = await (await fetch(provider)).json()
  const other = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8")
    response.end(`<!doctype html><title>Elsewhere</title>${told.html}<iframe src="${topic}"></iframe>`)
  })
  await new Promise((done) => other.listen(0, "127.0.0.1", done))
  try {
    await page.goto(`http://127.0.0.1:${other.address().port}/`)
    const frame = page.frameLocator("iframe").first()
    await frame.locator(".embed__title").waitFor(PATIENCE)
    assert.equal(await frame.locator(".embed__title").textContent(), told.title)
    assert.equal(await page.frameLocator("iframe").last().locator(".topic-head").count(), 0)
    const opened = page.context().waitForEvent("page", PATIENCE)
    await frame.locator(".embed__foot .button").click()
    const beside = await opened
    await beside.waitForURL(topic, PATIENCE)
  } finally {
    other.closeAllConnections()
    other.close()
  }
})

test("the page in the frame fits and is accessible, light and dark, narrow and wide", async () => {
  const [, id] = new URL(await newest()).pathname.match(/^\/t\/(\d+)/)
  for (const [options, scheme] of [[PHONE, "light"], [DESK, "dark"], [{ viewport: { width: 320, height: 420 } }, "dark"]]) {
    const page = await (await chrome.newContext({ ...options, colorScheme: scheme })).newPage()
    const heard = complaints(page)
    await page.goto(`${torv.url}/embed/${id}`)
    assert.deepEqual([...await faultsOf(page), ...heard], [])
    await page.context().close()
  }
})
