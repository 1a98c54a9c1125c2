// A small stage for custom elements: pages made in the test, under the same strict content policy as the real ones,
// and a record of what the browser asked. Only here is the server played; journeys use the real one.
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { extname, join, resolve } from "node:path"

const root = resolve(import.meta.dirname, "../..")
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; "
  + "base-uri 'none'; require-trusted-types-for 'script'; trusted-types torv"
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" }

export class Stage {
  asked = []
  answers = new Map()

  async open() {
    this.bundle = mkdtempSync(join(tmpdir(), "torv-bundle-"))
    execFileSync(process.execPath, [join(root, "web/build.mjs"), "--out", this.bundle])
    this.names = JSON.parse(readFileSync(join(this.bundle, "manifest.json"), "utf8"))
    this.server = createServer((request, response) => this.#serve(request, response))
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    this.url = `http://localhost:${this.server.address().port}`
  }

  async close() {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
    rmSync(this.bundle, { recursive: true })
  }

  /** "POST /uploads" is answered by what `answer` gives: {status, type, body, location}. */
  on(route, answer) {
    this.answers.set(route, answer)
  }

  /** A page around a piece of markup. */
  page(body) {
    return { type: "text/html; charset=utf-8", body: `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Scene</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="csrf" content="the-token">
<link rel="icon" href="/assets/${this.names["favicon.svg"]}"><link rel="stylesheet" href="/assets/${this.names["app.css"]}"><script type="module" src="/assets/${this.names["app.js"]}"></script>
</head><body class="app"><main class="page" id="main">${body}</main><div class="live" id="live" aria-live="polite"></div></body></html>` }
  }

  calls(route) {
    return this.asked.filter((each) => each.route === route)
  }

  async #serve(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url)
    if (pathname.startsWith("/assets/")) return this.#asset(pathname.slice(8), response)
    const parts = []
    for await (const part of request) parts.push(part)
    const route = `${request.method} ${pathname}`
    const call = { route, query: searchParams, headers: request.headers, bytes: Buffer.concat(parts) }
    call.fields = new URLSearchParams(call.bytes.toString())
    this.asked.push(call)
    const answer = await this.answers.get(route)?.(call)
    const head = { "content-type": answer?.type ?? "text/plain", "content-security-policy": POLICY }
    if (answer?.location) head.location = answer.location
    response.writeHead(answer ? (answer.status ?? 200) : 404, head)
    response.end(answer?.body)
  }

  #asset(name, response) {
    response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" })
    response.end(readFileSync(join(this.bundle, name)))
  }
}
