// The page's line: what is heard once and in order, what is asked for after a break, and when it is opened again.
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"
import { fileURLToPath } from "node:url"
import { buildSync } from "esbuild"

const bundle = buildSync({ entryPoints: [fileURLToPath(new URL("live.ts", import.meta.url))], bundle: true, format: "esm", write: false })
const source = bundle.outputFiles[0].text
const POSITION = 100
let made = 0
let live, page, sockets

class Socket extends EventTarget {
  static OPEN = 1
  readyState = 0
  sent = []

  constructor(address) {
    super()
    this.address = String(address)
    sockets.push(this)
  }

  send(text) { this.sent.push(JSON.parse(text)) }
  opens() {
    this.readyState = Socket.OPEN
    this.dispatchEvent(new Event("open"))
  }
  tells(...news) { for (const one of news) this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(one) })) }
  ends(code = 1006) {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event("close"), { code }))
  }
  close() { this.ends(1001) }
}

/** A page whose record stood at a position; -1: the page is not live. */
async function open(position = POSITION) {
  const line = { lost: false, getAttribute: (name) => (name === "position" ? String(position) : name === "me" ? "24" : null),
    toggleAttribute: (_, yes) => { line.lost = yes } }
  const document = Object.assign(new EventTarget(), { hidden: false, querySelector: () => line })
  const kept = new Map()
  page = { line, document, reloads: 0, window: new EventTarget() }
  Object.assign(globalThis, { window: globalThis, document, WebSocket: Socket,
    location: { href: "https://square.test/t/7", reload: () => { page.reloads += 1 } },
    sessionStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
    addEventListener: (...words) => page.window.addEventListener(...words) })
  made += 1
  live = await import(`data:text/javascript,${encodeURIComponent(`${source}\n//${made}`)}`)
}

/** What a stream hears from now on, as "post 101". */
function hear(stream) {
  const heard = []
  const leave = live.follow(stream, (news) => heard.push(`${news.do} ${news.at ?? "-"}`))
  Object.defineProperty(heard, "leave", { value: leave, enumerable: false })
  return heard
}

const news = (stream, at, what = "post") => ({ stream, at, do: what })

beforeEach(async () => {
  sockets = []
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 })
  mock.method(Math, "random", () => 0.5)
  await open()
})

test("each stream is asked for from where the page stood, on one socket", () => {
  hear("topic:7")
  hear("topic:7")
  hear("community")
  assert.equal(sockets.length, 1)
  assert.equal(sockets[0].address, "wss://square.test/live")
  sockets[0].opens()
  assert.deepEqual(sockets[0].sent, [{ do: "on", stream: "topic:7", after: POSITION }, { do: "on", stream: "community", after: POSITION }])
  hear("space:5")
  assert.deepEqual(sockets[0].sent.at(-1), { do: "on", stream: "space:5", after: POSITION })
})

test("what is told twice is heard once, and in order", () => {
  const heard = hear("topic:7")
  sockets[0].opens()
  sockets[0].tells(news("topic:7", 99), news("topic:7", 101), news("topic:7", 102), news("topic:7", 101), news("topic:7", 102), news("topic:7", 105))
  assert.deepEqual(heard, ["post 101", "post 102", "post 105"])
})

test("what has no position is always heard: it is not of the record", () => {
  const heard = hear("notices:24")
  sockets[0].opens()
  sockets[0].tells({ stream: "notices:24", do: "own" }, { stream: "notices:24", do: "own" })
  assert.deepEqual(heard, ["own -", "own -"])
})

test("after a break only what was missed is asked for, of every stream that stood", () => {
  hear("topic:7")
  hear("community")
  hear("space:5")
  sockets[0].opens()
  // The third is not followed yet: nobody knows what it has missed.
  sockets[0].tells(news("topic:7", 100, "on"), news("community", 100, "on"), news("topic:7", 140))
  sockets[0].ends()
  mock.timers.tick(500)
  assert.equal(sockets.length, 2)
  sockets[1].opens()
  // The other may still have news of the row that was told last.
  assert.deepEqual(sockets[1].sent, [{ do: "on", stream: "topic:7", after: 140 }, { do: "on", stream: "community", after: 139 }, { do: "on", stream: "space:5", after: POSITION }])
})

test("a stream that may not be read any more is not thought to be known", () => {
  hear("topic:7")
  const other = hear("space:5")
  sockets[0].opens()
  sockets[0].tells(news("topic:7", 100, "on"), news("space:5", 100, "on"), news("space:5", 110, "off"), news("topic:7", 150))
  assert.deepEqual(other, ["on 100", "off 110"])
  sockets[0].ends()
  mock.timers.tick(500)
  sockets[1].opens()
  assert.deepEqual(sockets[1].sent.map(({ stream, after }) => `${stream} ${after}`), ["topic:7 150", "space:5 110"])
})

test("the same row is news on two streams, and heard on both", () => {
  const topic = hear("topic:7")
  const everywhere = hear("community")
  sockets[0].opens()
  sockets[0].tells(news("topic:7", 100, "on"), news("community", 100, "on"), news("topic:7", 101, "said"), news("community", 101, "said"))
  assert.deepEqual(topic.at(-1), "said 101")
  assert.deepEqual(everywhere.at(-1), "said 101")
})

test("a line that breaks again and again is opened later each time, half a minute at most", () => {
  hear("topic:7")
  const waits = []
  for (let i = 0; i < 9; i++) {
    sockets.at(-1).ends()
    const before = sockets.length
    let waited = 0
    while (sockets.length === before) {
      mock.timers.tick(500)
      waited += 500
    }
    waits.push(waited)
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000])
  sockets.at(-1).opens()
  sockets.at(-1).ends()
  mock.timers.tick(500)
  assert.equal(sockets.length, 11)
})

test("a short break is not worth a word; a longer one is told until the line is back", () => {
  hear("topic:7")
  sockets[0].opens()
  sockets[0].ends()
  mock.timers.tick(500)
  assert.equal(page.line.lost, false)
  mock.timers.tick(8000)
  assert.equal(page.line.lost, true)
  sockets.at(-1).opens()
  assert.equal(page.line.lost, false)
})

test("a device that wakes up does not wait", () => {
  hear("topic:7")
  for (let i = 0; i < 5; i++) {
    sockets.at(-1).ends()
    mock.timers.tick(60_000)
  }
  sockets.at(-1).ends()
  const before = sockets.length
  page.window.dispatchEvent(new Event("online"))
  assert.equal(sockets.length, before + 1)
})

test("who is signed out sees the page as it is now, and not over and over", () => {
  hear("topic:7")
  sockets[0].opens()
  sockets[0].ends(4401)
  assert.equal(page.reloads, 1)
  mock.timers.tick(60_000)
  assert.equal(sockets.length, 1)
  live.reload()
  assert.equal(page.reloads, 2)
  live.reload()
  assert.equal(page.reloads, 2)
})

test("the last one who hears a stream lets it go", () => {
  const one = hear("topic:7")
  const two = hear("topic:7")
  sockets[0].opens()
  one.leave()
  assert.equal(sockets[0].sent.length, 1)
  sockets[0].tells(news("topic:7", 101))
  two.leave()
  assert.deepEqual(sockets[0].sent.at(-1), { do: "off", stream: "topic:7" })
  sockets[0].tells(news("topic:7", 102))
  assert.deepEqual([one, two].map((each) => each.join()), ["", "post 101"])
})

test("a page that is not live opens no line", async () => {
  await open(-1)
  hear("topic:7")
  assert.equal(sockets.length, 0)
})
