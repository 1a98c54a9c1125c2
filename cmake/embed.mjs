// Writes one C++ file that holds every embedded file:
//   node cmake/embed.mjs OUT_DIR WEB_DIR PATH…      PATHs are files, relative to the repository
// The bytes come in by .incbin; what a browser fetches is also compressed here, once.

import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { extname, join, resolve } from "node:path"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"

const [out, web, ...paths] = process.argv.slice(2)
mkdirSync(out, { recursive: true })

const kTypes = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
}
const kCompressed = new Set([".css", ".js", ".svg", ".json"])

const manifest = JSON.parse(readFileSync(join(web, "manifest.json"), "utf8"))
const all = [
  ...paths.map((path) => ({ path, file: resolve(path) })),
  { path: "openapi.json", file: resolve(web, "openapi.json") },
  ...Object.entries(manifest).map(([name, served]) => ({
    path: `web/${name}`,
    file: resolve(web, served),
    url: `/assets/${served}`,
    type: kTypes[extname(name)] ?? "application/octet-stream",
  })),
].sort((a, b) => (a.path < b.path ? -1 : 1))

let symbols = 0
let assembly = ""
const declarations = []

/** Embeds a file; gives the C++ expression that is its bytes. */
function embed(file, bytes) {
  if (bytes.length === 0) return '""'
  const name = `torv_asset_${symbols++}`
  assembly += `    ".global ${name}\\n.hidden ${name}\\n${name}:\\n.incbin \\"${file}\\"\\n"\n`
  declarations.push(`extern "C" const char ${name}[] __attribute__((visibility("hidden")));`)
  return `{${name}, ${bytes.length}}`
}

/** Embeds a compressed form if it saves at least a tenth. */
function smaller(asset, bytes, suffix, compress) {
  if (!asset.url || !kCompressed.has(extname(asset.path))) return '""'
  const packed = compress(bytes)
  if (packed.length > bytes.length * 0.9) return '""'
  const file = resolve(out, `${symbols}${suffix}`)
  writeFileSync(file, packed)
  return embed(file, packed)
}

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })

const rows = all.map((asset) => {
  const bytes = readFileSync(asset.file)
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16)
  return [
    `    {.path = "${asset.path}", .bytes = ${embed(asset.file, bytes)},`,
    `     .brotli = ${smaller(asset, bytes, ".br", brotli)},`,
    `     .gzip = ${smaller(asset, bytes, ".gz", (b) => gzipSync(b, { level: 9 }))},`,
    `     .hash = "${hash}", .url = "${asset.url ?? ""}", .type = "${asset.type ?? ""}"},`,
  ].join("\n")
})

writeFileSync(
  join(out, "table.cpp"),
  `// Made by cmake/embed.mjs.
#include "platform/assets/table.hpp"

__asm__(
    ".pushsection .rodata\\n"
${assembly}    ".popsection\\n");

${declarations.join("\n")}

namespace torv::assets {
namespace {
constinit const Asset kTable[] = {
${rows.join("\n")}
};
}  // namespace

std::span<const Asset> table() { return kTable; }

}  // namespace torv::assets
`,
)
