// Notices on devices: a real push service on this machine opens what the server sealed, and a real browser shows it.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { people } from "./pages.mjs"
import { assertSigned, PushService, Subscriber } from "./push_service.mjs"
import { browser, DESK, PHONE, Torv } from "./torv.mjs"

let torv, chrome, service, member, owner, phone, topic

before(async () => {
  service = new PushService()
  await service.open()
  torv = await Torv.start({ demo: true, flags: ["--call-inside", service.host] })
  chrome = await browser()
  const emails = people(torv)
  member = await person(emails.member, PHONE)
  owner = await person(emails.owner, DESK)
  phone = new Subscriber(service, "phone")
})

after(async () => {
  await chrome?.close()
  service?.close()
  await torv?.stop()
})

const person = (email, options) => torv.personIn(chrome, email, { ...options, permissions: ["notifications"] })

function call(page, method, path, body) {
  return page.evaluate(async ([how, to, what]) => {
    const headers = { "X-CSRF": document.querySelector('meta[name="csrf"]').content, "Content-Type": what?.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded" }
    const answer = await fetch(to, { method: how, headers, body: what ?? undefined, redirect: how === "GET" ? "follow" : "manual" })
    const text = answer.type === "opaqueredirect" ? "" : await answer.text()
    return { status: answer.status, type: answer.type, json: text.startsWith("{") ? JSON.parse(text) : null }
  }, [method, path, body])
}

/** The member begins a topic; the owner answers. */
async function answered(words) {
  if (!topic) {
    const spaces = (await call(member, "GET", "/api/v1/spaces")).json.items
    const made = await call(member, "POST", `/api/v1/spaces/${spaces.find((space) => space.kind === "discussion").id}/topics`, JSON.stringify({ title: "Push and bread", body: "Who bakes?" }))
    assert.equal(made.status, 201)
    topic = made.json.id
  }
  const said = await call(owner, "POST", `/api/v1/topics/${topic}/posts`, JSON.stringify({ body: words }))
  assert.equal(said.status, 201)
}

test("a reply reaches a device sealed, signed and with what the service must know", async () => {
  // At night nothing is told, and nobody knows when this runs.
  assert.equal((await call(member, "PUT", "/api/v1/notices/settings", JSON.stringify({ quiet_from: "", quiet_to: "" }))).status, 200)
  assert.equal((await call(member, "PUT", "/api/v1/devices", JSON.stringify(phone.offer()))).status, 200)
  await answered("I bake rye bread.")
  const message = await service.message(1)
  assertSigned(message, service, torv.url)
  assert.equal(message.path, "/phone")
  assert.equal(message.headers["content-encoding"], "aes128gcm")
  assert.match(message.headers.ttl, /^\d+$/)
  assert.match(message.headers.urgency, /^(low|normal)$/)
  assert.match(message.headers.topic, /^[A-Za-z0-9_-]{1,32}$/)
  assert.ok(!message.body.includes("rye"))
  const told = phone.open(message)
  assert.match(told.title, /Push and bread/)
  assert.equal(told.body, "I bake rye bread.")
  assert.match(told.path, /^\/notices\/\d+$/)
  assert.ok(told.unread >= 1)
  assert.ok(told.open.includes(told.tag))
})

test("a browser shows a message, counts, and a press opens the place", async () => {
  const told = phone.open(service.taken[0])
  await member.goto(`${torv.url}/spaces`)
  await member.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const worker = member.context().serviceWorkers()[0] ?? await member.context().waitForEvent("serviceworker")
  const line = await member.context().newCDPSession(member)
  const registered = new Promise((done) => line.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    if (registrations[0]) done(registrations[0].registrationId)
  }))
  await line.send("ServiceWorker.enable")
  const shown = () => worker.evaluate(async () => (await self.registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })))
  // Chromium takes away what is asked for at the very moment it is put up, as a page that opens does: sent again, as a service would.
  for (let tries = 1; tries <= 8 && (await shown()).length === 0; tries++) {
    await line.send("ServiceWorker.deliverPushMessage", { origin: torv.url, registrationId: await registered, data: JSON.stringify(told) })
    await new Promise((done) => setTimeout(done, 200 * tries))
  }
  assert.deepEqual(await shown(), [{ title: told.title, body: told.body, tag: told.tag }])

  const there = member.waitForURL((url) => url.pathname.startsWith("/t/"))
  await worker.evaluate(async () => {
    const [notification] = await self.registration.getNotifications()
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }))
  })
  await there
  await member.getByText("I bake rye bread.").first().waitFor()
  assert.deepEqual(await shown(), [])
})

test("what was read elsewhere is closed when a page is opened", async () => {
  const worker = member.context().serviceWorkers()[0]
  await worker.evaluate(() => self.registration.showNotification("Old", { tag: "reply-1" }))
  await member.goto(`${torv.url}/spaces`)
  for (let tries = 0; tries < 100; tries++) {
    if ((await worker.evaluate(async () => (await self.registration.getNotifications()).length)) === 0) return
    await new Promise((done) => setTimeout(done, 50))
  }
  assert.fail("it still stands")
})

test("a device whose session ended hears nothing more, and one that is gone is forgotten", async () => {
  const devices = async () => (await call(member, "GET", "/api/v1/devices")).json.items
  assert.ok((await call(member, "PUT", "/api/v1/notices/read", "{}")).status < 300) // what nobody looked at goes on untold
  service.status = 410
  await answered("And a cake.")
  await service.message(2)
  for (let tries = 0; tries < 100 && (await devices()).length; tries++) await new Promise((done) => setTimeout(done, 50))
  assert.deepEqual(await devices(), [])
})

test("the page of devices says what is true of this browser, and lists them all", async () => {
  await member.goto(`${torv.url}/me/devices`)
  await member.locator("push-switch [data-state]:visible").first().waitFor()
  assert.equal(await member.locator("push-switch [data-state]:visible").count(), 1)
  assert.ok(await member.getByRole("checkbox").count() >= 7)
})
