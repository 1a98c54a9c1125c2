// A disk of its own for one server: small, in memory, seen by nobody else, gone with the process that holds it.
import { spawn } from "node:child_process"
import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export class Disk {
  /** Null where we may not mount (not root, or a container that forbids it). */
  static async open(size) {
    const folder = mkdtempSync(join(tmpdir(), "torv-disk-"))
    const script = 'mount -t tmpfs -o size="$2" tmpfs "$1" && echo mounted && exec sleep 600'
    const holder = spawn("unshare", ["--mount", "sh", "-c", script, "sh", folder, size])
    const mounted = await new Promise((done) => {
      holder.stdout.once("data", () => done(true))
      holder.once("error", () => done(false))
      holder.once("exit", () => done(false))
    })
    if (mounted) return new Disk(folder, holder)
    rmSync(folder, { recursive: true })
    return null
  }

  constructor(folder, holder) {
    this.folder = folder
    this.holder = holder
  }

  /** Put before a command, it runs where the disk is. */
  get prefix() {
    return ["nsenter", `--target=${this.holder.pid}`, "--mount"]
  }

  get #filler() {
    return `/proc/${this.holder.pid}/root${this.folder}/filler`
  }

  /** Takes all the space that is left. */
  fill() {
    const file = openSync(this.#filler, "a")
    for (let size = 1 << 20; size >= 512; size >>= 1)
      try {
        for (;;) writeSync(file, Buffer.alloc(size))
      } catch (error) {
        if (error.code !== "ENOSPC") throw error
      }
    closeSync(file)
  }

  free() {
    unlinkSync(this.#filler)
  }

  async close() {
    const ended = new Promise((done) => this.holder.once("exit", done))
    this.holder.kill("SIGKILL")
    await ended
    rmSync(this.folder, { recursive: true })
  }
}
