import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, faultsOf, walkAs } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"

// 320 px is also what a desk of 1280 px becomes at 400 % zoom (WCAG 1.4.10).
const NARROW = { ...PHONE, viewport: { width: 320, height: 640 } }

let torv, chrome

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

const WALKS = [
  ["on a narrow phone, light", { ...NARROW, colorScheme: "light" }],
  ["on a desk, dark, in Danish", { ...DESK, colorScheme: "dark", locale: "da-DK" }],
]

for (const [how, options] of WALKS) {
  for (const role of ["guest", "member"]) {
    test(`every page of a ${role} fits and is accessible ${how}`, async () => {
      const { context, page, pages } = await walkAs(role, chrome, torv, options)
      const heard = complaints(page)
      const wrong = []
      for (const [name, path] of Object.entries(pages)) {
        const answer = await page.goto(torv.url + path)
        // The door of a private space, where one may ask to come in, says 403.
        const expected = name === "not-found" ? 404 : path.startsWith("/s/") && answer.status() === 403 ? 403 : 200
        if (answer.status() !== expected) wrong.push(`${path} answers ${answer.status()}`)
        for (const fault of await faultsOf(page)) wrong.push(`${path} ${fault}`)
      }
      await context.close()
      assert.deepEqual([...wrong, ...heard], [])
    })
  }
}

test("a guest reads, searches and finds the door without script", async () => {
  const context = await chrome.newContext({ ...PHONE, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(torv.url)
  await page.locator(".topic-row__link").first().click()
  assert.ok(await page.locator(".post .prose").first().isVisible())
  await page.goto(`${torv.url}/search?q=a`)
  assert.ok(await page.locator("main form[role=search] input").isVisible())
  await page.goto(torv.url)
  await page.locator('main a[href="/sign-up"]').first().click()
  assert.ok(await page.locator("main form button").first().isVisible())
  await context.close()
})
