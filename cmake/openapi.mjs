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

// What holds for every operation is said once, here.
for (const methods of Object.values(whole.paths))
  for (const [method, operation] of Object.entries(methods)) {
    operation.description ??= `${operation.summary}.`
    if (method === "get") (operation.responses["200"].headers ??= {}).ETag = { $ref: "#/components/headers/ETag" }
  }

const { openapi, info, servers, security, tags, paths, components } = whole
writeFileSync(process.argv[2], JSON.stringify({ openapi, info, servers, security, tags, paths, components }))
