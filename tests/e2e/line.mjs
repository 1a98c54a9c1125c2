// A page's line without a page: the WebSocket that web/elements/live.ts holds, for tests that need many or strange ones.

/** Signs in by a one-time link; gives the cookie. */
export async function cookieOf(torv, email) {
  const link = await torv.link(email)
  const html = await (await fetch(link)).text()
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)[1]
  const answer = await fetch(link, { method: "POST", redirect: "manual", body: new URLSearchParams({ csrf }) })
  const cookie = answer.headers.getSetCookie().map((each) => each.split(";")[0]).find((each) => /^(__Host-)?session=/.test(each))
  if (!cookie) throw new Error(`not signed in: ${answer.status}`)
  return cookie
}

/** Follows streams, comes back when the line breaks, and keeps what it was told. */
export class Line {
  news = []
  after = new Map()
  closes = []

  constructor(url, { cookie = "", streams = [], comesBack = true } = {}) {
    Object.assign(this, { url, cookie, streams, comesBack })
  }

  open() {
    const headers = { origin: this.url, ...(this.cookie ? { cookie: this.cookie } : {}) }
    this.socket = new WebSocket(`${this.url.replace("http", "ws")}/live`, { headers })
    this.socket.addEventListener("open", () => {
      for (const stream of this.streams) this.say({ do: "on", stream, after: this.after.get(stream) ?? 1e12 })
    })
    this.socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(data)))
    this.socket.addEventListener("error", () => this.#again(0))
    this.socket.addEventListener("close", ({ code }) => {
      this.closes.push(code)
      this.#again(code)
    })
    return this
  }

  /** A connection that was refused may say so by an error alone. */
  #again(code) {
    if (!this.comesBack || code === 4401 || this.waits) return
    this.waits = true
    setTimeout(() => {
      this.waits = false
      if (this.comesBack) this.open()
    }, 100)
  }

  #take(news) {
    const known = this.after.get(news.stream) ?? -1
    if (news.at && news.do !== "on" && news.at <= known) this.doubled = true
    if (news.at) this.after.set(news.stream, Math.max(known, news.at))
    this.news.push(news)
  }

  say(words) { this.socket.send(JSON.stringify(words)) }

  /** Waits for news that is as wished; fails after `ms`. */
  async until(wished, ms = 5000) {
    for (const end = Date.now() + ms; Date.now() < end; await new Promise((done) => setTimeout(done, 10))) {
      const found = this.news.find(wished)
      if (found) return found
    }
    throw new Error(`not told within ${ms} ms; told: ${JSON.stringify(this.news).slice(-500)}`)
  }

  close() {
    this.comesBack = false
    this.socket.close()
  }
}
