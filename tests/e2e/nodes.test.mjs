// Two servers on one PostgreSQL: people on different ones see each other at once, and also while the bus is cut.
import { after, before, test } from "node:test"
import assert from "node:assert/strict"
import { execFileSync, spawn } from "node:child_process"
import { resolve } from "node:path"
import { cookieOf, Line } from "./line.mjs"
import { people } from "./pages.mjs"
import { Torv } from "./torv.mjs"

const root = resolve(import.meta.dirname, "../..")
let postgres, database, one, two, token, topic
const emails = {}

before(async () => {
  postgres = spawn(resolve(root, "bin/with-postgres"), ["sh", "-c", 'echo "$TORV_TEST_DATABASE"; exec cat >/dev/null'], { cwd: root })
  database = await new Promise((done) => postgres.stdout.once("data", (text) => done(String(text).trim())))
  process.env.TORV_DATABASE = database
  process.env.TORV_POSTS_PER_MINUTE = "100000"
  one = await Torv.start({ demo: true })
  two = await Torv.start()
  Object.assign(emails, people(one))
  token = (await one.command("token", "create", emails.owner, "--scope", "admin")).stdout.trim()
  const { items } = await api(one, "GET", "/spaces")
  const space = items.find(({ kind, visibility }) => kind === "discussion" && visibility === "public")
  topic = await api(one, "POST", `/spaces/${space.id}/topics`, { title: "Over the fence", body: "Hello" })
})

after(async () => {
  await one?.stop()
  await two?.stop()
  postgres?.stdin.end()
})

async function api(node, method, path, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  const answer = await fetch(`${node.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
  return answer.json()
}

const post = (node, body) => api(node, "POST", `/topics/${topic.id}/posts`, { body })
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

test("with the bus cut for a while everything is told, in order and once", async () => {
  const there = await line(two, "")
  const cut = () => execFileSync("psql", ["-X", "-q", "-d", database, "-c",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND (query LIKE '%LISTEN torv%' OR query LIKE '%pg_notify%')"], { stdio: "ignore" })
  const wanted = []
  for (let i = 0; i < 10; i++) {
    cut()
    wanted.push(`cut off ${i}`)
    await post(i % 2 ? one : two, `cut off ${i}`)
  }
  cut()
  await there.until(saying("cut off 9"), 10000)
  await new Promise((done) => setTimeout(done, 500))
  const told = there.news.filter(saying("cut off")).map(({ html }) => /cut off \d+/.exec(html)[0])
  assert.deepEqual(told, wanted)
  there.close()
})
