// Other people's servers in front of ours, with an ear on the line between them.
import { execFileSync, spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "../e2e/torv.mjs"
import { answers } from "./raw.mjs"

const NGINX = ({ port, to, folder }) => `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
  upstream torv { server 127.0.0.1:${to}; keepalive 4; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://torv; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_request_buffering off; }
  }
}`
const HAPROXY = ({ port, to }) => `
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
  http-reuse always
frontend people
  bind 127.0.0.1:${port}
  default_backend torv
backend torv
  server torv 127.0.0.1:${to}
`
export const FRONTS = {
  nginx: { make: NGINX, command: (file, folder) => ["nginx", "-p", folder, "-e", `${folder}/error.log`, "-c", file] },
  haproxy: { make: HAPROXY, command: (file) => ["haproxy", "-db", "-f", file] },
}

/** Is the program there? */
export function has(name) {
  try {
    execFileSync(name, [name === "caddy" ? "version" : "-v"], { stdio: "ignore", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } })
    return true
  } catch {
    return false
  }
}

/** Passes bytes on and counts the answers that come back. */
class Ear {
  heard = 0

  async open(to) {
    this.server = createServer((front) => {
      const back = connect(to, "127.0.0.1")
      let line = ""
      front.pipe(back)
      back.on("data", (part) => {
        // An answer's first line may be cut in two.
        const text = line + part.toString("latin1")
        this.heard += answers(text).length
        line = text.slice(-60).replaceAll(/HTTP\/1\.1 \d{3} [\w -]*\r\n/g, "")
      })
      back.pipe(front)
      for (const socket of [front, back]) socket.on("error", () => { front.destroy(); back.destroy() })
    })
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    return this.server.address().port
  }

  close() {
    this.server.close()
  }
}

export class Front {
  /** `name` in front of the server at `back`; `port` is where people come in, `to` where it goes, `ear.heard` how often the server answered. */
  static async start(name, back) {
    const front = new Front()
    front.ear = new Ear()
    front.folder = mkdtempSync(join(tmpdir(), `torv-${name}-`))
    front.to = await front.ear.open(back)
    front.port = await freePort()
    const file = join(front.folder, "conf")
    writeFileSync(file, FRONTS[name].make({ port: front.port, to: front.to, folder: front.folder }))
    const [program, ...words] = FRONTS[name].command(file, front.folder)
    front.child = spawn(program, words, { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } })
    front.log = ""
    front.child.stderr.on("data", (text) => { front.log += text })
    for (let tries = 0; tries < 200; tries++) {
      if (front.child.exitCode !== null) throw new Error(`${name} ended:\n${front.log}`)
      if ((await fetch(`http://127.0.0.1:${front.port}/livez`).catch(() => null))?.ok) return front
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error(`${name} does not answer:\n${front.log}`)
  }

  async stop() {
    const ended = new Promise((done) => this.child.once("exit", done))
    this.child.kill("SIGTERM")
    await ended
    this.ear.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
