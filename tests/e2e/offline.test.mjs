// Without a line: what was read opens, what is written waits and goes once, and nobody finds what somebody else read.
import { after, before, beforeEach, test } from "node:test"
import assert from "node:assert/strict"
import { createServer } from "node:http"
import { people } from "./pages.mjs"
import { browser, PHONE, signIn, Torv } from "./torv.mjs"

let torv, chrome, context, page, topic

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
})

after(async () => {
  await chrome?.close()
  await torv?.stop()
})

beforeEach(async () => {
  await context?.close()
  context = await chrome.newContext(PHONE)
  page = await context.newPage()
  await signIn(page, await torv.link(people(torv).member))
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const made = await page.evaluate(async () => {
    const headers = { "X-CSRF": document.querySelector('meta[name="csrf"]').content, "Content-Type": "application/json" }
    const { items } = await (await fetch("/api/v1/spaces")).json()
    const space = items.find((one) => one.kind === "discussion" && one.visibility === "members").id
    return (await fetch(`/api/v1/spaces/${space}/topics`, { method: "POST", headers, body: JSON.stringify({ title: "On the train", body: "No line here." }) })).json()
  })
  topic = `${torv.url}/t/${made.id}`
  await read(topic)
})

/** Reads a page with a line, until the worker has kept it. */
async function read(url) {
  await page.goto(url)
  const address = page.url()
  await page.waitForFunction(async (wanted) => await caches.match(wanted) !== undefined, address)
  await page.waitForFunction(async () => await caches.match("/offline") !== undefined)
}

async function cut() {
  const ended = new Promise((done) => torv.child.once("exit", done))
  torv.child.kill("SIGKILL")
  await ended
}

const mend = () => torv.again()
const posts = (tab) => tab.evaluate(async (id) => (await (await fetch(`/api/v1/topics/${id}/posts`)).json()).items.map((one) => one.body), topic.split("/").pop())

async function write(text) {
  await page.locator(".composer textarea").fill(text)
  await page.locator(".composer .button--primary").click()
  await page.locator("unsent-posts .unsent").first().waitFor({ timeout: 20_000 })
}

test("what was read lately opens without a line, and anything else says so", async () => {
  await cut()
  try {
    await page.goto(topic)
    await page.getByText("No line here.").first().waitFor()
    await page.goto(`${torv.url}/t/1234567`)
    await page.locator("kept-pages a", { hasText: "On the train" }).click()
    await page.getByText("No line here.").first().waitFor()
  } finally {
    await mend()
  }
})

test("a post written without a line goes once, with two tabs, a reload and a dead server in between", async () => {
  await cut()
  try {
    await write("Written in the tunnel.")
    assert.equal(await page.locator(".composer textarea").inputValue(), "")
    await page.reload()
    await page.locator("unsent-posts .unsent", { hasText: "Written in the tunnel." }).waitFor()
    assert.equal(await page.locator(".composer textarea").inputValue(), "")
  } finally {
    await mend()
  }
  const other = await context.newPage()
  await Promise.all([other.goto(topic), page.reload(), page.waitForTimeout(50)])
  for (const tab of [page, other]) await tab.evaluate(() => dispatchEvent(new Event("online")))
  await page.waitForFunction(() => !document.querySelector("unsent-posts .unsent"))
  await page.goto(topic)
  const written = (await posts(page)).filter((body) => body === "Written in the tunnel.")
  assert.equal(written.length, 1)
  // As if the answer had been lost: the same key again makes nothing new.
  assert.equal(await page.locator(".post", { hasText: "Written in the tunnel." }).count(), 1)
})

test("two posts from one kept page are two, and both go", async () => {
  await page.goto(topic) // whose key for a post stays the same in what is kept
  await cut()
  try {
    await write("First from the cellar.")
    await page.reload()
    await page.locator("unsent-posts .unsent", { hasText: "First" }).waitFor()
    await write("Second from the cellar.")
    await page.locator("unsent-posts .unsent", { hasText: "Second" }).waitFor()
    assert.equal(await page.locator("unsent-posts .unsent").count(), 2)
  } finally {
    await mend()
  }
  await page.evaluate(() => dispatchEvent(new Event("online")))
  await page.waitForFunction(() => !document.querySelector("unsent-posts .unsent"))
  assert.deepEqual((await posts(page)).slice(-2), ["First from the cellar.", "Second from the cellar."])
})

test("a proxy that says the server is away takes nothing from what is kept", async () => {
  await cut()
  const proxy = createServer((_, response) => response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad Gateway</h1>"))
  await new Promise((done) => proxy.listen(torv.port, "127.0.0.1", done))
  try {
    for (let visit = 0; visit < 2; visit++) {
      await page.goto(topic)
      await page.getByText("No line here.").first().waitFor()
    }
  } finally {
    await new Promise((done) => { proxy.close(done); proxy.closeAllConnections() })
    await mend()
  }
})

test("a page that one may not read any more is not kept either", async () => {
  await page.goto(`${torv.url}/spaces`) // an open one would leave by itself
  const others = await chrome.newContext()
  const owner = await others.newPage()
  await signIn(owner, await torv.link(people(torv).owner))
  assert.equal(await owner.evaluate(async (id) => {
    const headers = { "X-CSRF": document.querySelector('meta[name="csrf"]').content }
    return (await fetch(`/api/v1/topics/${id}`, { method: "DELETE", headers })).status
  }, topic.split("/").pop()), 204)
  await others.close()
  assert.equal((await page.goto(topic)).status(), 404)
  await page.waitForFunction(async (id) => {
    const pages = (await caches.keys()).filter((name) => name.startsWith("pages:"))
    const kept = await Promise.all(pages.map(async (name) => (await caches.open(name)).keys()))
    return !kept.flat().some(({ url }) => new URL(url).pathname.startsWith(`/t/${id}`))
  }, topic.split("/").pop())
})

test("a post that the server refuses comes back with its text, and goes when its writer throws it away", async () => {
  await cut()
  try {
    await write(`For later. ${"x".repeat(70_000)}`)
  } finally {
    await mend()
  }
  await page.evaluate(() => dispatchEvent(new Event("online")))
  const back = page.locator("unsent-posts .notice--danger", { hasText: "For later." })
  await back.waitFor()
  await page.reload()
  await back.locator("button").last().click()
  await page.waitForFunction(() => !document.querySelector("unsent-posts .unsent"))
  assert.equal((await posts(page)).length, 1)
})

test("a post of somebody whose session ended waits for them, and goes once when they are back", async () => {
  await cut()
  try {
    await write("After the door.")
  } finally {
    await mend()
  }
  const cookies = await context.cookies()
  await context.clearCookies()
  await page.goto(`${torv.url}/sign-in`)
  assert.equal(await page.locator("unsent-posts .unsent").count(), 0)
  await context.addCookies(cookies)
  await page.goto(topic)
  // It was refused meanwhile if the page was quicker than its leaving.
  await page.waitForFunction(() => !document.querySelector("unsent-posts .unsent") || document.querySelector("unsent-posts button"))
  const again = page.locator("unsent-posts button").first()
  if (await again.count()) await again.click()
  await page.waitForFunction(() => !document.querySelector("unsent-posts .unsent"))
  assert.equal((await posts(page)).filter((body) => body === "After the door.").length, 1)
})

test("signing out leaves nothing that opens, and the next one finds no word of the last", async () => {
  await page.locator(".composer textarea").fill("Not for everybody.")
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("draft:")))
  await page.evaluate(() => {
    const form = document.querySelector('form[action="/sign-out"]')
    form.closest("details").open = true
    form.requestSubmit()
  })
  await page.waitForFunction(() => !document.querySelector("live-line[me]"))
  await page.goto(`${torv.url}/sign-in`)
  await page.waitForFunction(async () => await caches.match("/offline") !== undefined)
  assert.equal(await page.evaluate(async (url) => await caches.match(url) === undefined, topic), true)
  await cut()
  try {
    await page.goto(topic)
    assert.equal(await page.getByText("No line here.").count(), 0)
    assert.equal(await page.locator("kept-pages a", { hasText: "On the train" }).count(), 0)
  } finally {
    await mend()
  }
  await signIn(page, await torv.link(people(torv).owner))
  await page.goto(topic)
  assert.equal(await page.locator(".composer textarea").inputValue(), "")
})

test("the community can be put on a home screen", async () => {
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel="manifest"]').href)).json())
  assert.equal(manifest.display, "standalone")
  assert.equal(manifest.start_url, "/")
  assert.ok(manifest.icons.some((icon) => icon.purpose === "maskable"))
  for (const icon of manifest.icons) assert.equal((await page.request.get(torv.url + icon.src)).status(), 200)
  const line = await context.newCDPSession(page)
  const { installabilityErrors } = await line.send("Page.getInstallabilityErrors")
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), [])
})

test("what another app shares becomes a draft", async () => {
  await page.goto(`${torv.url}/share?title=Bread&text=Rye&url=https%3A%2F%2Fbread.example`)
  assert.equal(await page.locator("#body").inputValue(), "Rye\n\nhttps://bread.example")
  await page.locator("main form.form button[type=submit]").click()
  await page.waitForURL((url) => url.pathname.endsWith("/new"))
  assert.match(await page.locator("#body").inputValue(), /Rye\n\nhttps:\/\/bread\.example/)
})
