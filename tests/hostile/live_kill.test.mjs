// The server is killed while people talk: what the pages were told is what the database holds.
import { after, before, describe, test } from "node:test"
import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { cookieOf, Line } from "../e2e/line.mjs"
import { Postgres } from "../e2e/postgres.mjs"
import { Torv } from "../e2e/torv.mjs"
import { Api, ROOMY } from "./api.mjs"

const PAGES = 40
const KILLS = 3
const POSTS_BETWEEN = 25

const pause = (ms) => new Promise((done) => setTimeout(done, ms))

async function throughKills() {
  const data = await mkdtemp(join(tmpdir(), "torv-kill-"))
  let torv = await Torv.start({ data, flags: ROOMY })
  const api = await Api.of(torv)
  const call = async (method, path, body, key) => {
    while (true) {
      try {
        const headers = { authorization: `Bearer ${api.token}`, "content-type": "application/json", ...(key ? { "idempotency-key": key } : {}) }
        const answer = await fetch(`${torv.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
        if (answer.status < 500) return answer.json()
      } catch { /* the server is away: the same again, with the same key */ }
      await pause(20)
    }
  }
  const { id: space } = await call("POST", "/spaces", { name: "Hall", kind: "discussion", visibility: "public" })
  const topic = await call("POST", `/spaces/${space}/topics`, { title: "Through the storm", body: "Hold on." })
  const cookie = await cookieOf(torv, api.email)
  const lines = Array.from({ length: PAGES }, () => new Line(torv.url, { cookie, streams: [`topic:${topic.id}`] }).open())
  for (const line of lines) await line.until(({ do: what }) => what === "on")

  for (let kill = 0; kill < KILLS; kill++) {
    const talk = (async () => {
      for (let i = 0; i < POSTS_BETWEEN; i++) await call("POST", `/topics/${topic.id}/posts`, { body: `said ${kill}-${i}` }, `k${kill}-${i}`)
    })()
    await pause(150)
    const ended = new Promise((done) => torv.child.once("exit", done))
    torv.child.kill("SIGKILL")
    await ended
    torv = await torv.again()
    await talk
  }

  const posts = []
  for (let cursor = ""; ;) {
    const { items } = await call("GET", `/topics/${topic.id}/posts?limit=100${cursor}`)
    posts.push(...items.map(({ id }) => id))
    if (items.length < 100) break
    cursor = `&cursor=${items.at(-1).id}`
  }
  const wanted = posts.slice(1)
  assert.equal(wanted.length, KILLS * POSTS_BETWEEN)
  for (const line of lines) {
    await line.until(({ post }) => post === wanted.at(-1), 20000)
    assert.deepEqual(line.news.filter(({ do: what }) => what === "said").map(({ post }) => post), wanted)
    line.close()
  }
  await torv.stop()
  await rm(data, { recursive: true })
}

const NAME = "pages that follow through a killed server miss nothing, double nothing and keep the order"

describe("on SQLite", () => {
  test(NAME, throughKills)
})

describe("on PostgreSQL", () => {
  let postgres
  before(async () => {
    postgres = await Postgres.start()
    process.env.TORV_DATABASE = postgres.address
  })
  after(() => postgres?.stop())
  test(NAME, throughKills)
})
