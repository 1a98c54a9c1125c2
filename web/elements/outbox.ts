// Posts that were written without a line to the server: kept in this browser, sent once there is one. A page or the worker
// sends them, one at a time over all of them; the server knows a repeated key, so that a post is never there twice.

/** The server knows a repeated key for two days. What is older is not sent without being asked. */
const STALE_MS = 24 * 60 * 60 * 1000
export const CHANNEL = "outbox"
const GIVE_UP_MS = 20_000

export interface Unsent {
  once: string
  url: string
  page: string
  me: string
  fields: [string, string][]
  at: number
  refused?: number // the status with which it came back; 0: too old to be sent without being asked
}

/** How a post fared; `later`: there is no line yet. */
type Fate = "sent" | "later" | "refused"

const done = <T>(request: IDBRequest<T>) => new Promise<T>((yes, no) => {
  request.onsuccess = () => yes(request.result)
  request.onerror = () => no(request.error ?? new Error("no store"))
})

async function store<T>(mode: IDBTransactionMode, work: (posts: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open("torv", 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore("posts", { keyPath: "once" })
  const db = await done(opening)
  try {
    return await done(work(db.transaction("posts", mode).objectStore("posts")))
  } finally {
    db.close()
  }
}

/** Everything that waits, in the order in which it was written. */
export async function unsent(): Promise<Unsent[]> {
  const all = await store("readonly", (posts) => posts.getAll() as IDBRequest<Unsent[]>)
  return all.sort((a, b) => a.at - b.at)
}

export async function keep(post: Unsent) {
  await store("readwrite", (posts) => posts.put(post))
  changed()
}

export async function drop(once: string) {
  await store("readwrite", (posts) => posts.delete(once))
  changed()
}

/** Tells every page of this browser. */
function changed() {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage("changed")
  channel.close()
}

/** As long and random as the server's. Not randomUUID: a house without https has it not. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** Sends what waits and may be sent by `me`; tells each fate. The worker has no token of its own and takes the one that came
 *  with the form. Another page or the worker may be at it: then it is theirs. */
export async function sendAll(token: string | null, me: string | null, tell: (post: Unsent, fate: Fate) => void) {
  await navigator.locks.request("outbox", { ifAvailable: true }, async (lock) => {
    if (!lock) return
    for (const post of await unsent()) {
      if (post.refused !== undefined || (me !== null && post.me !== me)) continue
      const fate = await deliver(post, token)
      tell(post, fate)
      if (fate === "later") return
    }
  })
}

async function deliver(post: Unsent, token: string | null): Promise<Fate> {
  if (Date.now() - post.at > STALE_MS) return refuse(post, 0)
  const fields = post.fields.filter(([name]) => name !== "csrf" || token === null)
  const headers: Record<string, string> = token === null ? {} : { "X-CSRF": token }
  let answer: Response
  try {
    const body = new URLSearchParams(fields)
    answer = await fetch(post.url, { method: "POST", body, headers, credentials: "same-origin", signal: AbortSignal.timeout(GIVE_UP_MS) })
  } catch {
    return "later"
  }
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return "later"
  const atTheDoor = new URL(answer.url).pathname === "/sign-in"
  const status = atTheDoor ? 401 : answer.status
  if (answer.ok && !atTheDoor) {
    await drop(post.once)
    return "sent"
  }
  // Without a page nobody knows who is signed in: a page of the one who wrote it tries again, or tells them.
  if (token === null && (status === 401 || status === 403)) return "later"
  return refuse(post, status)
}

async function refuse(post: Unsent, status: number): Promise<Fate> {
  await keep({ ...post, refused: status })
  return "refused"
}
