// What we make of hostile writing is judged by DOMPurify: it must find nothing to clean. Then a browser opens it: nothing may run.
//   TORV_TEST_POSTS=100000 bin/test --program purify     more of it, by hand
import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { browser, signIn, Torv } from "../e2e/torv.mjs"
import { Api, ROOMY } from "./api.mjs"
import { judgeIn, PAYLOADS, sources } from "./purify.mjs"

const COUNT = Number(process.env.TORV_TEST_POSTS ?? 1500)
const AT_ONCE = 50

let torv, api, chrome, space
before(async () => {
  torv = await Torv.start({ flags: ROOMY })
  api = await Api.of(torv)
  space = await api.space()
  chrome = await browser()
})
after(async () => {
  await chrome?.close()
  await torv?.stop()
})

/** Markup of each source, written as answers to one topic; null for what was refused in words. */
async function written(topic, batch) {
  const answers = await Promise.all(batch.map((body) => api.send("POST", `/api/v1/topics/${topic}/posts`, { body })))
  return answers.map(({ status, json, text }, n) => {
    assert.ok(status === 201 || status === 422, `${status} ${text.slice(0, 200)} for ${JSON.stringify(batch[n])}`)
    return status === 201 ? json.html : null
  })
}

describe("DOMPurify", () => {
  it(`finds nothing to clean in ${COUNT} posts`, async () => {
    const judge = await judgeIn(await chrome.newPage())
    const { json: { id } } = await api.topic(space, "Judged", "x")
    const all = sources(COUNT)
    let judged = 0
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const batch = all.slice(from, from + AT_ONCE)
      const html = await written(id, batch)
      const verdicts = await judge(html.map((text) => text ?? ""))
      verdicts.forEach((clean, n) => assert.equal(clean, "", `${JSON.stringify(batch[n])}\n${html[n]}`))
      judged += html.filter(Boolean).length
    }
    assert.ok(judged > COUNT * 0.9, `${judged} of ${COUNT}`)
  })

  it("would have found it in markup that is not clean", async () => {
    const judge = await judgeIn(await chrome.newPage())
    const dirty = PAYLOADS.filter((text) => /^<(script|img|svg|iframe|a |object|form).*>$/i.test(text))
    const missed = (await judge(dirty)).flatMap((clean, n) => (clean ? [] : [dirty[n]]))
    assert.deepEqual(missed, [])
  })
})

describe("a browser that shows it", () => {
  /** What would have run: dialogs, and what the policy stopped. */
  async function opened(path, smuggled) {
    // A service worker would ask the server itself, past what the test puts into the page.
    const context = await chrome.newContext({ serviceWorkers: "block" })
    const page = await context.newPage()
    await signIn(page, await torv.link(api.email))
    const ran = []
    page.on("dialog", (dialog) => { ran.push(`dialog: ${dialog.message()}`); dialog.dismiss() })
    page.on("request", (request) => { if (/evil\.example/.test(request.url())) ran.push(`asked ${request.url()}`) })
    await page.exposeFunction("torvStopped", (what) => ran.push(`stopped: ${what}`))
    await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => torvStopped(`${event.violatedDirective} ${event.blockedURI}`)))
    if (smuggled) await page.route(torv.url + path, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replace("</main>", `${smuggled}</main>`) })
    })
    const answer = await page.goto(torv.url + path)
    assert.equal(answer.status(), 200)
    assert.match(answer.headers()["content-security-policy"], /script-src 'self'/)
    for (const link of await page.locator(".prose a").all()) await link.dispatchEvent("mouseover")
    await page.waitForTimeout(300)
    const next = await page.locator('main a[rel="next"]').first().getAttribute("href", { timeout: 100 }).catch(() => null)
    await context.close()
    return { ran, next }
  }

  it("runs nothing, fetches nothing from elsewhere, and its policy had nothing to stop", async () => {
    const { json: { id } } = await api.topic(space, "Shown <script>alert(1)</script>", "\"><img src=x onerror=alert(1)>")
    for (let from = 0; from < PAYLOADS.length; from += AT_ONCE) await written(id, PAYLOADS.slice(from, from + AT_ONCE))
    let seen = 0
    for (let path = `/t/${id}`; path && seen < 20; seen++) {
      const { ran, next } = await opened(path)
      assert.deepEqual(ran, [])
      path = next
    }
    assert.ok(seen > 1, "more than a page of it")
    assert.deepEqual((await opened("/search?q=alert")).ran, [])
  })

  it("would have been heard, had a handler stood in the page", async () => {
    const { json: { id } } = await api.topic(space, "Meddled with", "x")
    const { ran } = await opened(`/t/${id}`, "<img src=x onerror=alert(1)><img src=http://evil.example/x.png>")
    assert.ok(ran.some((what) => what.startsWith("stopped: script-src-attr")), JSON.stringify(ran))
    assert.ok(ran.some((what) => what.startsWith("stopped: img-src")), JSON.stringify(ran))
  })
})
