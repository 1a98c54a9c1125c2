// What makes of a page an app: the worker behind it, and what it is told; begun when the page stands and nothing else
// wants the line.
import { askAfterWriting, keepRegistered } from "./push_switch"
import { workerScript } from "./server"

const WROTE = "wrote"

export function startWorker() {
  if (!("serviceWorker" in navigator)) return
  const soon = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500))
  const begin = () => soon(() => void start())
  if (document.readyState === "complete") begin()
  else addEventListener("load", begin, { once: true })
  document.addEventListener("torv:sending", (event) => {
    if ((event.target as Element).matches(".composer")) keep(WROTE)
  })
}

async function start() {
  try {
    await navigator.serviceWorker.register(workerScript())
    ;(await navigator.serviceWorker.ready).active?.postMessage({ kind: "opened" })
  } catch {
    return // a private window, say: the page does without
  }
  const member = document.querySelector("live-line[me]")
  if (!member) return
  try {
    await keepRegistered()
    if (taken(WROTE)) await askAfterWriting()
  } catch {
    // No line just now: at the next visit.
  }
}

function keep(name: string) {
  try {
    sessionStorage.setItem(name, "1")
  } catch {
    // Nobody is asked then.
  }
}

function taken(name: string) {
  const was = sessionStorage.getItem(name)
  sessionStorage.removeItem(name)
  return was !== null
}
