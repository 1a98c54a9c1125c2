// A PostgreSQL of a test's own, which ends with it.
import { execFileSync, spawn } from "node:child_process"
import { resolve } from "node:path"

const root = resolve(import.meta.dirname, "../..")

export class Postgres {
  static async start() {
    const postgres = new Postgres()
    postgres.child = spawn(resolve(root, "bin/with-postgres"), ["sh", "-c", 'echo "$TORV_TEST_DATABASE"; exec cat >/dev/null'], { cwd: root })
    postgres.address = await new Promise((done, failed) => {
      postgres.child.stdout.once("data", (text) => done(String(text).trim()))
      postgres.child.once("exit", () => failed(new Error("PostgreSQL did not start")))
    })
    return postgres
  }

  /** Cuts the servers off from each other: ends the connections on which they tell each other what happened. */
  cutBus() {
    execFileSync("psql", ["-X", "-q", "-d", this.address, "-c",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND (query LIKE '%LISTEN torv%' OR query LIKE '%pg_notify%')"], { stdio: "ignore" })
  }

  async stop() {
    const ended = new Promise((done) => this.child.once("exit", done))
    this.child.stdin.end()
    await ended
  }
}
