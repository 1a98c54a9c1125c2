// The disk is full: writing says so, reading goes on, nothing that was acknowledged is lost, and room alone makes it well again.
import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { Torv } from "../e2e/torv.mjs"
import { Api, ROOMY } from "./api.mjs"
import { Disk } from "./disk.mjs"

const LONG = "Words that take room. ".repeat(2000)

describe("a full disk", async () => {
  const disk = await Disk.open("96m")
  if (!disk) {
    it("needs a disk of its own, which only root may mount", { skip: true }, () => {})
    return
  }
  let torv, api, space, refused
  const acknowledged = []
  before(async () => {
    torv = await Torv.start({ flags: ROOMY, data: disk.folder, prefix: disk.prefix })
    api = await Api.of(torv)
    space = await api.space()
    acknowledged.push((await api.topic(space, "Before", LONG)).json.id)
  })
  after(async () => {
    await torv?.stop()
    await disk.close()
  })

  it("refuses a post with 507 and words, after having taken the last that fitted", async () => {
    disk.fill()
    for (let n = 0; n < 400 && !refused; n++) {
      const key = `full-${n}`
      const made = await api.topic(space, `Number ${n}`, LONG, key)
      if (made.status === 201) acknowledged.push(made.json.id)
      else refused = { ...made, key, title: `Number ${n}` }
    }
    assert.equal(refused?.status, 507, refused?.text)
    assert.equal(refused.json.key, "web.disk_full")
    assert.match(refused.json.title, /room/)
  })

  it("refuses an archive with 507 before it is sent", async () => {
    const answer = await fetch(`${torv.url}/api/v1/imports`, {
      method: "POST", body: Buffer.alloc(5_000_000), headers: { authorization: `Bearer ${api.token}`, "content-type": "application/zip" } })
    assert.equal(answer.status, 507)
    assert.match((await answer.json()).title, /room/)
  })

  it("still shows every page, and says that it is ready", async () => {
    for (const path of ["/", "/spaces", "/sign-in", "/readyz"]) {
      const { status } = await fetch(torv.url + path, { redirect: "manual" })
      assert.ok(status < 400, `${path}: ${status}`)
    }
    for (const path of [`spaces/${space}/topics`, `topics/${acknowledged[0]}/posts`])
      assert.equal((await api.send("GET", `/api/v1/${path}`)).status, 200, path)
  })

  it("takes the same post again when there is room, without a restart", async () => {
    disk.free()
    let again
    for (let tries = 0; tries < 50; tries++) {
      again = await api.topic(space, refused.title, LONG, refused.key)
      if (again.status === 201) break
      await new Promise((done) => setTimeout(done, 100))
    }
    assert.equal(again.status, 201, again.text)
    acknowledged.push(again.json.id)
  })

  it("has lost nothing that it acknowledged, and its database is whole", async () => {
    for (const id of acknowledged) assert.equal((await api.send("GET", `/api/v1/topics/${id}`)).status, 200)
    await torv.command("check")
  })
})
