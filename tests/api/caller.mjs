// The API of a server of its own with the demo town inside, as its people: every answer is held against the description.
import assert from "node:assert/strict"
import { Torv } from "../e2e/torv.mjs"
import { Contract } from "./contract.mjs"

const WHO = { owner: "admin", moderator: "write", member: "write" }

export class Caller {
  static async start() {
    const caller = new Caller()
    caller.torv = await Torv.start({ demo: true, flags: ["--posts-per-minute", "1000000"] })
    caller.tokens = { guest: null, stranger: "not-a-token" }
    caller.sessions = {}
    const people = caller.torv.demo.matchAll(/^\s*(owner|moderator|member): (\S+)/gm)
    for (const [, role, email] of people) {
      caller.tokens[role] = await caller.#token(email, WHO[role])
      caller.tokens[`${role} with a token to read`] = await caller.#token(email, "read")
      if (role === "member") caller.sessions["member with a browser"] = await caller.#session(email)
    }
    caller.description = await (await fetch(`${caller.torv.url}/api/openapi.json`)).json()
    caller.contract = new Contract(caller.description)
    return caller
  }

  async #token(email, scope) {
    return (await this.torv.command("token", "create", email, "--scope", scope)).stdout.trim()
  }

  /** A cookie and its token, as a browser gets them: a one-time link is opened and its button pressed. */
  async #session(email) {
    const link = await this.torv.link(email)
    const cookies = (answer) => answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ")
    const door = await fetch(link)
    const csrf = (await door.text()).match(/name="csrf" value="([^"]+)"/)[1]
    const through = await fetch(link, { method: "POST", redirect: "manual", headers: { cookie: cookies(door) }, body: new URLSearchParams({ csrf }) })
    const cookie = cookies(through)
    const page = await (await fetch(this.torv.url, { headers: { cookie } })).text()
    return { cookie, "x-csrf": page.match(/name="csrf" content="([^"]+)"/)[1] }
  }

  /** One request; fails when the answer is not what the description says. `body` is sent as JSON, `raw` as it is. */
  async call(who, method, path, { body, raw, headers = {} } = {}) {
    const token = this.tokens[who]
    const bytes = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const target = `/api/v1${path}`
    const answer = await fetch(this.torv.url + target, {
      method, body: bytes, redirect: "manual",
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...this.sessions[who], ...(bytes === undefined ? {} : { "content-type": "application/json" }), ...headers },
    })
    const text = await answer.text()
    const seen = { method, target, status: answer.status, headers: Object.fromEntries(answer.headers), body: text, sent: body }
    const faults = this.contract.faults(seen)
    assert.deepEqual(faults, [], `${who}: ${method} ${target} → ${answer.status} ${text.slice(0, 300)}`)
    return { ...seen, json: text && /json/.test(seen.headers["content-type"]) ? JSON.parse(text) : null }
  }

  /** The same, and it must succeed; gives the JSON. */
  async good(who, method, path, options) {
    const answer = await this.call(who, method, path, options)
    assert.ok(answer.status < 300, `${who}: ${method} ${path} → ${answer.status} ${answer.body.slice(0, 300)}`)
    return answer.json
  }

  /** Every item of a list, by its `next` links. */
  async walk(who, path) {
    const items = []
    for (let next = path, pages = 0; next; pages++) {
      assert.ok(pages < 500, `${path} does not end`)
      const answer = await this.call(who, "GET", next)
      assert.equal(answer.status, 200, answer.body)
      items.push(...answer.json.items)
      next = answer.headers.link?.match(/^<\/api\/v1([^>]+)>; rel="next"$/)[1]
    }
    return items
  }

  stop() {
    return this.torv.stop()
  }
}
