// A push service and the keys of a browser, as the server sees them: keeps what it is sent, checks who sends it as RFC 8292
// asks, and opens it with another library than ours.
import assert from "node:assert/strict"
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto"
import { createServer } from "node:http"
import ece from "http_ece"

export class PushService {
  taken = []
  status = 201
  headers = {}
  #waiting = []

  async open() {
    this.server = createServer((request, response) => this.#take(request, response))
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    this.host = `127.0.0.1:${this.server.address().port}`
  }

  close() {
    this.server?.closeAllConnections()
    this.server?.close()
  }

  async #take(request, response) {
    const parts = []
    for await (const part of request) parts.push(part)
    this.taken.push({ path: request.url, headers: request.headers, body: Buffer.concat(parts) })
    response.writeHead(this.status, this.headers).end()
    for (const look of this.#waiting) look()
  }

  /** The message with this number, from 1; waits for it. */
  async message(number, patience = 60_000) {
    const ends = Date.now() + patience
    while (this.taken.length < number) {
      if (Date.now() > ends) throw new Error(`only ${this.taken.length} messages came`)
      await new Promise((done) => { this.#waiting.push(done); setTimeout(done, 500) })
    }
    return this.taken[number - 1]
  }
}

/** A browser as the server knows it. */
export class Subscriber {
  keys = createECDH("prime256v1")
  secret = randomBytes(16)

  constructor(service, name) {
    this.endpoint = `http://${service.host}/${name}`
    this.keys.generateKeys()
  }

  offer() {
    return { endpoint: this.endpoint, p256dh: this.keys.getPublicKey("base64url"), auth: this.secret.toString("base64url") }
  }

  open(message) {
    const text = ece.decrypt(message.body, { version: "aes128gcm", privateKey: this.keys, authSecret: this.secret })
    return JSON.parse(text.toString())
  }
}

/** The token must be signed by the key that comes with it, be for this service, and end within a day. */
export function assertSigned(message, service, contact) {
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(message.headers.authorization)
  const [head, claims, signature] = token.split(".")
  const point = Buffer.from(key, "base64url")
  assert.equal(point.length, 65)
  const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") }
  const good = verify("sha256", Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))
  assert.ok(good, "the token is not signed by its key")
  assert.deepEqual(JSON.parse(Buffer.from(head, "base64url")), { typ: "JWT", alg: "ES256" })
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url"))
  assert.equal(aud, `http://${service.host}`)
  assert.equal(sub, contact)
  const left = exp - Date.now() / 1000
  assert.ok(left > 0 && left <= 24 * 3600, `the token ends in ${left} s`)
  return key
}
