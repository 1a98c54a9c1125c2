// The configurations of deploy/proxy as they are: with their encryption, open pages, streams of events and large files pass
// through. Only names, ports and certificates are put in.
import { after, before, describe, it } from "node:test"
import assert from "node:assert/strict"
import { createHash, randomBytes } from "node:crypto"
import { execFileSync, spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { cookieOf, Line } from "../e2e/line.mjs"
import { freePort, Torv } from "../e2e/torv.mjs"
import { Api, ROOMY } from "./api.mjs"
import { has } from "./proxies.mjs"

const proxies = resolve(import.meta.dirname, "../../deploy/proxy")
const PATH = `${process.env.PATH}:/usr/sbin`
const LARGE = 48 << 20
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0" // the certificate is made here

/** What `deploy/proxy/FILE` says, with each pair put in; a pair that is not found there is a fault of this test. */
function filled(file, ...pairs) {
  let text = readFileSync(join(proxies, file), "utf8")
  for (const [from, to] of pairs) {
    assert.ok(text.includes(from), `${file} does not say ${from}`)
    text = text.replaceAll(from, to)
  }
  return text
}

function certificate(folder) {
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
    "-keyout", `${folder}/privkey.pem`, "-out", `${folder}/fullchain.pem`], { stdio: "ignore" })
}

const FRONTS = {
  nginx: ({ port, plain, to, folder }) => {
    certificate(folder)
    const site = filled("nginx.conf", ["127.0.0.1:8080", `127.0.0.1:${to}`], ["listen 443", `listen 127.0.0.1:${port}`],
      ["listen 80;", `listen 127.0.0.1:${plain};`], ["square.example;", "localhost;"], ["/etc/letsencrypt/live/square.example", folder])
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")
    writeFileSync(`${folder}/conf`, `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
      events { worker_connections 64; } http { access_log off; ${temporary} ${site} }`)
    return ["nginx", "-p", folder, "-e", `${folder}/error.log`, "-c", `${folder}/conf`]
  },
  caddy: ({ port, plain, to, folder }) => {
    const site = filled("Caddyfile", ["127.0.0.1:8080", `127.0.0.1:${to}`], ["square.example {", `localhost:${port} {\n\ttls internal`])
    writeFileSync(`${folder}/conf`, `{\n\tadmin off\n\thttp_port ${plain}\n\thttps_port ${port}\n\tskip_install_trust\n\tstorage file_system ${folder}/state\n}\n${site}`)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", `${folder}/conf`]
  },
}

/** Torv behind a proxy, as the guide says, and the owner's API through it. */
class House {
  static async open(name) {
    const house = new House()
    house.folder = mkdtempSync(join(tmpdir(), `torv-${name}-`))
    const [port, plain] = [await freePort(), await freePort()]
    house.url = `https://localhost:${port}`
    house.torv = await Torv.start({ flags: [...ROOMY, "--public-url", house.url, "--trusted-proxies", "127.0.0.1"] })
    const [program, ...words] = FRONTS[name]({ port, plain, to: house.torv.port, folder: house.folder })
    house.child = spawn(program, words, { env: { ...process.env, PATH, HOME: house.folder } })
    house.log = ""
    for (const stream of [house.child.stdout, house.child.stderr]) stream.on("data", (text) => { house.log += text })
    await house.#answers(name)
    house.api = await Api.of({ url: house.url, ownerLink: async () => house.url + new URL(await house.torv.ownerLink()).pathname,
      command: (...command) => house.torv.command(...command) })
    house.topic = (await house.api.topic(await house.api.space(), "Through the door", "Hello")).json.id
    return house
  }

  async #answers(name) {
    for (let tries = 0; tries < 300; tries++) {
      if (this.child.exitCode !== null) throw new Error(`${name} ended:\n${this.log}`)
      if ((await fetch(`${this.url}/livez`).catch(() => null))?.ok) return
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error(`${name} does not answer:\n${this.log}`)
  }

  async link(email) {
    return (await this.torv.link(email)).replace(/^https?:\/\/[^/]+/, this.url)
  }

  say(body) {
    return this.api.send("POST", `/api/v1/topics/${this.topic}/posts`, { body })
  }

  async close() {
    const ended = new Promise((done) => this.child.once("exit", done))
    this.child.kill("SIGTERM")
    await ended
    await this.torv.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

for (const name of Object.keys(FRONTS))
  describe(`deploy/proxy for ${name}`, { skip: has(name) ? false : `skipped: no ${name}` }, () => {
    let house
    before(async () => { house = await House.open(name) })
    after(() => house?.close())

    it("carries open pages", async () => {
      const stream = `topic:${house.topic}`
      const page = new Line(house.url, { cookie: await cookieOf(house, house.api.email), streams: [stream] }).open()
      try {
        await page.until(({ do: what }) => what === "on")
        await house.say("to an open page")
        await page.until(({ html }) => html?.includes("to an open page"), 1500)
      } finally {
        page.close()
      }
    })

    it("carries a stream of events as it comes, not in lumps", async () => {
      const end = new AbortController()
      const headers = { authorization: `Bearer ${house.api.token}` }
      const answer = await fetch(`${house.url}/api/v1/live?streams=topic:${house.topic}`, { headers, signal: end.signal })
      assert.equal(answer.status, 200)
      let came = ""
      const reading = (async () => {
        for await (const part of answer.body) came += Buffer.from(part).toString()
      })().catch(() => {})
      for (let i = 0; i < 3; i++) {
        await house.say(`event ${i}`)
        for (const late = Date.now() + 1500; came.split("event: post.created").length <= i + 1 && Date.now() < late;)
          await new Promise((done) => setTimeout(done, 10))
        assert.equal(came.split("event: post.created").length, i + 2, came)
      }
      end.abort()
      await reading
    })

    it("carries large files in and out", async () => {
      const bytes = randomBytes(LARGE)
      const headers = { authorization: `Bearer ${house.api.token}`, "content-type": "application/octet-stream", "x-torv-filename": "large.bin" }
      const made = await fetch(`${house.url}/api/v1/uploads`, { method: "POST", headers, body: bytes })
      assert.equal(made.status, 201, await made.clone().text())
      const { url } = await made.json()
      assert.ok(url.startsWith(house.url), url)
      const back = await fetch(url, { headers: { authorization: headers.authorization } })
      assert.equal(back.status, 200)
      const hash = (data) => createHash("sha256").update(data).digest("hex")
      assert.equal(hash(Buffer.from(await back.arrayBuffer())), hash(bytes))
    })

    it("is believed that people come encrypted", async () => {
      const page = await fetch(`${house.url}/sign-in`)
      assert.equal(page.status, 200)
      assert.match(await cookieOf(house, house.api.email), /^__Host-/)
    })
  })
