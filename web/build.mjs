// Builds the browser bundle:  node web/build.mjs --out DIR [--dev]
//
//   web/css/app.css        → app.css: every style sheet, in the order and layers that it names
//   web/elements/app.ts    → app.js: every element; what it imports with a dynamic import() becomes a
//                            file of its own, fetched when needed
//   web/worker/worker.ts   → worker.js: the worker behind the pages, one file
//   web/icons/icons.txt    → icons.svg, a sprite of the named Lucide icons; own icons as web/icons/*.svg
//   web/fonts/, web/images/ → copied
//
// File names carry a hash of the content; manifest.json maps plain names to them.

import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, extname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const web = dirname(fileURLToPath(import.meta.url))
const root = dirname(web)
const args = process.argv.slice(2)
const dev = args.includes("--dev")
const out = resolve(args[args.indexOf("--out") + 1] ?? "build/web")
const manifest = {}

const files = (folder, suffix) =>
  existsSync(join(web, folder))
    ? readdirSync(join(web, folder))
        .filter((name) => name.endsWith(suffix))
        .sort()
    : []

function write(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16)
  const served = `${basename(name, extname(name))}-${hash}${extname(name)}`
  writeFileSync(join(out, served), bytes)
  manifest[name] = served
}

/** The names of emoji that the renderer knows, as a module: one list for both. */
const emoji = {
  name: "emoji",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^torv:emoji$/ }, ({ path }) => ({ path, namespace: "torv" }))
    onLoad({ filter: /.*/, namespace: "torv" }, () => {
      const source = readFileSync(join(root, "src/platform/html/emoji_names.inc"), "utf8")
      const names = [...source.matchAll(/^"(\S+ [^*\\]+)\*?\\n"$/gm)].map(([, line]) => line)
      if (names.length < 1000) throw new Error("src/platform/html/emoji_names.inc is written in another way")
      return { contents: names.join("\n"), loader: "text" }
    })
  },
}

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? "inline" : false,
  write: false,
  logLevel: "warning",
  legalComments: "none",
  target: ["chrome120", "firefox121", "safari17"],
}

async function styles() {
  const made = await build({
    ...common,
    entryPoints: [join(web, "css/app.css")],
    external: ["/assets/*"],
  })
  write("app.css", made.outputFiles[0].contents)
}

async function scripts() {
  const made = await build({
    ...common,
    entryPoints: [join(web, "elements/app.ts")],
    format: "esm",
    splitting: true,
    outdir: out,
    chunkNames: "[name]-[hash]",
    plugins: [emoji],
  })
  for (const file of made.outputFiles) {
    const name = basename(file.path)
    if (name === "app.js") write(name, file.contents)
    else {
      writeFileSync(join(out, name), file.contents)
      manifest[name] = name // its own name has a hash already
    }
  }
}

/** The worker, which knows by RELEASE that it is another one. */
async function worker() {
  const made = await build({
    ...common,
    entryPoints: [join(web, "worker/worker.ts")],
    format: "iife",
    define: { RELEASE: JSON.stringify(`${manifest["app.js"]} ${manifest["app.css"]}`) },
  })
  write("worker.js", made.outputFiles[0].contents)
}

function symbol(name, source) {
  const viewBox = /viewBox="([^"]+)"/.exec(source)?.[1] ?? "0 0 24 24"
  const inside = source
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/>\s+</g, "><")
    .trim()
  return `<symbol id="${name}" viewBox="${viewBox}">${inside}</symbol>`
}

function icons() {
  const list = join(web, "icons/icons.txt")
  const names = existsSync(list)
    ? readFileSync(list, "utf8")
        .split("\n")
        .map((line) => line.replace(/#.*/, "").trim())
        .filter(Boolean)
    : []
  const own = new Map(files("icons", ".svg").map((name) => [basename(name, ".svg"), join(web, "icons", name)]))
  const symbols = [...new Set([...names, ...own.keys()])].sort().map((name) => {
    const path = own.get(name) ?? join(root, "node_modules/lucide-static/icons", `${name}.svg`)
    if (!existsSync(path)) throw new Error(`web/icons/icons.txt: Lucide has no icon "${name}"`)
    return symbol(name, readFileSync(path, "utf8"))
  })
  write("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`)
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
await Promise.all([styles(), scripts()])
await worker()
icons()
for (const folder of ["fonts", "images"])
  for (const name of files(folder, "")) if (extname(name)) write(name, readFileSync(join(web, folder, name)))
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n")
