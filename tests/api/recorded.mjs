// Holds what the tests of the slices recorded against the description of the API:  node tests/api/recorded.mjs RECORDING
// Every answer is one test; the last lines are those of Node's test runner, for bin/test.
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Contract } from "./contract.mjs"

const folder = mkdtempSync(join(tmpdir(), "torv-openapi-"))
execFileSync(process.execPath, ["cmake/openapi.mjs", join(folder, "openapi.json")])
const contract = new Contract(JSON.parse(readFileSync(join(folder, "openapi.json"), "utf8")))
rmSync(folder, { recursive: true })

function parsed(text) {
  try { return JSON.parse(text) } catch { return undefined }
}

let passed = 0
let failed = 0
for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const { method, target, type, sent, status, headers, body } = JSON.parse(line)
  const faults = contract.faults({ method, target, status, headers, body, sent: type === "application/json" ? parsed(sent) : undefined })
  faults.length ? failed++ : passed++
  for (const fault of faults) console.log(`${method} ${target} → ${status}: ${fault}`)
}
console.log(`# pass ${passed}\n# fail ${failed}`)
process.exitCode = failed || !passed ? 1 : 0
