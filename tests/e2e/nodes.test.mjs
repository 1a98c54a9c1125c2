// Two servers on one PostgreSQL: people on different ones see each other at once, and also while the bus is cut.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { cookieOf, Line } from "./line.mjs"
import { people } from "./pages.mjs"
import { Postgres } from "./postgres.mjs"
import { Torv } from "./torv.mjs"

let postgres, one, two, token, topic
const emails = {}

before(async () => {
  postgres = await Postgres.start()
  process.env.TORV_DATABASE = postgres.address
  process.env.TORV_POSTS_PER_MINUTE = "100000"
  one = await Torv.start({ demo: true })
  two = await Torv.start()
  Object.assign(emails, people(one))
  token = await tokenOf(emails.owner)
  const { items } = await api(one, "GET", "/spaces")
  const space = items.find(({ kind, visibility }) => kind === "discussion" && visibility === "public")
  topic = await api(one, "POST", `/spaces/${space.id}/topics`, { title: "Over the fence", body: "Hello" })
})

after(async () => {
  await one?.stop()
  await two?.stop()
  await postgres?.stop()
})

const tokenOf = async (email) => (await one.command("token", "create", email, "--scope", "admin")).stdout.trim()

async function api(node, method, path, body, bearer = token) {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" }
  const answer = await fetch(`${node.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
  return answer.status === 204 ? null : answer.json()
}

const post = (node, body, bearer) => api(node, "POST", `/topics/${topic.id}/posts`, { body }, bearer)
const saying = (text) => ({ do: what, html }) => what === "said" && html.includes(text)
const line = async (node, email) => {
  const opened = new Line(node.url, { cookie: email ? await cookieOf(node, email) : "", streams: [`topic:${topic.id}`] }).open()
  await opened.until(({ do: what }) => what === "on")
  return opened
}

test("posts, writing and presence cross from one server to the other", async () => {
  const here = await line(one, emails.member)
  const there = await line(two, emails.moderator)
  await post(one, "said on one")
  await there.until(saying("said on one"), 1500)
  await post(two, "said on two")
  await here.until(saying("said on two"), 1500)
  there.say({ do: "writing", stream: `topic:${topic.id}` })
  const writing = await here.until(({ do: what }) => what === "writing", 1500)
  here.say({ do: "who", members: [writing.by] })
  await here.until(({ do: what, members }) => what === "come" && members.includes(writing.by))
  there.close()
  await here.until(({ do: what, members }) => what === "gone" && members.includes(writing.by), 15000)
  here.close()
})

test("a session that is ended on one server ends the line on the other within a second", async () => {
  const cookie = await cookieOf(one, emails.member)
  const here = new Line(one.url, { cookie, streams: ["community"] }).open()
  await here.until(({ do: what }) => what === "on")
  const html = await (await fetch(`${two.url}/me`, { headers: { cookie } })).text()
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)[1]
  const began = Date.now()
  await fetch(`${two.url}/sign-out`, { method: "POST", redirect: "manual", headers: { cookie }, body: new URLSearchParams({ csrf }) })
  while (here.closes.length === 0 && Date.now() - began < 5000) await new Promise((done) => setTimeout(done, 10))
  assert.deepEqual(here.closes, [4401])
  assert.ok(Date.now() - began < 1500, `${Date.now() - began} ms`)
})

/** The owner's page on one server, with the bell. */
async function bell(node) {
  const cookie = await cookieOf(node, emails.owner)
  const html = await (await fetch(node.url, { headers: { cookie } })).text()
  const stream = `notices:${/<live-line[^>]* me="(\d+)"/.exec(html)[1]}`
  const opened = new Line(node.url, { cookie, streams: [stream] }).open()
  await opened.until(({ do: what }) => what === "own")
  return opened
}

/** What the bell says now, once it says this. */
async function rings(opened, unread, ms) {
  const begin = opened.news.length - 1
  await opened.until((news) => news.do === "own" && news.unread === unread && opened.news.indexOf(news) >= begin, ms)
}

test("the bell rings on one server for what was said on the other, and is still where it was read", async () => {
  const moderator = await tokenOf(emails.moderator)
  await api(two, "PUT", "/notices/read", {})
  const here = await bell(one)
  const there = await bell(two)
  await post(two, "a word for the owner", moderator)
  await rings(here, 1, 3000)
  await rings(there, 1, 3000)
  await api(two, "PUT", "/notices/read", {})
  await rings(here, 0, 1500)
  await rings(there, 0, 1500)
  here.close()
  there.close()
})

test("with the bus cut for a while everything is told, in order and once; then people see each other again", async () => {
  const moderator = await tokenOf(emails.moderator)
  await api(one, "PUT", "/notices/read", {})
  const there = await line(two, "")
  const owner = await bell(one)
  const wanted = []
  for (let i = 0; i < 10; i++) {
    postgres.cutBus()
    wanted.push(`cut off ${i}`)
    await post(i % 2 ? one : two, `cut off ${i}`, i % 2 ? moderator : token)
  }
  postgres.cutBus()
  await there.until(saying("cut off 9"), 10000)
  await new Promise((done) => setTimeout(done, 500))
  const told = there.news.filter(saying("cut off")).map(({ html }) => /cut off \d+/.exec(html)[0])
  assert.deepEqual(told, wanted)
  await rings(owner, 1, 10000)
  there.close()
  owner.close()

  // What is said of the moment was lost; from now on it is heard again.
  const here = await line(one, emails.member)
  const other = await line(two, emails.moderator)
  const repeat = setInterval(() => other.say({ do: "writing", stream: `topic:${topic.id}` }), 300)
  const writing = await here.until(({ do: what }) => what === "writing", 10000)
  clearInterval(repeat)
  here.say({ do: "who", members: [writing.by] })
  await here.until(({ do: what, members }) => what === "come" && members.includes(writing.by), 25000)
  here.close()
  other.close()
})
