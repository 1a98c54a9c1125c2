// A page that takes nothing any more: it is sent away while the others are told. Back again it is told what it missed, or,
// when that would choke it once more, to ask for the page anew.
import { test } from "node:test"
import assert from "node:assert/strict"
import { connect } from "node:net"
import { cookieOf, Line } from "../e2e/line.mjs"
import { Torv } from "../e2e/torv.mjs"
import { Api, ROOMY } from "./api.mjs"

const POSTS = 120
const BODY = "And on it goes. ".repeat(3000)

/** A page that says what it wants to follow, and then reads nothing. `gone` when the server has ended the connection. */
function sleeper(torv, cookie, stream) {
  const host = new URL(torv.url).host
  const words = Buffer.from(JSON.stringify({ do: "on", stream, after: 1e12 }))
  const socket = connect(torv.port, "127.0.0.1")
  socket.write(`GET /live HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${torv.url}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
  return new Promise((asleep) => {
    socket.once("data", () => {
      socket.pause()
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | words.length, 0, 0, 0, 0]), words]))
      asleep(socket)
    })
    socket.on("error", () => {})
  })
}

test("who takes nothing is sent away, holds up nobody, and misses nothing", async () => {
  const torv = await Torv.start({ flags: ROOMY })
  const api = await Api.of(torv)
  const made = await api.topic(await api.space(), "A long evening", "Sit down.")
  const stream = `topic:${made.json.id}`
  const cookie = await cookieOf(torv, api.email)
  const asleep = await sleeper(torv, cookie, stream)
  const awake = new Line(torv.url, { cookie, streams: [stream] }).open()
  const { at } = await awake.until(({ do: what }) => what === "on")
  await new Promise((done) => setTimeout(done, 200))

  const said = []
  for (let i = 0; i < POSTS; i++) {
    const { json } = await api.send("POST", `/api/v1/topics/${made.json.id}/posts`, { body: `${i} ${BODY}` })
    said.push(json.id)
  }
  await awake.until(({ post }) => post === said.at(-1), 5000)
  const told = (line) => line.news.filter(({ do: what }) => what === "said").map(({ post }) => post)
  assert.deepEqual(told(awake), said)

  // What lies in the buffers between is read to its end, which is before the last of it.
  let came = 0
  asleep.on("data", (part) => { came += part.length })
  const gone = new Promise((done) => asleep.once("close", done))
  asleep.resume()
  await gone
  assert.ok(came < POSTS * BODY.length, `${came} bytes came to who was asleep`)

  const back = new Line(torv.url, { cookie, streams: [stream] })
  back.after.set(stream, at)
  back.open()
  await back.until(({ do: what }) => what === "again")
  assert.deepEqual(told(back), [])
  assert.deepEqual(back.closes, [])

  const few = new Line(torv.url, { cookie, streams: [stream] })
  few.after.set(stream, awake.news.find(({ post }) => post === said.at(-6)).at)
  few.open()
  await few.until(({ do: what }) => what === "on")
  assert.deepEqual(told(few), said.slice(-5))
  for (const line of [awake, back, few]) line.close()
  await torv.stop()
})
