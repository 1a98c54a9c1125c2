// The one line of this page to the server. Elements follow streams; what happens there comes as messages, in order,
// none twice. When the line breaks it is opened again, later each time, and what was missed is told.

export interface News {
  stream: string
  at: number
  do: string
  by?: string
  html?: string
  [field: string]: unknown
}
export type Hear = (news: News) => void

interface Followed { after: number, active: boolean, hear: Set<Hear> }

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30000
const LOST_AFTER_MS = 8000
const AGAIN_AFTER_MS = 20000
const SIGNED_OUT = 4401

const followed = new Map<string, Followed>()
let socket: WebSocket | null = null
let failures = 0
let timer = 0
let lost = 0
let begin = -1

const config = () => document.querySelector<HTMLElement>("live-line")

/** Who looks at this page; "" for guests. */
export const me = () => config()?.getAttribute("me") ?? ""

/** Where the record stood when the page was made; -1: the page is not live. */
function position() {
  if (begin < 0) begin = Number(config()?.getAttribute("position") ?? -1)
  return begin
}

/** Hears what happens on a stream from now on. Gives the way out. */
export function follow(stream: string, hear: Hear) {
  if (position() < 0) return () => undefined
  let one = followed.get(stream)
  if (!one) {
    one = { after: position(), active: false, hear: new Set() }
    followed.set(stream, one)
    if (socket?.readyState === WebSocket.OPEN) ask(stream, one)
  }
  one.hear.add(hear)
  connect()
  return () => {
    one.hear.delete(hear)
    if (one.hear.size > 0) return
    followed.delete(stream)
    say({ do: "off", stream })
  }
}

/** Tells the server something that may be lost. */
export function say(words: Record<string, unknown>) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(words))
}

/** The page again, as it is now: once in a while, should that not help. */
export function reload() {
  const last = Number(sessionStorage.getItem("torv:reloaded") ?? 0)
  if (Date.now() - last < AGAIN_AFTER_MS) return
  sessionStorage.setItem("torv:reloaded", String(Date.now()))
  location.reload()
}

const ask = (stream: string, { after }: Followed) => say({ do: "on", stream, after })

function connect() {
  if (socket || timer || followed.size === 0) return
  const address = new URL("/live", location.href)
  address.protocol = address.protocol.replace("http", "ws")
  socket = new WebSocket(address)
  socket.addEventListener("open", () => {
    failures = 0
    setLost(false)
    for (const [stream, one] of followed) ask(stream, one)
    document.dispatchEvent(new CustomEvent("torv:line"))
  })
  socket.addEventListener("message", (event) => take(JSON.parse(event.data as string) as News))
  socket.addEventListener("close", ended)
}

function ended(event: CloseEvent) {
  socket = null
  for (const one of followed.values()) one.active = false
  if (event.code === SIGNED_OUT) return reload()
  if (!lost) lost = window.setTimeout(() => setLost(true), LOST_AFTER_MS)
  // Nobody is alone in having lost the line: they should not all come back at once.
  const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
  failures += 1
  timer = window.setTimeout(retry, wait * (0.5 + Math.random()))
}

function retry() {
  clearTimeout(timer)
  timer = 0
  connect()
}

function setLost(yes: boolean) {
  clearTimeout(lost)
  lost = 0
  config()?.toggleAttribute("lost", yes)
}

function take(news: News) {
  if (news.stream === "presence") return void document.dispatchEvent(new CustomEvent("torv:presence", { detail: news }))
  const one = followed.get(news.stream)
  if (!one) return
  // Whatever comes on the line comes in order: all streams that are followed are known up to here.
  const state = news.do === "on" || news.do === "off" || news.do === "again"
  const fresh = state || !news.at || news.at > one.after
  if (state) one.active = news.do !== "off"
  if (news.at) one.after = Math.max(one.after, news.at)
  // Another stream may have news of the same row, which is still on its way.
  if (news.at) for (const each of followed.values()) if (each.active) each.after = Math.max(each.after, news.at - 1)
  if (fresh) for (const hear of one.hear) hear(news)
}

// A phone that wakes up, or a line that is back, need not wait.
addEventListener("online", retry)
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !socket) retry()
})
// A page with an open line cannot wait behind the back button.
addEventListener("pagehide", () => socket?.close())
addEventListener("pageshow", (event) => {
  if (event.persisted) retry()
})
