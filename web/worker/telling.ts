// Notices on this device: what comes from the server is shown, what was read elsewhere is closed.
import { worker } from "./self"

interface Told { title: string; body: string; path: string; tag: string; lang: string; dir: NotificationDirection; unread: number; open: string[] }

export async function tell(told: Told) {
  await closeAllBut([...told.open, told.tag, "several"])
  await badge(told.unread)
  // A tag that is shown already is replaced; it makes itself heard again because something new was said.
  const options = { body: told.body, tag: told.tag, lang: told.lang, dir: told.dir, icon: "/icon.svg", renotify: true, data: { path: told.path } }
  await worker.registration.showNotification(told.title, options)
}

/** Opens the place in a window that is there, or a new one. */
export async function openPlace(notification: Notification) {
  notification.close()
  const place = new URL((notification.data as { path?: string } | null)?.path ?? "/notices", worker.location.origin)
  if (place.origin !== worker.location.origin) return
  const windows = await worker.clients.matchAll({ type: "window" })
  const one = windows.find((each) => each.visibilityState === "visible") ?? windows[0]
  if (!one) return void await worker.clients.openWindow(place.href)
  await one.focus().catch(() => undefined) // a browser may refuse it; the place opens all the same
  try {
    await one.navigate(place.href)
  } catch {
    await worker.clients.openWindow(place.href) // a window that is not ours yet
  }
}

/** A page was opened: what was read there, or elsewhere, needs not stand here any more. */
export async function closeRead() {
  const shown = await worker.registration.getNotifications()
  if (!shown.length && !("setAppBadge" in navigator)) return
  const answer = await fetch("/api/v1/devices/unread", { credentials: "same-origin" }).catch(() => null)
  if (!answer?.ok) return
  const { unread, open } = await answer.json() as { unread: number; open: string[] }
  await closeAllBut(unread ? [...open, "several"] : [])
  await badge(unread)
}

/** Somebody else is here now, or nobody: nothing stands here any more, and nothing comes until it is asked for anew. */
export async function silence() {
  await closeAllBut([])
  await badge(0)
  await (await worker.registration.pushManager.getSubscription().catch(() => null))?.unsubscribe().catch(() => false)
}

async function closeAllBut(open: string[]) {
  for (const one of await worker.registration.getNotifications()) if (!open.includes(one.tag)) one.close()
}

async function badge(count: number) {
  const shell = navigator as { setAppBadge?: (count: number) => Promise<void> }
  await shell.setAppBadge?.(count).catch(() => undefined)
}
