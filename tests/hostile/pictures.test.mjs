// Pictures that are bombs, that are something else, or that know where they were taken.
import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { crc32, deflateSync } from "node:zlib"
import { Torv } from "../e2e/torv.mjs"
import { Api } from "./api.mjs"

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A black PNG of one bit per pixel; `rows` of it are really there. */
function png(width, height, rows = height, extra = []) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows))
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), ...extra, chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))])
}

let torv, api
before(async () => {
  torv = await Torv.start()
  api = await Api.of(torv)
})
after(() => torv?.stop())

async function upload(bytes, name, type) {
  const form = new FormData()
  form.set("file", new Blob([bytes], { type }), name)
  const answer = await fetch(`${torv.url}/api/v1/uploads`, { method: "POST", body: form, headers: { authorization: `Bearer ${api.token}` } })
  return { status: answer.status, json: await answer.json() }
}

/** What a browser would get, with the headers. */
function download({ url }) {
  return fetch(torv.url + new URL(url).pathname, { headers: { authorization: `Bearer ${api.token}` } })
}

describe("a picture", () => {
  it("that is good is kept, and what it knew beside its pixels is not", async () => {
    const secret = chunk("tEXt", Buffer.from("GPS\0 55.6761,12.5683"))
    const { status, json } = await upload(png(64, 64, 64, [secret]), "good.png", "image/png")
    assert.equal(status, 201, JSON.stringify(json))
    const answer = await download(json)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff")
    assert.ok(!Buffer.from(await answer.arrayBuffer()).includes("55.6761"))
  })

  const refused = {
    "of 50,000 × 50,000 pixels": () => png(50_000, 50_000),
    "that claims 2,000,000,000 × 2,000,000,000 pixels": () => png(2_000_000_000, 2_000_000_000, 1),
    "cut off in the middle of its head": () => png(64, 64).subarray(0, 20),
  }
  for (const [name, make] of Object.entries(refused))
    it(`${name} is refused in words, and others do not wait for it`, async () => {
      const asked = upload(make(), "bomb.png", "image/png")
      const begun = performance.now()
      assert.equal((await fetch(`${torv.url}/livez`)).status, 200)
      assert.ok(performance.now() - begun < 2000)
      const { status, json } = await asked
      assert.ok(status === 422 || status === 413, JSON.stringify(json))
      assert.ok(json.title.length > 10, json.title)
    })

  const disguised = {
    "markup that calls itself a picture": ["<html><script>alert(1)</script></html>", "x.png", "image/png"],
    "a drawing with a script": ["<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>", "x.svg", "image/svg+xml"],
    "a page": ["<!doctype html><script>alert(1)</script>", "x.html", "text/html"],
    "a picture with a page behind it": [Buffer.concat([png(8, 8), Buffer.from("<script>alert(1)</script>")]), "x.png.html", "text/html"],
    "a name that leads elsewhere": ["hello", "../../../etc/passwd\r\nX-Evil: 1.txt", "text/plain"],
  }
  for (const [name, [bytes, file, type]] of Object.entries(disguised))
    it(`or rather ${name} runs nowhere`, async () => {
      const { status, json } = await upload(bytes, file, type)
      if (status !== 201) {
        assert.ok(status >= 400 && status < 500, JSON.stringify(json))
        return
      }
      assert.ok(!json.name.includes("/") && !/[\r\n]/.test(json.name), json.name)
      const answer = await download(json)
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff")
      assert.equal(answer.headers.get("x-evil"), null)
      const safe = /^(image\/(webp|png|jpeg|gif|avif))/.test(answer.headers.get("content-type"))
      assert.ok(safe || /^attachment/.test(answer.headers.get("content-disposition")), answer.headers.get("content-type"))
      assert.match(answer.headers.get("content-security-policy"), /sandbox|default-src 'none'/)
    })

  it("after all of this the server lives", async () => {
    assert.equal((await fetch(`${torv.url}/livez`)).status, 200)
    assert.doesNotMatch(torv.log, /AddressSanitizer/)
  })
})
