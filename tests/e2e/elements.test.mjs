import { after, afterEach, before, beforeEach, test } from "node:test"
import assert from "node:assert/strict"
import { Stage } from "./stage.mjs"
import { browser, PHONE } from "./torv.mjs"

const stage = new Stage()
let chrome, context, page, complaints

before(async () => {
  await stage.open()
  chrome = await browser()
})

after(async () => {
  await chrome.close()
  await stage.close()
})

beforeEach(async () => {
  stage.asked.length = 0
  stage.answers.clear()
  stage.on("HEAD /livez", () => ({}))
  complaints = []
  context = await chrome.newContext({ ...PHONE, permissions: ["clipboard-read", "clipboard-write"] })
  page = await context.newPage()
  page.setDefaultTimeout(5000)
  page.on("console", (message) => { if (/Content Security Policy|Trusted/.test(message.text())) complaints.push(message.text()) })
})

afterEach(async () => {
  await context.close()
  assert.deepEqual(complaints, [], "the content policy was kept")
})

async function show(body) {
  stage.on("GET /", typeof body === "function" ? () => stage.page(body()) : () => stage.page(body))
  await page.goto(stage.url)
}

const COMPOSER = (draft = "") => `<draft-keeper key="topic:7" url="/drafts/topic:7" saved="Gemt" local="Gemt her">
<form-guard sending="Sender" failed="Ingen forbindelse" retry="Igen"><form class="composer" method="post" action="/t/7/posts"><div class="composer__box">
<upload-field url="/uploads" for="body" add="Fil" uploading="Sender {name}" failed="{name} kom ikke frem" too-large="{name} er for stor" retry="Igen" remove="Fjern" stop="Stop">
<suggest-text url="/members/suggest"><textarea class="composer__text" id="body" name="body" required aria-label="Svar">${draft}</textarea></suggest-text></upload-field>
<live-preview url="/preview" for="body" write="Skriv" preview="Vis" empty="Intet"></live-preview></div>
<div class="composer__foot"><button class="button button--primary">Send</button><span data-draft-state></span></div></form></form-guard></draft-keeper>`

test("a reaction changes in place, with the token, and the page stays where it is", async () => {
  let given = 3
  stage.on("POST /p/41/reactions", () => ({ status: 303, location: `/?${++given}` }))
  await show(() => `<div class="reactions" id="reactions-41"><live-form target="reactions-41"><form class="reactions__form" method="post" action="/p/41/reactions">
    <button class="reaction" name="emoji" value="👍" aria-pressed="${given > 3}"><span class="reaction__count">${given}</span></button></form></live-form></div>`)
  await page.click(".reaction")
  await page.waitForSelector('.reaction[aria-pressed="true"]')
  assert.equal(await page.textContent(".reaction__count"), "4")
  assert.equal(new URL(page.url()).search, "")
  const [call] = stage.calls("POST /p/41/reactions")
  assert.equal(call.fields.get("emoji"), "👍")
  assert.equal(call.headers["x-csrf"], "the-token")
})

test("one form serves the buttons of all posts, and the menu of emoji comes to the post that asks for it", async () => {
  const given = { 41: 0, 42: 0 }
  for (const id of [41, 42]) stage.on(`POST /p/${id}/reactions`, () => ({ status: 303, location: `/?${++given[id]}` }))
  const row = (id) => `<div class="reactions" id="reactions-${id}"><button class="reaction" form="react" formaction="/p/${id}/reactions" name="emoji" value="👍">${given[id]}</button>
    <a class="reaction reaction--add" href="/p/${id}/react">+</a></div>`
  await show(() => `${row(41)}${row(42)}<live-form part=".reactions"><form id="react" method="post"><input type="hidden" name="csrf" value="t"></form></live-form>
    <react-menu hidden><div class="menu__panel reactions__choices"><button class="reactions__choice" form="react" name="emoji" value="🎉">🎉</button></div></react-menu>`)
  await page.click("#reactions-42 .reaction")
  await page.waitForFunction(() => document.querySelector("#reactions-42 button").textContent === "1")
  await page.click("#reactions-41 .reaction--add")
  await page.waitForSelector("#reactions-41 .reactions__choice:focus")
  await page.keyboard.press("Escape")
  await page.waitForSelector("#reactions-41 .reaction--add:focus")
  assert.equal(await page.isVisible(".reactions__choice"), false)
  await page.click("#reactions-41 .reaction--add")
  await page.click(".reactions__choice")
  await page.waitForFunction(() => document.querySelector("#reactions-41 button").textContent === "1")
  assert.equal(await page.isVisible(".reactions__choice"), false)
  assert.deepEqual(given, { 41: 1, 42: 1 })
  assert.equal(stage.calls("POST /p/41/reactions")[0].fields.get("emoji"), "🎉")
})

test("a reaction whose answer is strange is sent in the plain way", async () => {
  stage.on("POST /p/41/reactions", (call) => (call.headers["x-csrf"] ? { status: 500 } : { status: 303, location: "/done" }))
  stage.on("GET /done", () => stage.page("<p>done</p>"))
  await show(`<div id="reactions-41"><live-form target="reactions-41"><form method="post" action="/p/41/reactions"><button class="reaction">+</button></form></live-form></div>`)
  await page.click(".reaction")
  await page.waitForURL("**/done")
})

test("a draft is kept on the server, and forgotten here once the server has made it a post", async () => {
  let kept = ""
  stage.on("PUT /drafts/topic:7", (call) => { kept = call.fields.get("body"); return { status: 204 } })
  stage.on("POST /t/7/posts", () => { kept = ""; return { status: 303, location: "/" } })
  await show(() => COMPOSER(kept))
  await page.fill("#body", "Hej med jer")
  await page.getByText("Gemt", { exact: true }).waitFor()
  assert.equal(kept, "Hej med jer")
  await page.click(".button--primary")
  await page.waitForFunction(() => document.querySelector("#body").value === "")
  assert.equal(await page.evaluate(() => localStorage.getItem("draft:topic:7")), null)
  assert.equal(stage.calls("POST /t/7/posts").length, 1)
})

test("without a network the text stays, also over a reload, and can be sent later", async () => {
  stage.on("PUT /drafts/topic:7", () => ({ status: 503 }))
  stage.on("POST /t/7/posts", () => ({ status: 303, location: "/sent" }))
  stage.on("GET /sent", () => stage.page("<p>sent</p>"))
  await show(COMPOSER())
  stage.answers.delete("HEAD /livez")
  stage.on("HEAD /livez", () => ({ status: 503 }))
  await page.fill("#body", "Uden net")
  await page.click(".button--primary")
  await page.getByText("Ingen forbindelse").waitFor()
  assert.equal(stage.calls("POST /t/7/posts").length, 0)
  await page.reload()
  assert.equal(await page.inputValue("#body"), "Uden net")
  stage.on("HEAD /livez", () => ({}))
  stage.on("PUT /drafts/topic:7", () => ({ status: 204 }))
  await page.click(".button--primary")
  await page.waitForURL("**/sent")
  assert.equal(stage.calls("POST /t/7/posts")[0].fields.get("body"), "Uden net")
})

test("a double press sends one post", async () => {
  stage.on("PUT /drafts/topic:7", () => ({ status: 204 }))
  stage.on("POST /t/7/posts", () => ({ status: 303, location: "/sent" }))
  stage.on("GET /sent", () => stage.page("<p>sent</p>"))
  await show(COMPOSER("Kun en gang"))
  await page.evaluate(() => { const button = document.querySelector(".button--primary"); button.click(); button.click() })
  await page.waitForURL("**/sent")
  assert.equal(stage.calls("POST /t/7/posts").length, 1)
})

test("a file is sent as it is, with its name, and stands in the text", async () => {
  stage.on("POST /uploads", () => ({ status: 201, type: "application/json", body: JSON.stringify({ id: "1", url: "/files/1", name: "blåbær.png", markdown: "![blåbær](/files/1)" }) }))
  await show(COMPOSER("Se her"))
  await page.locator("#body").evaluate((field) => field.setSelectionRange(6, 6))
  await page.setInputFiles('upload-field input[type="file"]', { name: "blåbær.png", mimeType: "image/png", buffer: Buffer.alloc(5000, 7) })
  await page.waitForFunction(() => document.querySelector("#body").value.includes("/files/1"))
  assert.equal(await page.inputValue("#body"), "Se her\n![blåbær](/files/1)\n")
  const [call] = stage.calls("POST /uploads")
  assert.equal(call.bytes.length, 5000)
  assert.equal(decodeURIComponent(call.headers["x-torv-filename"]), "blåbær.png")
  assert.equal(call.headers["x-csrf"], "the-token")
})

test("a file that did not get through can be sent again, one that is too large cannot", async () => {
  let tries = 0
  stage.on("POST /uploads", () => (++tries === 1 ? { status: 500 } : { status: 413 }))
  await show(COMPOSER())
  await page.setInputFiles('upload-field input[type="file"]', { name: "a.png", mimeType: "image/png", buffer: Buffer.alloc(9) })
  await page.getByText("a.png kom ikke frem").waitFor()
  await page.getByRole("button", { name: "Igen" }).click()
  await page.getByText("a.png er for stor").waitFor()
  assert.equal(await page.getByRole("button", { name: "Igen" }).count(), 0)
})

test("typing @ma offers members, and the arrow keys choose", async () => {
  stage.on("GET /members/suggest", () => ({ type: "application/json", body: JSON.stringify({ items: [
    { handle: "maja", name: "Maja <b>Juhl</b>", hue: 3, initials: "MJ" }, { handle: "malte", name: "Malte", hue: 6, initials: "M" }] }) }))
  await show(COMPOSER())
  await page.click("#body")
  await page.waitForFunction(() => customElements.get("text-expander"))
  await page.locator("#body").pressSequentially("Hej @ma")
  await page.locator(".suggestion").nth(1).waitFor()
  assert.match(await page.textContent(".suggestion >> nth=0"), /Maja <b>Juhl<\/b>/)
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  assert.equal(await page.inputValue("#body"), "Hej @malte ")
  assert.equal(stage.calls("GET /members/suggest").at(-1).query.get("q"), "ma")
})

test("the preview shows what the server drew, and goes back", async () => {
  stage.on("POST /preview", (call) => ({ type: "text/html", body: `<p>Tegnet: <strong>${call.fields.get("body").length}</strong></p>` }))
  await show(COMPOSER("**fed**"))
  await page.getByRole("button", { name: "Vis" }).click()
  assert.equal(await page.textContent(".composer__preview strong"), "7")
  assert.equal(await page.isVisible("#body"), false)
  await page.getByRole("button", { name: "Skriv" }).click()
  assert.equal(await page.isVisible("#body"), true)
})

test("a deed with consequences asks first", async () => {
  stage.on("POST /delete", () => ({ status: 303, location: "/gone" }))
  stage.on("GET /gone", () => stage.page("<p>gone</p>"))
  await show(`<ask-first question="Slet?" yes="Slet den" no="Behold"><form method="post" action="/delete"><button id="delete">Slet</button></form></ask-first>`)
  await page.click("#delete")
  await page.getByRole("button", { name: "Behold" }).click()
  await page.waitForFunction(() => !document.querySelector("dialog"))
  assert.equal(stage.calls("POST /delete").length, 0)
  await page.click("#delete")
  await page.getByRole("button", { name: "Slet den" }).click()
  await page.waitForURL("**/gone")
})

test("long work is followed until it is done, and then left alone", async () => {
  let step = 0
  stage.on("GET /progress", () => ({ type: "text/html", body: `<section class="job" id="job-1" ${++step < 3 ? "data-running" : ""}>trin ${step}</section>` }))
  await show(`<progress-poll url="/progress" every="60"><section class="job" id="job-1" data-running>trin 0</section></progress-poll>`)
  await page.getByText("trin 3").waitFor()
  await page.waitForTimeout(300)
  assert.equal(stage.calls("GET /progress").length, 3)
})

test("what stood on the screen is told as read, the newest only", async () => {
  stage.on("POST /t/7/read", () => ({ status: 204 }))
  await show(`<read-marker url="/t/7/read"><ol class="posts"><li class="post" data-post="9007199254740993">a</li><li class="post" data-post="9007199254740995">b</li></ol></read-marker>`)
  await assert.doesNotReject(async () => { while (!stage.calls("POST /t/7/read").length) await page.waitForTimeout(50) })
  const [call] = stage.calls("POST /t/7/read")
  assert.equal(call.fields.get("post"), "9007199254740995")
  assert.equal(call.fields.get("csrf"), "the-token")
})

test("keys walk through topics and show their own help, but not while one types", async () => {
  await show(`<input class="topbar__query" data-key="/" aria-label="Søg"><ol class="topics"><li class="topic-row"><a class="topic-row__link" href="/1">1</a></li><li class="topic-row"><a class="topic-row__link" href="/2">2</a></li></ol>
    <key-shortcuts><dialog class="dialog" aria-label="Taster"><form method="dialog"><button>Luk</button></form></dialog></key-shortcuts>`)
  await page.keyboard.press("j")
  await page.keyboard.press("j")
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "2")
  await page.keyboard.press("/")
  await page.keyboard.type("j?")
  assert.equal(await page.inputValue(".topbar__query"), "j?")
  await page.evaluate(() => document.activeElement.blur())
  await page.keyboard.press("?")
  assert.equal(await page.isVisible("dialog"), true)
})

test("times are told in the page's language", async () => {
  await show(`<relative-time prefix="" datetime="${new Date(Date.now() - 7200e3).toISOString()}">før</relative-time>`)
  await page.getByText("for 2 timer siden").waitFor()
})

test("a link is copied whole, and the button says so", async () => {
  await show(`<copy-text value="/p/41" done="Kopieret"><button class="button" type="button" hidden>Kopier link</button></copy-text>`)
  await page.getByRole("button", { name: "Kopier link" }).click()
  await page.getByRole("button", { name: "Kopieret" }).waitFor()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${stage.url}/p/41`)
})

test("a look is worn before it is saved, in hue and strength only", async () => {
  await show(`<look-preview><form><input type="color" name="accent" value="#994414" aria-label="Farve"><select name="radius" aria-label="Hjørner"><option>soft</option><option>square</option></select></form></look-preview>`)
  await page.locator('[name="accent"]').fill("#0000ff")
  await page.locator('[name="radius"]').selectOption("square")
  const worn = await page.evaluate(() => ["--look-hue", "--look-chroma", "--look-radius"].map((name) => document.documentElement.style.getPropertyValue(name)))
  assert.equal(Math.round(Number(worn[0])), 264)
  assert.equal(worn[1], "0.19")
  assert.equal(worn[2], "2px")
})
