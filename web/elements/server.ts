// Talking to the server, and taking over what it renders. The only place that turns text into nodes: the content
// policy allows one Trusted Types policy, and only markup that our own server has answered passes through it.
import { Idiomorph } from "idiomorph"

interface Policy { createHTML(text: string): string, createScriptURL(url: string): string }
interface PolicyFactory { createPolicy(name: string, rules: Policy): Policy }

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
/** The one script that may be named by a script. */
const WORKER = "/worker.js"
const rules: Policy = { createHTML: (text) => text, createScriptURL: () => WORKER }
const policy: Policy = factory?.createPolicy("torv", rules) ?? rules

export const workerScript = () => policy.createScriptURL(WORKER)

export const csrf = () => document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? ""

/** Markup of our server as a document that runs nothing. */
export const parsed = (html: string) => new DOMParser().parseFromString(policy.createHTML(html), "text/html")

/** fetch with the token, to our own server only. */
export function send(url: string, init: RequestInit = {}) {
  const target = new URL(url, location.href)
  if (target.origin !== location.origin) return Promise.reject(new TypeError("other origin"))
  const headers = new Headers(init.headers)
  headers.set("X-CSRF", csrf())
  return fetch(target, { credentials: "same-origin", ...init, headers })
}

/** What a form would send, without its files. */
export function fieldsOf(form: HTMLFormElement, submitter?: HTMLElement | null) {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === "string") fields.append(name, value)
  return fields
}

/** Makes `old` like `fresh`, keeping focus, open menus and what is being typed. */
export function morph(old: Element, fresh: Element) {
  // For Idiomorph the value of a button is its inside, which must change although the button has the focus.
  const typing = document.activeElement?.matches("input, textarea") ?? false
  Idiomorph.morph(old, fresh, { morphStyle: "outerHTML", ignoreActiveValue: typing })
}
