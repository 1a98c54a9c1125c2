// Requests that nobody's browser sends, at the real server. What matters: a clear no, one answer for one message, and that it lives.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, before, describe, it } from "node:test"
import { connect } from "node:net"
import { Torv } from "../e2e/torv.mjs"
import { answers, dice, exchange, status } from "./raw.mjs"

const HOST = "Host: localhost\r\n"
const CLOSE = `${HOST}Connection: close\r\n\r\n`

let torv
before(async () => { torv = await Torv.start() })
after(() => torv.stop())

async function lives() {
  assert.equal(status(await exchange(torv.port, `GET /livez HTTP/1.1\r\n${CLOSE}`)), 200)
  assert.equal(torv.child.exitCode, null, torv.log.slice(-2000))
}

describe("what two servers could read differently", () => {
  const post = `POST /sign-in HTTP/1.1\r\n${HOST}`
  const smuggled = `GET /smuggled HTTP/1.1\r\n${CLOSE}`
  const chunks = `0\r\n\r\n${smuggled}`
  const cases = {
    "a length beside a coding": `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`,
    "a coding before a length": `${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${chunks}`,
    "two lengths": `${post}Content-Length: 0\r\nContent-Length: 40\r\n\r\n${smuggled}`,
    "a list of lengths": `${post}Content-Length: 0, 0\r\n\r\n${smuggled}`,
    "a length with a sign": `${post}Content-Length: +0\r\n\r\n${smuggled}`,
    "a coding with a tab": `${post}Transfer-Encoding:\tchunked\r\nContent-Length: 0\r\n\r\n${chunks}`,
    "a coding with a space before its colon": `${post}Transfer-Encoding : chunked\r\n\r\n${chunks}`,
    "a folded coding": `${post}Transfer-Encoding:\r\n chunked\r\n\r\n${chunks}`,
    "a line ended by LF alone": `${post}X: y\nTransfer-Encoding: chunked\r\n\r\n${chunks}`,
    "a line ended by CR alone": `${post}X: y\rTransfer-Encoding: chunked\r\n\r\n${chunks}`,
    "two hosts": `GET / HTTP/1.1\r\n${HOST}Host: other\r\n\r\n${smuggled}`,
    "a byte 0": `GET / HTTP/1.1\r\n${HOST}X: a\0b\r\n\r\n${smuggled}`,
  }
  for (const [name, bytes] of Object.entries(cases))
    it(`${name} is refused, and nothing after it is read`, async () => {
      const answer = await exchange(torv.port, bytes)
      assert.equal(status(answer), 400)
      assert.equal(answers(answer).length, 1)
    })

  it("an unknown coding is refused with 501", async () => {
    assert.equal(status(await exchange(torv.port, `${post}Transfer-Encoding: gzip\r\n\r\n${chunks}`)), 501)
  })

  it("nothing is read after a chunked body", async () => {
    assert.equal(answers(await exchange(torv.port, `${post}Transfer-Encoding: chunked\r\n\r\n${chunks}`)).length, 1)
  })
})

describe("what is too much", () => {
  it("a head of 20 KB is refused with 431, in the person's language", async () => {
    const answer = await exchange(torv.port, `GET /${"a".repeat(20_000)} HTTP/1.1\r\n${CLOSE}`)
    assert.equal(status(answer), 431)
  })

  it("a body over the limit is refused with 413, in the person's language", async () => {
    const head = `POST /sign-in HTTP/1.1\r\n${HOST}Accept-Language: da\r\nContent-Length: 9000000\r\n\r\n`
    const answer = await exchange(torv.port, [head, Buffer.alloc(9_000_000, "x")])
    assert.equal(status(answer), 413)
    assert.match(answer, /Det er for stort/)
    assert.match(answer, /<html lang="da">/)
  })

  it("the API says the same as a problem document", async () => {
    const answer = await exchange(torv.port, `POST /api/v1/uploads HTTP/1.1\r\n${HOST}Content-Length: 99999999999\r\n\r\n`)
    assert.equal(status(answer), 413)
    assert.match(answer, /application\/problem\+json/)
  })

  it("a thousand fields in a form are refused", async () => {
    const body = "a=b&".repeat(5000)
    const answer = await exchange(torv.port, `POST /sign-in HTTP/1.1\r\n${HOST}Connection: close\r\n`
      + `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    assert.equal(status(answer), 400)
  })
})

describe("what is nonsense", () => {
  const paths = ["/%", "/%zz", "/%00", "/..%2f..%2fetc/passwd", "/a/../../etc/passwd", "/%ff%fe", "/files/1/..%5c..%5cx", "/t/99999999999999999999",
    "/t/-1", "/t/0x7", "/?%", "/search?q=%ff", "/s/%F0%9F%92%A9", `/${"%41".repeat(3000)}`, "//evil.example/", "/\\evil.example"]
  for (const path of paths)
    it(`the path ${path.slice(0, 30)} is answered with a no that shows nothing of the inside`, async () => {
      const answer = await exchange(torv.port, `GET ${path} HTTP/1.1\r\n${CLOSE}`)
      assert.ok([301, 302, 303, 400, 404].includes(status(answer)), answer.slice(0, 200))
      assert.doesNotMatch(answer, /root:|what\(\)|std::|\/src\/|SQLITE|pq:/)
      assert.doesNotMatch(answer, /^Location: (\/\/|\/\\|http:\/\/evil)/m)
    })

  it("a form that is not UTF-8 is refused", async () => {
    const body = Buffer.from("email=%ff%fe&password=x")
    const answer = await exchange(torv.port, `POST /sign-in HTTP/1.1\r\n${HOST}Connection: close\r\n`
      + `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    assert.equal(status(answer), 400)
  })

  it("a body of unknown kind, broken JSON and broken multipart are refused", async () => {
    const send = (path, type, body) => exchange(torv.port, `POST ${path} HTTP/1.1\r\n${HOST}Connection: close\r\n`
      + `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    const bodies = [["application/json", "{".repeat(10_000)], ["application/json", '{"a":'], ["multipart/form-data; boundary=x", "--x\r\n"],
      ["multipart/form-data", "--x--"], ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'], ["text/weird", "\0\0\0"]]
    for (const path of ["/sign-in", "/api/v1/spaces/1/topics"])
      for (const [type, body] of bodies) {
        const code = status(await send(path, type, body))
        assert.ok(code >= 400 && code < 500, `${path} ${type} ${code}`)
      }
  })

  it("3,000 requests with bytes changed by chance get an answer or an end, and the server lives", async () => {
    const roll = dice(7)
    const seeds = [`GET / HTTP/1.1\r\n${CLOSE}`, `POST /sign-in HTTP/1.1\r\n${HOST}Content-Length: 3\r\nConnection: close\r\n\r\na=b`,
      `POST /sign-in HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n`,
      `GET /search?q=a HTTP/1.1\r\nCookie: session=x\r\nRange: bytes=0-1\r\n${CLOSE}`]
    const mutated = () => {
      const bytes = Buffer.from(seeds[roll(seeds.length)])
      for (let changes = 1 + roll(4); changes > 0; changes--) bytes[roll(bytes.length)] = roll(256)
      return bytes
    }
    for (let round = 0; round < 60; round++) {
      const all = Array.from({ length: 50 }, () => exchange(torv.port, mutated(), { patience: 20_000, end: true }))
      for (const answer of await Promise.all(all)) assert.ok(answer === "" || status(answer) > 0, answer.slice(0, 100))
    }
    await lives()
  })
})

describe("what is slow", () => {
  it("500 slow heads do not keep others waiting, and are ended", async () => {
    const slow = Array.from({ length: 500 }, () => connect(torv.port, "127.0.0.1"))
    let ended = 0
    for (const socket of slow) {
      socket.on("error", () => {})
      socket.on("close", () => ended++)
      socket.on("data", () => {})
      socket.write(`GET / HTTP/1.1\r\n${HOST}`)
    }
    const dribble = setInterval(() => { for (const socket of slow) if (!socket.destroyed) socket.write("X: y\r\n") }, 1000)
    for (let i = 0; i < 20; i++) {
      const begun = performance.now()
      await lives()
      assert.ok(performance.now() - begun < 500, "an honest request waited")
      await new Promise((done) => setTimeout(done, 100))
    }
    for (let i = 0; i < 150 && ended < slow.length; i++) await new Promise((done) => setTimeout(done, 100))
    clearInterval(dribble)
    for (const socket of slow) socket.destroy()
    assert.equal(ended, slow.length)
  })
})

describe("after all of this", () => {
  it("nothing was taken for a fault of our own, and memory is what it was", async () => {
    await lives()
    assert.doesNotMatch(torv.log, /"level":"error"|AddressSanitizer/)
    const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${torv.child.pid}/status`, "utf8"))[1])
    const most = /libasan/.test(readFileSync(`/proc/${torv.child.pid}/maps`, "utf8")) ? 600_000 : 100_000
    assert.ok(resident < most, `${resident} KB`)
  })
})
