import { me } from "./live"
import { parsed, send } from "./server"

const NEVER = "push:never"
const KNOWN = "push:known" // whose, and which address: "7 https://…"

type State = "unsupported" | "home" | "denied" | "off" | "on" | "failed"

const bytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0))

/** Turns the notices of this browser on and off.
 *    <push-switch key="B…" known><p data-state="off" hidden>…</p>… <button data-turn="on" hidden>…</button></push-switch>
 *  `known`: the server has this browser. Shows the one state that is true, and the button that fits. The browser asks the person only after a press. */
export class PushSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#press)
    void this.#look()
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#press)
  }

  async #look() {
    if (!pushes()) return this.#show(needsHomeScreen() ? "home" : "unsupported")
    if (Notification.permission === "denied") return this.#show("denied")
    const held = await heldHere()
    this.#show(held && this.hasAttribute("known") && localStorage.getItem(KNOWN) === known(held) ? "on" : "off")
  }

  #press = (event: Event) => {
    const turn = (event.target as Element).closest<HTMLElement>("[data-turn]")?.dataset.turn
    if (turn === "on") void this.#on()
    if (turn === "off") void this.#off()
    if (turn === "never") {
      localStorage.setItem(NEVER, me())
      this.remove()
    }
  }

  async #on() {
    try {
      const permission = await Notification.requestPermission()
      if (permission !== "granted") return this.#show(permission === "denied" ? "denied" : "off")
      await register(await subscribe(this.getAttribute("key") ?? ""))
      this.setAttribute("known", "")
      this.#show("on")
    } catch {
      this.#show("failed")
    }
  }

  async #off() {
    const held = await heldHere()
    await held?.unsubscribe()
    localStorage.removeItem(KNOWN)
    localStorage.setItem(NEVER, me())
    try {
      const all = await (await send("/api/v1/devices")).json() as { items: { id: string; this_one: boolean }[] }
      for (const one of all.items) if (one.this_one) await send(`/api/v1/devices/${one.id}`, { method: "DELETE" })
    } catch {
      // The service tells the server that the browser is gone, at the next message.
    }
    this.#show("off")
  }

  #show(state: State) {
    for (const one of this.querySelectorAll<HTMLElement>("[data-state]")) {
      one.hidden = one.dataset.state !== state
      if (!one.hidden) one.setAttribute("role", "status")
    }
    for (const button of this.querySelectorAll<HTMLElement>("[data-turn]")) {
      const asks = button.dataset.turn !== "off"
      button.hidden = asks ? state !== "off" && state !== "failed" : state !== "on"
    }
  }
}

export const pushes = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window

/** Safari on a phone pushes only to what stands on the home screen. */
const needsHomeScreen = () => /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1)

async function subscribe(key: string) {
  const { pushManager } = await navigator.serviceWorker.ready
  const wanted = bytes(key)
  const held = await pushManager.getSubscription()
  const theirs = held && new Uint8Array(held.options.applicationServerKey ?? new ArrayBuffer(0))
  if (held && theirs?.length === wanted.length && theirs.every((byte, i) => byte === wanted[i])) return held
  await held?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted })
}

async function register(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON()
  const body = JSON.stringify({ endpoint, p256dh: keys?.p256dh, auth: keys?.auth })
  const answer = await send("/api/v1/devices", { method: "PUT", body, headers: { "Content-Type": "application/json" } })
  if (!answer.ok) throw new Error(String(answer.status))
  localStorage.setItem(KNOWN, known(subscription))
}

const known = (subscription: PushSubscription) => `${me()} ${subscription.endpoint}`

const heldHere = async () => await (await navigator.serviceWorker.getRegistration("/"))?.pushManager.getSubscription()

/** Asks, once and kindly, a member who has just written something: never on a first visit. */
export async function askAfterWriting() {
  if (!pushes() || Notification.permission === "denied" || localStorage.getItem(NEVER) === me()) return
  if (Notification.permission === "granted" && await heldHere()) return
  const answer = await send("/me/devices/ask", { headers: { "Torv-Fragment": "push-ask" } })
  const card = answer.ok ? parsed(await answer.text()).querySelector("push-switch") : null
  if (card) document.querySelector("main")?.prepend(document.adoptNode(card))
}

/** A browser may change its address by itself; the server hears of it at the next visit. */
export async function keepRegistered() {
  const before = localStorage.getItem(KNOWN)
  if (!before?.startsWith(`${me()} `) || !pushes() || Notification.permission !== "granted") return
  const held = await heldHere()
  if (held && known(held) !== before) await register(held)
}
