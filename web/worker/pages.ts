// What was read lately opens offline. Kept for one reader at a time: when another one answers to the page, or nobody,
// everything of the last one goes.
import { newKey } from "../elements/outbox"
import { worker } from "./self"
import { silence } from "./telling"

const FILES = "files"
const PAGES = "pages:"
const GUEST = "guest"
const MOST_FILES = 80
const MOST_PAGES = 60
const MOST_PICTURES = 120
const PATIENCE_MS = 8000
/** Pages that may be kept: those one reads. Not those with settings, secrets or forms of the doors. */
const READ = /^\/($|spaces$|s\/[^/]+$|t\/\d+(\/[^/]*)?$|notices$|members$|m\/[^/]+$|about$|rules$)/

let generation = 0

/** A page: from the server; offline as it was kept, or the page that says so. */
export async function page(event: FetchEvent): Promise<Response> {
  const begun = generation
  try {
    const answer = await patient(event)
    if (isProxys(answer)) return (await kept(event.request.url)) ?? answer
    // A download is not copied: it would stand in memory whole.
    if (isHtml(answer)) event.waitUntil(note(event.request, answer.clone(), begun))
    return answer
  } catch {
    return (await kept(event.request.url)) ?? (await kept("/offline")) ?? Response.error()
  }
}

const isHtml = (answer: Response) => answer.headers.get("Content-Type")?.startsWith("text/html") ?? false

/** What stands before the server says that the server is away. */
const isProxys = (answer: Response) => answer.status >= 502 && answer.status <= 504 && !answer.headers.has("Torv-Reader")

/** A slow line is no dead line, unless the page is at hand. */
async function patient(event: FetchEvent) {
  const asked = (async () => (await event.preloadResponse as Response | undefined) ?? fetch(event.request))()
  if (!await kept(event.request.url)) return asked
  const late = new Promise<never>((_, no) => setTimeout(() => no(new Error("slow")), PATIENCE_MS))
  return Promise.race([asked, late])
}

async function note(request: Request, answer: Response, begun: number) {
  const reader = answer.headers.get("Torv-Reader")
  if (!reader || answer.redirected || answer.type !== "basic") return
  // Asked for by whoever was here before: theirs, and gone.
  if (begun !== generation) return
  const fresh = await take(reader)
  if (generation !== begun + (fresh ? 1 : 0)) return
  const cache = await caches.open(PAGES + reader)
  const url = new URL(request.url)
  if (request.method === "GET" && READ.test(url.pathname)) {
    if (answer.status === 200 && !url.search) await put(cache, request.url, answer, MOST_PAGES)
    // Deleted, or closed to this reader.
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) await cache.delete(await anyTail(cache, url.origin + url.pathname))
  }
  if (fresh || !await cache.match("/offline")) await cache.add("/offline").catch(() => undefined)
}

/** Makes room for this reader; true when somebody else was here before. */
async function take(reader: string) {
  const others = (await caches.keys()).filter((name) => name.startsWith(PAGES) && name !== PAGES + reader)
  if (!others.length) return false
  generation++
  await Promise.all(others.map((name) => caches.delete(name)))
  if (others.some((name) => name !== PAGES + GUEST)) await silence()
  return true
}

/** Signing out: nothing stays, and nothing under way is kept. */
export async function forget() {
  generation++
  await Promise.all((await caches.keys()).filter((name) => name.startsWith(PAGES)).map((name) => caches.delete(name)))
  await silence()
}

async function kept(address: string) {
  const url = new URL(address, worker.location.origin).href
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue
    const cache = await caches.open(name)
    const found = (await cache.match(url)) ?? (await cache.match(await anyTail(cache, url)))
    if (found) return isHtml(found) ? reopened(found) : found
  }
  return undefined
}

/** The forms of a kept page have keys that were sent with already, perhaps: they get new ones, or two posts would pass for
 *  one. */
async function reopened(answer: Response) {
  const text = await answer.text()
  return new Response(text.replace(/( name="once" value=")[^"]*"/g, (_, start: string) => `${start}${newKey()}"`), answer)
}

/** A topic by its number, however its address ends. */
async function anyTail(cache: Cache, url: string) {
  const start = /^.*\/t\/\d+(?=\/|$)/.exec(new URL(url).pathname)?.[0]
  return (start && (await cache.keys()).find((one) => `${new URL(one.url).pathname}/`.startsWith(`${start}/`))) || url
}

/** Styles, scripts, icons: their names change with their content. */
export async function file(request: Request): Promise<Response> {
  const cache = await caches.open(FILES)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await put(cache, request.url, answer.clone(), MOST_FILES)
  return answer
}

/** Pictures and the community's look: from the server; offline as they were. */
export async function picture(request: Request): Promise<Response> {
  const begun = generation
  const name = (await caches.keys()).find((each) => each.startsWith(PAGES))
  try {
    const answer = await fetch(request)
    if (answer.ok && answer.type === "basic" && name && begun === generation) await put(await caches.open(name), request.url, answer.clone(), MOST_PAGES + MOST_PICTURES)
    return answer
  } catch {
    return (await kept(request.url)) ?? Response.error()
  }
}

/** The newest stand last; the oldest make room. */
async function put(cache: Cache, url: string, answer: Response, most: number) {
  await cache.delete(url)
  await cache.put(url, answer)
  const all = await cache.keys()
  const spare = all.filter((each) => !each.url.endsWith("/offline"))
  for (const old of spare.slice(0, Math.max(0, spare.length - most))) await cache.delete(old)
}

/** A new release has files of its own; pages that are kept still want the old ones, which go by and by. */
export async function prepare() {
  await worker.registration.navigationPreload?.enable()
}
