// Open pages live: three people in one town, one of them on a line that breaks.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { complaints, people } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"
import { Wire } from "./wire.mjs"

let torv, chrome, wire
const who = {}

async function person(name, email, options, url = torv.url) {
  const page = await torv.personIn(chrome, email, options, url)
  who[name] = { page, url, heard: complaints(page) }
}

before(async () => {
  torv = await Torv.start({ demo: true })
  chrome = await browser()
  wire = new Wire()
  await wire.open(torv.port)
  const emails = people(torv)
  await person("member", emails.member, PHONE)
  await person("moderator", emails.moderator, DESK)
  await person("owner", emails.owner, DESK, wire.url)
})

after(async () => {
  await chrome?.close()
  wire?.close()
  await torv?.stop()
})

/** Opens a page and waits until its line stands: its own, not that of a page which was still coming. */
async function open(name, path) {
  const { page, url } = who[name]
  let stands = false
  const leave = (frame) => { if (frame === page.mainFrame()) stands = false }
  const hear = (socket) => socket.on("framereceived", () => { stands = true })
  page.on("framenavigated", leave)
  page.on("websocket", hear)
  await page.goto(url + path)
  for (let tries = 0; !stands; tries++) {
    assert.ok(tries < 1500, `no line on ${path}`)
    await page.waitForTimeout(20)
  }
  page.off("framenavigated", leave)
  page.off("websocket", hear)
  await page.evaluate(() => { window.sameDocument = true })
  return page
}

/** Sends a form as the page would, and stays. */
function send(name, path, fields) {
  return who[name].page.evaluate(async ([to, sent]) => {
    const body = new URLSearchParams({ csrf: document.querySelector('meta[name="csrf"]').content, ...sent })
    const answer = await fetch(to, { method: "POST", body, redirect: "manual" })
    if (answer.type !== "opaqueredirect" && !answer.ok) throw new Error(`${to}: ${answer.status}`)
  }, [path, fields])
}

const texts = (page) => page.locator(".post__body").allInnerTexts().then((all) => all.map((text) => text.trim()))

async function newTopic(title) {
  const { page } = who.member
  await page.goto(`${who.member.url}/s/torvet/new`)
  await page.fill("#title", title)
  await page.fill("#body", "Who comes along?")
  await page.locator(".composer .button--primary").click()
  await page.waitForURL("**/t/**")
  return new URL(page.url()).pathname
}

const idOf = (path) => path.split("/")[2]

test("posts, changes, reactions and deletions appear on the pages of others", async () => {
  const path = await newTopic("A walk to the harbour")
  const moderator = await open("moderator", path)
  const owner = await open("owner", path)
  await open("member", path)
  await who.member.page.fill("#reply textarea", "I bring **coffee**.")
  await moderator.locator(".writing", { hasText: /./ }).waitFor()
  await who.member.page.locator("#reply .button--primary").click()
  for (const page of [moderator, owner]) await page.locator(".post--new .post__body strong", { hasText: "coffee" }).waitFor()
  assert.equal(await moderator.locator(".writing").innerText(), "")
  const post = await moderator.locator(".post--new").getAttribute("data-post")

  await moderator.locator(`#p-${post} .reaction--add`).click()
  await moderator.locator(`#p-${post} .reactions__choice`).first().click()
  const count = owner.locator(`#p-${post} .reaction__count`)
  await count.waitFor()
  assert.equal(await count.innerText(), "1")
  assert.equal(await owner.locator(`#p-${post} .reaction[value]`).getAttribute("aria-pressed"), "false")
  await owner.locator(`#p-${post} .reaction[value]`).click()
  await moderator.locator(`#p-${post} .reaction__count`, { hasText: "2" }).waitFor()
  assert.equal(await moderator.locator(`#p-${post} .reaction[value]`).getAttribute("aria-pressed"), "true")

  await send("member", `/p/${post}`, { _method: "PATCH", edits: "0", body: "I bring tea." })
  await owner.locator(`#p-${post} .post__body`, { hasText: "tea" }).waitFor()
  assert.equal(await owner.locator(`#p-${post} .reaction[value]`).getAttribute("aria-pressed"), "true")
  await send("member", `/p/${post}`, { _method: "DELETE" })
  await owner.locator(`#p-${post}.post--deleted`).waitFor()
  assert.equal(await owner.evaluate(() => window.sameDocument), true)
  // The member may bring it back, so may those who moderate; nobody else is shown how.
  assert.equal(await moderator.locator(`#p-${post} form[action$="/restore"]`).count(), 1)
})

test("who was away for a while misses nothing and sees nothing twice", async () => {
  const path = await newTopic("The long table")
  const owner = await open("owner", path)
  await open("moderator", path)
  const say = (name, text) => send(name, `/t/${idOf(path)}/posts`, { body: text })
  await say("moderator", "before")
  await owner.locator(".post__body", { hasText: "before" }).waitFor()
  wire.cut()
  for (let i = 0; i < 6; i++) await say(i % 2 ? "member" : "moderator", `while away ${i}`)
  await new Promise((done) => setTimeout(done, 1500))
  assert.equal(await owner.locator(".post__body", { hasText: "while away" }).count(), 0)
  wire.whole = true
  await owner.locator(".post__body", { hasText: "while away 5" }).waitFor({ timeout: 40000 })
  await say("moderator", "after")
  await owner.locator(".post__body", { hasText: "after" }).waitFor()
  const away = Array.from({ length: 6 }, (_, i) => `while away ${i}`)
  assert.deepEqual(await texts(owner), ["Who comes along?", "before", ...away, "after"])
  assert.deepEqual(await texts(who.moderator.page), ["Who comes along?", "before", ...away, "after"])
  assert.equal(await owner.evaluate(() => window.sameDocument), true)
})

test("who reads further up is not moved, and goes down when they want to", async () => {
  const path = await newTopic("What we read")
  for (let i = 0; i < 8; i++) await send("moderator", `/t/${idOf(path)}/posts`, { body: `A book.\n\n${"And why. ".repeat(60)}` })
  const owner = await open("owner", path)
  await owner.evaluate(() => scrollTo(0, 0))
  await send("member", `/t/${idOf(path)}/posts`, { body: "One more" })
  const chip = owner.locator(".chip")
  await chip.waitFor()
  assert.equal(await owner.evaluate(() => scrollY), 0)
  await chip.click()
  await owner.locator(".post__body", { hasText: "One more" }).waitFor()
  await owner.waitForFunction(() => scrollY > 0)
  await chip.waitFor({ state: "detached" })
})

test("lists and the navigation tell of what is new, and faces of who is here", async () => {
  const path = await newTopic("Lost gloves")
  const moderator = await open("moderator", "/s/torvet")
  const row = moderator.locator(`.topic-row[data-topic="${idOf(path)}"]`)
  await row.waitFor()
  const owner = await open("owner", "/members")
  await send("member", `/t/${idOf(path)}/posts`, { body: "Found them" })
  await row.locator(".topic-row__replies", { hasText: "1" }).waitFor()
  await moderator.locator(`.topic-row--unread[data-topic="${idOf(path)}"]`).waitFor()
  await owner.locator('.sidebar .nav__item--unread[href="/s/torvet"] .dot').waitFor()
  await open("moderator", path)
  await moderator.locator(".post__face.is-here").first().waitFor()
})

test("the bell counts by itself on every page, and what is read in one tab is read in the other", async () => {
  const path = await newTopic("Bread and salt")
  await send("member", "/notices/read", {})
  const inbox = await open("member", "/notices")
  const tab = await who.member.page.context().newPage()
  await tab.goto(`${who.member.url}/members`)
  assert.equal(await tab.locator("[data-bell] .count").count(), 0)
  await send("moderator", `/t/${idOf(path)}/posts`, { body: "I bring both." })
  await tab.locator(".bottombar__item--notices .count", { hasText: "1" }).waitFor()
  const row = inbox.locator(".inbox-row--unread", { hasText: "Bread and salt" })
  await row.waitFor()
  await inbox.locator('.bottombar__item--notices .count', { hasText: "1" }).waitFor()
  await inbox.locator('form[action="/notices/read"] button').click()
  await tab.locator("[data-bell] .count").first().waitFor({ state: "detached" })
  await open("member", "/notices")
  await send("moderator", `/t/${idOf(path)}/posts`, { body: "And butter." })
  await row.waitFor()
  // Who reads the topic in the other tab has read its notice.
  await tab.goto(who.member.url + path)
  await tab.locator(".post__body", { hasText: "And butter" }).scrollIntoViewIfNeeded()
  await row.waitFor({ state: "detached", timeout: 15000 })
  assert.equal(await inbox.evaluate(() => window.sameDocument), true)
  await tab.close()
})

test("the home of others takes in who writes, and marks it new", async () => {
  const owner = await open("owner", "/")
  const path = await newTopic("A lamp for the stairs")
  const row = owner.locator(`[data-list="fresh"] .topic-row[data-topic="${idOf(path)}"]`)
  await row.waitFor()
  await owner.locator('[data-list="fresh"] > .topic-row--unread:first-child', { hasText: "A lamp for the stairs" }).waitFor()
  await send("moderator", `/t/${idOf(path)}/posts`, { body: "I have one." })
  await row.locator(".topic-row__replies", { hasText: "1" }).waitFor()
  assert.equal(await row.locator(".dot, .count").count(), 1)
  assert.equal(await owner.evaluate(() => window.sameDocument), true)
})

test("who begins to hide is gone from open pages, and is not seen writing", async () => {
  const owner = await open("owner", "/members")
  await open("member", "/members")
  const handle = await who.member.page.evaluate(() => document.querySelector("live-line").getAttribute("me"))
  const face = owner.locator(`.presence[data-member="${handle}"]`)
  await owner.locator(`.presence.is-here[data-member="${handle}"]`).waitFor()
  const settings = { language: "", zone: "", scheme: "" }
  await send("member", "/me", settings)
  await owner.locator(`.presence.is-here[data-member="${handle}"]`).waitFor({ state: "detached" })
  assert.equal(await face.count(), 1)
  const path = await newTopic("Who is there?")
  const moderator = await open("moderator", path)
  await open("member", path)
  await who.member.page.fill("#reply textarea", "Nobody sees me.")
  await new Promise((done) => setTimeout(done, 1500))
  assert.equal(await moderator.locator(".writing").innerText(), "")
  await send("member", "/me", { ...settings, presence: "1" })
})

test("whose session ends is signed out on every page at once", async () => {
  const member = await open("member", "/members")
  const other = await who.member.page.context().newPage()
  await other.goto(`${who.member.url}/me`)
  const left = member.waitForURL("**/sign-in**")
  await other.evaluate(() => document.querySelector('form[action="/sign-out"]').requestSubmit())
  await left
  assert.deepEqual(Object.values(who).flatMap(({ heard }) => heard.filter((line) => !/WebSocket|ERR_|Failed to load/.test(line))), [])
})
