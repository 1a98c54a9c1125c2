// The worker behind the pages: opens offline what was read lately, and tells when no page is open. Made anew with each
// release: RELEASE is written in by web/build.mjs.
import { sendAll } from "../elements/outbox"
import { file, forget, page, picture, prepare } from "./pages"
import { worker } from "./self"
import { closeRead, openPlace, tell } from "./telling"

declare const RELEASE: string

worker.addEventListener("install", () => void worker.skipWaiting())
worker.addEventListener("activate", (event) => event.waitUntil(prepare().then(() => worker.clients.claim())))

worker.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== worker.location.origin) return
  if (request.method === "POST" && url.pathname === "/sign-out") return event.waitUntil(forget())
  if (request.method !== "GET") return
  if (url.pathname.startsWith("/assets/")) return event.respondWith(file(request))
  if (request.mode === "navigate") return event.respondWith(page(event))
  if (url.pathname === "/look.css" || request.destination === "image") event.respondWith(picture(request))
})

worker.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(tell(event.data.json()))
})
worker.addEventListener("notificationclick", (event) => event.waitUntil(openPlace(event.notification)))
worker.addEventListener("message", (event) => {
  const { kind } = event.data as { kind: string }
  if (kind === "opened") event.waitUntil(closeRead())
  if (kind === "release") event.source?.postMessage({ release: RELEASE })
})

// The line is there again, perhaps without a page.
worker.addEventListener("sync" as "message", (event) => {
  if ((event as unknown as { tag: string }).tag === "outbox") event.waitUntil(sendWaiting())
})

async function sendWaiting() {
  let later = false
  await sendAll(null, null, (_, fate) => { later ||= fate === "later" })
  if (later) throw new Error("not all went") // so that the browser tries again
}
