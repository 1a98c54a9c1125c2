// The API as somebody of the demo town.

export class Api {
  constructor(torv, token) {
    this.torv = torv
    this.token = token
  }

  /** As the member whose address the demo printed last. */
  static async of(torv) {
    const emails = torv.demo.match(/[\w.+-]+@[\w.-]+\w/g)
    if (!emails) throw new Error(`no address in: ${torv.demo}`)
    const { stdout } = await torv.command("token", "create", emails.at(-1), "--scope", "write")
    return new Api(torv, stdout.trim())
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

  /** A space one may write in. */
  async space() {
    const { json } = await this.send("GET", "/api/v1/spaces")
    for (const { id } of json.items) {
      const made = await this.topic(id, "A first word", "To see whether this is the place.")
      if (made.status === 201) return id
    }
    throw new Error("nowhere to write")
  }

  topic(space, title, body, key) {
    return this.send("POST", `/api/v1/spaces/${space}/topics`, { title, body }, key ? { "idempotency-key": key } : {})
  }

  async firstPost(topic) {
    const { json } = await this.send("GET", `/api/v1/topics/${topic}/posts`)
    return json.items[0]
  }
}
