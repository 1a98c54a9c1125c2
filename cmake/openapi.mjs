// Joins docs/api/*.yaml into one OpenAPI document:  node cmake/openapi.mjs OUT_FILE
// shared.yaml is the frame; every other file adds `paths` and `components`. A name that is there already is an error.

import { readFileSync, readdirSync, writeFileSync } from "node:fs"
import { parse } from "yaml"

const folder = "docs/api"
const read = (name) => parse(readFileSync(`${folder}/${name}`, "utf8"))
const whole = { ...read("shared.yaml"), paths: {} }

function add(into, from, where) {
  for (const [name, value] of Object.entries(from ?? {})) {
    if (name in into) throw new Error(`${where}: ${name} is there already`)
    into[name] = value
  }
}

for (const name of readdirSync(folder).filter((n) => n.endsWith(".yaml") && n !== "shared.yaml").sort()) {
  const part = read(name)
  add(whole.paths, part.paths, name)
  for (const [kind, items] of Object.entries(part.components ?? {})) add((whole.components[kind] ??= {}), items, name)
}

// What holds for every operation is said once, here: which faults there are, and what a GET has besides.
const FAULTS = { 400: "Malformed", 401: "SignInNeeded", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 413: "TooLarge", 422: "Invalid", 429: "TooMany" }
const NEVER = { get: ["409", "413"], delete: ["413"] }
const response = (name) => ({ $ref: `#/components/responses/${name}` })

for (const methods of Object.values(whole.paths))
  for (const [method, operation] of Object.entries(methods)) {
    operation.description ??= `${operation.summary}.`
    for (const [status, name] of Object.entries(FAULTS))
      if (!NEVER[method]?.includes(status)) operation.responses[status] = response(name)
    operation.responses["5XX"] = response("Unavailable")
    // A stream of events is never the same twice.
    if (method !== "get" || operation.responses["200"].content?.["text/event-stream"]) continue
    operation.responses["304"] = response("Unchanged");
    (operation.responses["200"].headers ??= {}).ETag = { $ref: "#/components/headers/ETag" }
  }

const { openapi, info, servers, security, tags, paths, components } = whole
writeFileSync(process.argv[2], JSON.stringify({ openapi, info, servers, security, tags, paths, components }))
