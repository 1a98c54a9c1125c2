// The API as the owner of a fresh community.

export const ROOMY = ["--posts-per-minute", "1000000"]
const EMAIL = "olga@example.org"

export class Api {
  email = EMAIL

  /** Becomes the owner by the link that the server printed, and takes a token. */
  static async of(torv) {
    const link = await torv.ownerLink()
    const page = await (await fetch(link)).text()
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)[1]
    const fields = { csrf, name: "Olga Lund", email: EMAIL, password: "a long enough secret" }
    const answer = await fetch(link, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) })
    if (answer.status !== 303) throw new Error(`no owner: ${answer.status} ${await answer.text()}`)
    const { stdout } = await torv.command("token", "create", EMAIL, "--scope", "admin")
    const api = new Api()
    api.torv = torv
    api.token = stdout.trim()
    return api
  }

  async send(method, path, body, headers = {}) {
    const answer = await fetch(this.torv.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body ? { "content-type": "application/json" } : {}), ...headers },
      body: body && JSON.stringify(body),
    })
    const text = await answer.text()
    const json = /json/.test(answer.headers.get("content-type") ?? "") ? JSON.parse(text) : null
    return { status: answer.status, headers: answer.headers, text, json }
  }

  /** The id of a new space. */
  async space() {
    const made = await this.send("POST", "/api/v1/spaces", { name: "Lounge", kind: "discussion", visibility: "public" })
    if (made.status !== 201) throw new Error(`no space: ${made.status} ${made.text}`)
    return made.json.id
  }

  topic(space, title, body, key) {
    return this.send("POST", `/api/v1/spaces/${space}/topics`, { title, body }, key ? { "idempotency-key": key } : {})
  }

  async firstPost(topic) {
    const { json } = await this.send("GET", `/api/v1/topics/${topic}/posts`)
    return json.items[0]
  }
}
