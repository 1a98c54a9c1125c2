import { parsed } from "./server"

/** Shows what is new of one's own, wherever the page has an entry that leads to it: a fragment of the server, or none. */
export function mark(entries: string, html: string) {
  const fresh = html ? parsed(html).body.firstElementChild : null
  for (const entry of document.querySelectorAll(entries)) {
    entry.querySelector(".count, .dot")?.remove()
    entry.classList.toggle("nav__item--unread", fresh !== null && entry.matches(".nav__item"))
    if (fresh) entry.insertBefore(fresh.cloneNode(true), entry.querySelector(".bottombar__word"))
  }
}
