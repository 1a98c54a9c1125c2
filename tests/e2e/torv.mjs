// A server of its own for browser tests and pictures: an empty folder for data, a free port on loopback, ended with the test.
import { execFile, spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { chromium } from "playwright-core"

const root = resolve(import.meta.dirname, "../..")
const program = process.env.TORV_TEST_BIN ?? join(root, "build/release/torv")
const run = promisify(execFile)

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const DESK = { viewport: { width: 1280, height: 900 } }

/** A port of loopback that nobody listens on. */
export async function freePort() {
  const probe = createServer()
  await new Promise((done) => probe.listen(0, "127.0.0.1", done))
  const { port } = probe.address()
  await new Promise((done) => probe.close(done))
  return port
}

export class Torv {
  log = ""

  /** Starts a server and waits until it answers. With `demo` the demo community is inside. `data` is a folder that is
   *  not removed; `prefix` are words before the program's name, `flags` those after `serve`. */
  static async start({ demo = false, data = null, prefix = [], flags = [] } = {}) {
    const torv = new Torv()
    torv.prefix = prefix
    torv.kept = data !== null
    torv.data = data ?? await mkdtemp(join(tmpdir(), "torv-e2e-"))
    if (demo) torv.demo = (await torv.command("demo")).stdout
    torv.port = await freePort()
    torv.url = `http://localhost:${torv.port}`
    torv.flags = flags
    return torv.again()
  }

  /** Starts the program, or starts it again after its end: same data, same port. */
  async again() {
    const words = [...this.prefix, program, "serve", "--data", this.data, "--listen", `127.0.0.1:${this.port}`, ...this.flags]
    this.child = spawn(words[0], words.slice(1), { cwd: root })
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on("data", (text) => { this.log += text })
    await this.ready()
    return this
  }

  async ready() {
    for (let tries = 0; tries < 200; tries++) {
      if (this.child.exitCode !== null) throw new Error(`torv serve ended:\n${this.log}`)
      const answer = await fetch(`${this.url}/readyz`).catch(() => null)
      if (answer?.ok) return
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error(`torv serve does not answer:\n${this.log}`)
  }

  command(...words) {
    const all = [...this.prefix, program, ...words, "--data", this.data]
    return run(all[0], all.slice(1), { cwd: root })
  }

  /** A one-time link, on this server's address. */
  async link(email) {
    const { stdout } = await this.command("member", "sign-in-link", email)
    const found = stdout.match(/\/link\/\S+/)
    if (!found) throw new Error(`no link in: ${stdout}`)
    return this.url + found[0]
  }

  /** A browser of their own with these options, signed in: their page. */
  async personIn(chrome, email, options, url = this.url) {
    const page = await (await chrome.newContext(options)).newPage()
    await signIn(page, (await this.link(email)).replace(this.url, url))
    return page
  }

  /** What the server printed for the first visitor of an empty installation. */
  async ownerLink() {
    for (let tries = 0; tries < 100; tries++) {
      const found = this.log.match(/\/link\/[^\s"]+/)
      if (found) return this.url + found[0]
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error(`no owner link in:\n${this.log}`)
  }

  async stop() {
    if (this.child && this.child.exitCode === null) {
      const ended = new Promise((done) => this.child.once("exit", done))
      this.child.kill("SIGTERM")
      await ended
    }
    if (!this.kept) await rm(this.data, { recursive: true, force: true })
  }
}

export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Root inside a container or a build machine cannot have Chromium's sandbox.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  })
}

/** Opens a one-time link and presses its button, as a person would. */
export async function signIn(page, link) {
  await page.goto(link)
  await page.locator("main form button[type=submit], main form button:not([type])").first().click()
  await page.waitForURL((url) => !url.pathname.startsWith("/link/"))
}
