// Archives that are none, that are broken, and that are a thousand times larger inside: refused in words, and nothing is left lying about.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { Torv } from "../e2e/torv.mjs"
import { Api } from "./api.mjs"
import { zip } from "./zip.mjs"

const json = (value) => Buffer.from(JSON.stringify(value))
const users = { name: "users.json", data: json([{ id: "U1", name: "maja", profile: { real_name: "Maja Juhl" } }]) }
const channels = { name: "channels.json", data: json([{ id: "C1", name: "general", created: 1700000000, members: ["U1"] }]) }
const day = { name: "general/2023-11-14.json", data: json([{ type: "message", user: "U1", text: "Hej", ts: "1700000000.000100" }]) }
const good = zip([users, channels, day])

let torv, api
before(async () => {
  torv = await Torv.start()
  api = await Api.of(torv)
})
after(() => torv?.stop())

async function upload(bytes) {
  const form = new FormData()
  form.set("file", new Blob([bytes]), "slack.zip")
  const answer = await fetch(`${torv.url}/api/v1/imports`, {
    method: "POST", body: form, headers: { authorization: `Bearer ${api.token}`, "accept-language": "sv" } })
  return { status: answer.status, json: await answer.json() }
}

/** The import as it stands when nothing more happens to it. */
async function ended(id) {
  for (let tries = 0; tries < 200; tries++) {
    const { json: state } = await api.send("GET", `/api/v1/imports/${id}`)
    if (state.state === "done" || state.state === "failed") return state
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error("the import does not end")
}

describe("an archive", () => {
  it("that is good is taken", async () => {
    const { status, json: made } = await upload(good)
    assert.equal(status, 201, JSON.stringify(made))
    assert.equal((await ended(made.id)).state, "done")
  })

  const broken = {
    "empty": Buffer.alloc(0),
    "of chance": Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251)),
    "cut in half": good.subarray(0, good.length / 2),
    "without its head": good.subarray(40),
    "that is a picture": Buffer.from("\x89PNG\r\n\x1a\n" + "x".repeat(500), "latin1"),
    "of something else": zip([{ name: "readme.txt", data: Buffer.from("hello") }]),
    "that leaves its folder": zip([{ name: "../../../../tmp/torv-was-here.json", data: json([]) }]),
  }
  for (const [name, bytes] of Object.entries(broken))
    it(`${name} is refused in words`, async () => {
      const { status, json: told } = await upload(bytes)
      assert.equal(status, 422, JSON.stringify(told))
      assert.ok(told.title.length > 10 && !told.title.startsWith("imports."), told.title)
    })

  const bombs = {
    "of 400 MB in one file": [users, channels, { name: "general/2023-11-14.json", data: Buffer.alloc(400 << 20) }],
    "that lies about its size": [users, channels, { name: "general/2023-11-14.json", data: Buffer.alloc(200 << 20, " "), size: 1000 }],
    "with 30,000 levels of JSON": [users, channels, { name: "general/2023-11-14.json", data: Buffer.from("[".repeat(30_000)) }],
    "whose users are no list": [{ name: "users.json", data: json({ a: 1 }) }, channels, day],
    "in the wrong encoding": [users, channels, { name: "general/2023-11-14.json", data: Buffer.from('[{"type":"message","text":"\xff\xfe","ts":"1.0"}]', "latin1") }],
  }
  for (const [name, entries] of Object.entries(bombs))
    it(`${name} is refused or reported, and costs little`, async () => {
      const { status, json: made } = await upload(zip(entries))
      if (status === 201) {
        const state = await ended(made.id)
        const reported = state.state === "failed" || state.report.oddities.length > 0 || state.report.messages.unreadable > 0
        assert.ok(reported, JSON.stringify(state).slice(0, 500))
      } else assert.equal(status, 422, JSON.stringify(made))
      const most = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${torv.child.pid}/status`, "utf8"))[1])
      assert.ok(most < 900_000, `${most} KB at most`)
    })

  it("that was refused leaves no file, and the server lives", async () => {
    assert.equal((await fetch(`${torv.url}/livez`)).status, 200)
    assert.deepEqual(readdirSync(join(torv.data, "tmp")), [])
    assert.throws(() => readFileSync("/tmp/torv-was-here.json"))
    assert.doesNotMatch(torv.log, /AddressSanitizer/)
  })
})
