// A chat as people use it: a phone and a desk in one room, one of them on a line that breaks.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { chatOf, complaints, faultsOf, people } from "./pages.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"
import { Wire } from "./wire.mjs"

let torv, chrome, wire, room
const who = {}

async function person(name, email, options, url = torv.url) {
  const page = await torv.personIn(chrome, email, options, url)
  who[name] = { page, url, heard: complaints(page) }
}

before(async () => {
  torv = await Torv.start({ demo: true, flags: ["--posts-per-minute", "100000"] })
  chrome = await browser()
  wire = new Wire()
  await wire.open(torv.port)
  const emails = people(torv)
  await person("phone", emails.member, PHONE, wire.url)
  await person("desk", emails.moderator, DESK)
  await person("second", emails.owner, { ...DESK, locale: "da-DK" })
  room = await chatOf(who.desk.page, torv.url)
})

after(async () => {
  await chrome?.close()
  wire?.close()
  await torv?.stop()
})

async function open(name, path = room) {
  const { page, url } = who[name]
  const stands = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("framereceived"))
  await page.goto(url + path)
  await stands
  await page.evaluate(() => { window.sameDocument = true })
  return page
}

const field = (page) => page.locator(".chat > .reply textarea")
const same = (page) => page.evaluate(() => window.sameDocument === true)

async function say(page, text) {
  await field(page).fill(text)
  await field(page).press("Enter")
}

const message = (page, text) => page.locator(".chat__stream .post[data-post]", { hasText: text })

/** Says many things at once, as a program would. */
async function fill(count, from = 0) {
  await who.desk.page.evaluate(async ([path, first, last]) => {
    for (let i = first; i < last; i++) {
      const body = new URLSearchParams({ csrf: document.querySelector('meta[name="csrf"]').content, body: `line ${i} of many` })
      let answer
      do {
        answer = await fetch(`${path}/posts`, { method: "POST", body, redirect: "manual" })
        if (answer.status === 429) await new Promise((done) => setTimeout(done, 1000))
      } while (answer.status === 429)
      if (answer.type !== "opaqueredirect") throw new Error(String(answer.status))
    }
  }, [room, from, from + count])
}

test("a message is sent without leaving the page, stands there once, and the next can be written at once", async () => {
  const desk = await open("desk")
  const phone = await open("phone")
  await field(desk).focus()
  await say(desk, "Fresh **rolls** at nine")
  assert.equal(await field(desk).inputValue(), "")
  await message(phone, "Fresh rolls at nine").waitFor()
  await message(desk, "Fresh rolls at nine").waitFor()
  assert.equal(await message(desk, "Fresh rolls at nine").locator("strong").innerText(), "rolls")
  assert.ok(await field(desk).evaluate((each) => each === document.activeElement))
  await desk.keyboard.type("Who brings butter?")
  await desk.keyboard.press("Enter")
  await desk.keyboard.type("And jam")
  await desk.keyboard.press("Enter")
  await message(phone, "And jam").waitFor()
  for (const page of [desk, phone])
    for (const text of ["Fresh rolls at nine", "Who brings butter?", "And jam"]) assert.equal(await message(page, text).count(), 1, text)
  assert.equal(await desk.locator(".post--pending").count(), 0)
  assert.ok(await same(desk))
})

test("without a line messages wait, over a reload too, and arrive once and in order", async () => {
  const phone = await open("phone")
  const desk = await open("desk")
  wire.cut()
  for (const text of ["first while away", "second while away"]) {
    await field(phone).fill(text)
    await phone.locator(".chat > .reply button[type=submit]").click()
  }
  await phone.locator(".post--pending .post__state", { hasText: /./ }).first().waitFor()
  assert.equal(await phone.locator(".post--pending").count(), 2)
  await say(desk, "meanwhile at the desk")
  wire.whole = true
  await phone.reload()
  await message(desk, "second while away").waitFor({ timeout: 40000 })
  await message(phone, "second while away").waitFor()
  await message(phone, "meanwhile at the desk").waitFor()
  assert.equal(await phone.locator(".post--pending").count(), 0)
  for (const page of [phone, desk])
    for (const text of ["first while away", "second while away"]) assert.equal(await message(page, text).count(), 1, text)
  const order = await desk.locator(".chat__stream .post__body").allInnerTexts()
  assert.ok(order.indexOf("first while away") < order.indexOf("second while away"))
})

test("three people talk, and who is off the net for a while has said and heard everything once, in the order of the others", async () => {
  const [phone, desk, second] = [await open("phone"), await open("desk"), await open("second")]
  const all = [phone, desk, second]
  const told = (page) => page.locator(".chat__stream .post[data-post]").evaluateAll((posts) => posts
    .map((post) => post.querySelector(".post__body").textContent.trim()).filter((text) => text.startsWith("round ")))
  const heard = (page, text) => message(page, text).waitFor({ timeout: 40000 })
  // On a phone Enter makes a line.
  const tap = async (text) => {
    await field(phone).fill(text)
    await phone.locator(".chat > .reply button[type=submit]").click()
  }
  await tap("round 1, phone")
  await heard(second, "round 1, phone")
  await say(second, "round 1, second")
  await heard(desk, "round 1, second")
  await say(desk, "round 1, desk")
  await Promise.all(all.map((page) => heard(page, "round 1, desk")))

  wire.cut()
  for (const text of ["round 2, phone", "round 3, phone"]) await tap(text)
  for (const round of [2, 3]) {
    await say(desk, `round ${round}, desk`)
    await heard(second, `round ${round}, desk`)
    await say(second, `round ${round}, second`)
    await heard(desk, `round ${round}, second`)
  }
  assert.equal(await message(phone, "round 2, desk").count(), 0)
  assert.equal(await message(desk, "round 2, phone").count(), 0)
  wire.whole = true

  await Promise.all([heard(phone, "round 3, second"), heard(desk, "round 3, phone"), heard(second, "round 3, phone")])
  await say(second, "round 4, second")
  await Promise.all(all.map((page) => heard(page, "round 4, second")))
  const away = ["round 2, phone", "round 3, phone"]
  const near = [2, 3].flatMap((round) => [`round ${round}, desk`, `round ${round}, second`])
  const wanted = ["round 1, phone", "round 1, second", "round 1, desk", ...near, ...away, "round 4, second"]
  for (const page of all) assert.deepEqual(await told(page), wanted)
  for (const page of all) assert.equal(await page.locator(".post--pending").count(), 0)
  for (const page of all) assert.equal(await same(page), true)
})

test("an answer that is lost on the way is asked for again and nothing is said twice", async () => {
  const phone = await open("phone")
  const desk = await open("desk")
  let cut = 0
  await phone.route(`**${room}/posts`, async (route) => {
    if (cut++ > 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await field(phone).fill("counted once")
  await phone.locator(".chat > .reply button[type=submit]").click()
  await message(desk, "counted once").first().waitFor()
  await phone.waitForFunction(() => !document.querySelector(".post--pending"), null, { timeout: 20000 })
  assert.ok(cut > 1)
  for (const page of [phone, desk]) assert.equal(await message(page, "counted once").count(), 1)
  await phone.unroute(`**${room}/posts`)
})

test("while the answer is late the message stands there once, whatever the live line brings first", async () => {
  const phone = await open("phone")
  const desk = await open("desk")
  await phone.evaluate(() => {
    window.most = 0
    const count = () => {
      const said = [...document.querySelectorAll(".chat__stream .post")].filter((post) => post.textContent.includes("slow to be answered"))
      window.most = Math.max(window.most, said.length)
    }
    new MutationObserver(count).observe(document.querySelector(".chat__stream"), { childList: true, subtree: true })
  })
  let answered = false
  await phone.route(`**${room}/posts`, async (route) => {
    const answer = await route.fetch()
    await message(desk, "slow to be answered").first().waitFor()
    await say(desk, "heard it")
    await message(phone, "heard it").waitFor()
    assert.equal(await phone.locator(".post--pending").count(), 1)
    assert.equal(await message(phone, "slow to be answered").count(), 0)
    answered = true
    await route.fulfill({ response: answer })
  })
  await field(phone).fill("slow to be answered")
  await phone.locator(".chat > .reply button[type=submit]").click()
  await message(phone, "slow to be answered").waitFor()
  assert.ok(answered)
  assert.equal(await phone.evaluate(() => window.most), 1)
  await phone.unroute(`**${room}/posts`)
  const order = await phone.locator(".chat__stream .post__body").allInnerTexts()
  assert.ok(order.indexOf("slow to be answered") < order.indexOf("heard it"))
})

test("what was on its way when the page was left stands there once when it is opened again", async () => {
  const phone = await open("phone")
  const desk = await open("desk")
  await phone.route(`**${room}/posts`, async (route) => {
    await route.fetch()
    await route.abort()
  })
  await field(phone).fill("left too early")
  await phone.locator(".chat > .reply button[type=submit]").click()
  await message(desk, "left too early").first().waitFor()
  await phone.unroute(`**${room}/posts`)
  let seen = 0
  await phone.route(`**${room}/posts`, async (route) => {
    seen = await phone.locator(".chat__stream .post", { hasText: "left too early" }).count()
    await route.continue()
  })
  await phone.reload()
  await phone.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("said:")), null, { timeout: 20000 })
  assert.equal(seen, 1)
  assert.equal(await message(phone, "left too early").count(), 1)
  await phone.unroute(`**${room}/posts`)
})

test("history goes on in both directions without a jump, and the page does not grow for ever", async () => {
  await open("desk")
  await fill(320)
  const phone = await open("phone")
  await message(phone, "line 319 of many").waitFor()
  const still = async (down) => {
    const before = await phone.evaluate(() => {
      const post = [...document.querySelectorAll(".chat__stream .post[data-post]")].find((each) => each.getBoundingClientRect().bottom > innerHeight / 4)
      return { id: post.id, top: post.getBoundingClientRect().top, count: document.querySelectorAll(".chat__stream .post").length }
    })
    await phone.locator(`.chat__stream .pager a[rel=${down ? "next" : "prev"}]`).evaluate((each) => each.click())
    await phone.waitForFunction((count) => document.querySelectorAll(".chat__stream .post").length !== count, before.count).catch(() => undefined)
    await phone.waitForTimeout(100)
    const top = await phone.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top, before.id)
    assert.ok(Math.abs(top - before.top) < 2, `moved by ${top - before.top} px`)
  }
  await phone.evaluate(() => scrollTo({ top: 2000, behavior: "instant" }))
  for (let i = 0; i < 3; i++) await still(false)
  for (let i = 0; i < 20 && !(await message(phone, "line 3 of many").count()); i++) {
    await phone.evaluate(() => scrollTo({ top: 0, behavior: "instant" }))
    await phone.waitForTimeout(250)
  }
  await message(phone, "line 3 of many").waitFor()
  assert.ok(await phone.locator(".chat__stream .post").count() <= 260)
  assert.equal(await phone.locator("live-posts[tail]").count(), 0)
  const days = await phone.locator(".day-line time").evaluateAll((all) => all.map((each) => each.dateTime))
  assert.deepEqual(days, [...new Set(days)])

  // What is said meanwhile is not below what is shown: a chip tells of it, and leads there.
  await say(who.desk.page, "said far below")
  await phone.locator(".chip").waitFor()
  assert.equal(await message(phone, "said far below").count(), 0)
  await phone.locator(".chip").click()
  await message(phone, "said far below").waitFor()
  await phone.waitForFunction(() => scrollY + innerHeight > document.documentElement.scrollHeight - 200)
  assert.ok(await same(phone))
})

test("a link to a message opens the stream around it, both ways", async () => {
  const desk = await open("desk")
  const post = await message(desk, "line 310 of many").getAttribute("data-post")
  await open("desk", `/p/${post}`)
  assert.ok(await message(desk, "line 300 of many").count())
  assert.ok(await message(desk, "line 319 of many").count())
  const box = await desk.locator(`#p-${post}`).boundingBox()
  assert.ok(box.y > 0 && box.y < DESK.viewport.height)
  assert.deepEqual(await faultsOf(desk), [])
})

test("who comes back sees how much is new and goes to the first of it", async () => {
  const phone = await open("phone")
  await phone.waitForTimeout(1200)
  await phone.goto(`${who.phone.url}/me`)
  await who.desk.page.goto(torv.url + room)
  await fill(60, 1000)
  await open("phone")
  const button = phone.locator(".chat__unread")
  await button.waitFor()
  assert.match(await button.innerText(), /60/)
  await button.click()
  await phone.locator(".new-line").waitFor()
  const next = phone.locator(".new-line + .post, .new-line + .day-line + .post")
  assert.match(await next.innerText(), /line 1000 of many/)
  assert.deepEqual(await faultsOf(phone), [])
})

test("a thread opens beside its stream on a desk and as a page on a phone, and both hear what is said there", async () => {
  const desk = await open("desk")
  await say(desk, "Shall we mend the bench?")
  await message(desk, "Shall we mend the bench?").waitFor()
  const post = await message(desk, "Shall we mend the bench?").getAttribute("data-post")
  await desk.locator(`#p-${post}`).hover()
  await desk.locator(`#p-${post} a[href$="/thread"]`).first().click()
  const panel = desk.locator("thread-panel .thread")
  await panel.waitFor()
  const inPanel = panel.locator("textarea")
  assert.ok(await inPanel.evaluate((each) => each === document.activeElement))
  await inPanel.fill("I have **oil**")
  await inPanel.press("Enter")
  await panel.locator(".post[data-post] strong", { hasText: "oil" }).waitFor()
  await desk.locator(`#thread-${post} .thread-link`).waitFor()

  const phone = await open("phone", `/p/${post}/thread`)
  await phone.locator(".thread .post[data-post]", { hasText: "I have oil" }).waitFor()
  await phone.locator(".thread textarea").fill("I bring a brush")
  await phone.locator(".thread .reply button[type=submit]").click()
  await panel.locator(".post[data-post]", { hasText: "I bring a brush" }).waitFor()
  await desk.locator(`#thread-${post} .thread-link`, { hasText: /2/ }).waitFor()
  assert.equal(await desk.locator(".chat__stream > live-posts[stream^=topic] .post", { hasText: "I bring a brush" }).count(), 0)
  for (const page of [desk, phone]) assert.deepEqual(await faultsOf(page), [])
  await inPanel.press("Escape")
  assert.ok(await desk.locator("thread-panel").isHidden())
  assert.equal(await desk.evaluate(() => document.activeElement?.id), `p-${post}`)
  assert.ok(await same(desk))

  const reply = await phone.locator(".thread .post[data-post]", { hasText: "I have oil" }).getAttribute("data-post")
  await desk.goto(`${torv.url}/p/${reply}`)
  assert.equal(new URL(desk.url()).pathname, `/p/${post}/thread`)
})

test("by the keys alone: one's last message is changed, one is answered, one is deleted, on the same page", async () => {
  const desk = await open("desk")
  const phone = await open("phone")
  await field(desk).focus()
  await say(desk, "At nine oclock")
  await message(phone, "At nine oclock").waitFor()
  await desk.keyboard.press("ArrowUp")
  await desk.waitForFunction(() => document.querySelector(".chat > .reply textarea").value === "At nine oclock")
  await desk.keyboard.press("Escape")
  assert.equal(await field(desk).inputValue(), "")
  await desk.keyboard.press("ArrowUp")
  await desk.waitForFunction(() => document.querySelector(".chat > .reply textarea").value !== "")
  await field(desk).fill("At ten, rather")
  await desk.keyboard.press("Enter")
  await message(phone, "At ten, rather").waitFor()
  await message(desk, "At ten, rather").waitFor()
  assert.equal(await message(desk, "At nine oclock").count(), 0)

  const post = message(desk, "At ten, rather")
  await post.locator('a[href*="reply_to="]').focus()
  await desk.keyboard.press("Enter")
  await desk.locator(".composer__mode").waitFor()
  await desk.keyboard.type("And bring cups")
  await desk.keyboard.press("Enter")
  await message(phone, "And bring cups").locator(".post__parent").waitFor()

  const own = message(desk, "And bring cups")
  await own.locator("summary").focus()
  await desk.keyboard.press("Enter")
  await own.locator('button[form="delete-post"]').focus()
  await desk.keyboard.press("Enter")
  await desk.locator("dialog[open] button[value=yes]").click()
  await phone.locator(".chat__stream .post--deleted").last().waitFor()
  assert.equal(await message(phone, "And bring cups").count(), 0)
  assert.ok(await same(desk))
})

test("with the keyboard of a small phone open the field and what is said last stay in sight", async () => {
  const phone = await open("phone")
  await phone.setViewportSize({ width: 360, height: 380 })
  await field(phone).tap()
  await phone.waitForTimeout(300)
  const height = 380
  const box = await phone.locator(".chat > .reply .composer__box").boundingBox()
  assert.ok(box.y > 0 && box.y + box.height <= height, JSON.stringify(box))
  const send = await phone.locator(".chat > .reply button[type=submit]").boundingBox()
  assert.ok(send.y + send.height <= height && send.x + send.width <= 360, JSON.stringify(send))
  const last = await phone.locator(".chat__stream .post .post__body").last().boundingBox()
  assert.ok(last.y < box.y, "the newest message is covered")
  assert.deepEqual(await faultsOf(phone), [])
  await phone.setViewportSize(PHONE.viewport)
})
