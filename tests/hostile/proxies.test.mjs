// A server in front and ours behind it must agree where a message ends: what one takes for a body, the other must not take for a request.
import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { Torv } from "../e2e/torv.mjs"
import { Front, FRONTS, has } from "./proxies.mjs"
import { answers, exchange, status } from "./raw.mjs"

const HOST = "Host: localhost\r\n"
const SMUGGLED = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`
const post = (head, body) => `POST /sign-in HTTP/1.1\r\n${HOST}${head}\r\n${body}`
const chunked = (body) => post("Transfer-Encoding: chunked\r\n", body)
const lastChunk = `0\r\n\r\n${SMUGGLED}`

const CASES = {
  "a length, then a coding": post(`Content-Length: ${lastChunk.length}\r\nTransfer-Encoding: chunked\r\n`, lastChunk),
  "a coding, then a length": post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", `5c\r\n${SMUGGLED}\r\n0\r\n\r\n`),
  "two lengths": post(`Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
  "two equal lengths": post("Content-Length: 3\r\nContent-Length: 3\r\n", `a=b${SMUGGLED}`),
  "a list of lengths": post("Content-Length: 0, 0\r\n", SMUGGLED),
  "a length with a sign": post("Content-Length: +3\r\n", `a=b${SMUGGLED}`),
  "a length with a blank inside": post("Content-Length: 0 3\r\n", `a=b${SMUGGLED}`),
  "a length in hexadecimal": post("Content-Length: 0x3\r\n", `a=b${SMUGGLED}`),
  "a length with zeros before it": post("Content-Length: 0003\r\n", `a=b${SMUGGLED}`),
  "a negative length": post("Content-Length: -1\r\n", SMUGGLED),
  "a length over 64 bits": post("Content-Length: 18446744073709551619\r\n", `a=b${SMUGGLED}`),
  "a length that the connection header takes away": post(`Connection: Content-Length\r\nContent-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
  "a coding that the connection header takes away": post("Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n", lastChunk),
  "a coding with a tab": post("Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n", lastChunk),
  "a coding with a blank before its colon": post("Transfer-Encoding : chunked\r\n", lastChunk),
  "a coding with a control character": post("Transfer-Encoding: \x0bchunked\r\n", lastChunk),
  "a folded coding": post("Transfer-Encoding:\r\n chunked\r\n", lastChunk),
  "a folded header": post("X: a\r\n b\r\nContent-Length: 3\r\n", `a=b${SMUGGLED}`),
  "a coding after a folded line": post("X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", `a=b${SMUGGLED}`),
  "a coding twice": post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", lastChunk),
  "two codings": post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", lastChunk),
  "a list of codings": post("Transfer-Encoding: identity, chunked\r\n", lastChunk),
  "an unknown coding": post("Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n", lastChunk),
  "a coding in capitals": post("Transfer-Encoding: CHUNKED\r\n", lastChunk),
  "a coding in HTTP/1.0": `POST /sign-in HTTP/1.0\r\n${HOST}Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n${lastChunk}`,
  "a line ended by LF alone": post(`X: y\nContent-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
  "a head of LF alone": `POST /sign-in HTTP/1.1\nHost: localhost\nContent-Length: 3\n\na=b${SMUGGLED}`,
  "a line ended by CR alone": post(`X: y\rContent-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
  "a head that ends in LF LF": `POST /sign-in HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\na=b${SMUGGLED}`,
  "a header without a colon": post(`Content-Length\r\nContent-Length: 3\r\n`, `a=b${SMUGGLED}`),
  "a header without a name": post(`: x\r\nContent-Length: 3\r\n`, `a=b${SMUGGLED}`),
  "a byte 0 in a header": post("X: a\0b\r\nContent-Length: 3\r\n", `a=b${SMUGGLED}`),
  "a length spelled with an underscore": post(`Content_Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
  "two hosts": `GET /livez HTTP/1.1\r\n${HOST}Host: other\r\n\r\n${SMUGGLED}`,
  "another host in the target": `GET http://other/livez HTTP/1.1\r\n${HOST}\r\n${SMUGGLED}`,
  "a version that is none": `GET /livez HTTP/1.1 x\r\n${HOST}\r\n${SMUGGLED}`,
  "a request of HTTP/0.9": "GET /livez\r\n",
  "empty lines first": `\r\n\r\nGET /livez HTTP/1.1\r\n${HOST}\r\n`,
  "a body with a GET": `GET /livez HTTP/1.1\r\n${HOST}Content-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`,
  "a chunked body with a GET": `GET /livez HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n${lastChunk}`,
  "a body with a HEAD": `HEAD /livez HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\na=b${SMUGGLED}`,
  "an extension of a chunk": chunked(`3;a=b\r\na=b\r\n${lastChunk}`),
  "an extension with an LF": chunked(`3;a\nb\r\na=b\r\n${lastChunk}`),
  "an extension in quotes with a line end": chunked(`3;a="\r\n"\r\na=b\r\n${lastChunk}`),
  "an extension of 20 KB": chunked(`3;${"a".repeat(20_000)}\r\na=b\r\n${lastChunk}`),
  "a chunk ended by LF alone": chunked(`3\na=b\n0\n\n${SMUGGLED}`),
  "a chunk with two bytes for its line end": chunked(`3\r\na=bXX0\r\n\r\n${SMUGGLED}`),
  "a chunk size with 0x": chunked(`0x3\r\na=b\r\n${lastChunk}`),
  "a chunk size with a sign": chunked(`+3\r\na=b\r\n${lastChunk}`),
  "a chunk size with a blank": chunked(` 3\r\na=b\r\n${lastChunk}`),
  "a chunk size with a blank after it": chunked(`3 \r\na=b\r\n${lastChunk}`),
  "a chunk size over 64 bits": chunked(`10000000000000003\r\na=b\r\n${lastChunk}`),
  "an empty chunk size": chunked(`\r\na=b\r\n${lastChunk}`),
  "trailers": chunked(`3\r\na=b\r\n0\r\nContent-Length: 50\r\nX: y\r\n\r\n${SMUGGLED}`),
  "a trailer that is none": chunked(`3\r\na=b\r\n0\r\nGET /smuggled HTTP/1.1\r\n\r\n`),
  "no last chunk": chunked("3\r\na=b\r\n"),
  "two requests in one write": `GET /livez HTTP/1.1\r\n${HOST}\r\nGET /livez HTTP/1.1\r\n${HOST}\r\n`,
  "100-continue": post("Expect: 100-continue\r\nContent-Length: 3\r\n", `a=b${SMUGGLED}`),
  "an unknown expectation": post("Expect: much\r\nContent-Length: 3\r\n", `a=b${SMUGGLED}`),
  "an upgrade to h2c": `GET /livez HTTP/1.1\r\n${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n${SMUGGLED}`,
}

/** Answers that a stream holds and that Torv made: those of the server in front have no such header. To HTTP/0.9 nginx gives the body alone. */
const ours = (text) => (text && !text.startsWith("HTTP/") ? [text] : answers(text)).filter((answer) => !answer.startsWith("HTTP/") || /^X-Request-Id: /im.test(answer.split("\r\n\r\n")[0]))

let torv
before(async () => { torv = await Torv.start() })
after(() => torv?.stop())

for (const name of Object.keys(FRONTS))
  describe(`${name} in front`, { skip: has(name) ? false : `skipped: no ${name}` }, () => {
    let front
    before(async () => { front = await Front.start(name, torv.port) })
    after(() => front?.stop())

    it("would be heard, had it sent more than it meant to", async () => {
      const heard = front.ear.heard
      await exchange(front.to, `GET /livez HTTP/1.1\r\n${HOST}\r\n${SMUGGLED}`, { patience: 400 })
      assert.equal(front.ear.heard - heard, 2)
    })

    for (const [what, bytes] of Object.entries(CASES))
      it(`agrees on ${what}`, async () => {
        const heard = front.ear.heard
        const came = ours(await exchange(front.port, Buffer.from(bytes, "latin1"), { patience: 400 }))
        // Were something left in a connection between the two, the next person would get the answer to it.
        for (let n = 0; n < 2; n++) {
          const next = await exchange(front.port, `GET /livez HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`)
          assert.equal(status(next), 200, next)
          assert.ok(next.endsWith('{"live":true}'), next)
        }
        assert.equal(front.ear.heard - heard, came.length + 2, `Torv answered ${front.ear.heard - heard - 2}, people got ${came.length}`)
      })
  })
