// Fragments that were drawn for many, made this reader's own.
import { me } from "./live"
import { csrf, morph, parsed } from "./server"

/** The element in a fragment, with this page's token, and without what only its author, or one other member, gets. */
export function ownPart(html: string): HTMLElement | null {
  const part = parsed(html).body.firstElementChild as HTMLElement | null
  if (!part) return null
  for (const field of part.querySelectorAll<HTMLInputElement>('input[name="csrf"]')) field.value = csrf()
  const mine = part.dataset.by !== undefined && part.dataset.by === me()
  for (const own of part.querySelectorAll("[data-own]")) mine ? own.removeAttribute("data-own") : own.remove()
  for (const own of part.querySelectorAll<HTMLElement>("[data-for]")) {
    if (own.dataset.for === me()) own.removeAttribute("data-for")
    else own.remove()
  }
  return part
}

/** Reactions say who pressed; in a fragment for many nobody did. */
export function keepPressed(fresh: Element, pressed: (emoji: string) => boolean) {
  for (const button of fresh.querySelectorAll<HTMLButtonElement>("button.reaction[value]")) {
    const yours = button.dataset.yours
    delete button.dataset.yours
    if (!pressed(button.value)) continue
    button.setAttribute("aria-pressed", "true")
    const words = button.querySelector(".sr-only")
    if (words && yours) words.textContent = yours
  }
}

export const isPressed = (bar: Element | null, emoji: string) =>
  bar?.querySelector(`button.reaction[value="${CSS.escape(emoji)}"]`)?.getAttribute("aria-pressed") === "true"

const AGAIN_MS = 500
const held = new WeakMap<Element, Element>()

/** Takes over a fragment, but never from under somebody's hands: what has an open menu waits until it is closed. */
export function replace(old: Element, fresh: Element) {
  const waits = held.has(old)
  held.set(old, fresh)
  if (!waits) put(old)
}

function put(old: Element) {
  if (old.querySelector("details[open], .reactions__choices")) return void setTimeout(put, AGAIN_MS, old)
  const fresh = held.get(old)
  held.delete(old)
  if (fresh && old.isConnected) morph(old, fresh)
}

/** Says something to those who hear the page, when they are done with what they are at. */
export function announce(text: string) {
  const place = document.getElementById("live")
  if (place) place.textContent = text
}
