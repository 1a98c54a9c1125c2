import { parsed } from "./server"

/** Shows how many notices are new, wherever the page has a bell: a fragment of the server, or none. */
export function ring(html: string) {
  const fresh = html ? parsed(html).body.firstElementChild : null
  for (const bell of document.querySelectorAll("[data-bell]")) {
    bell.querySelector(".count")?.remove()
    bell.classList.toggle("nav__item--unread", fresh !== null && bell.matches(".nav__item"))
    if (fresh) bell.insertBefore(fresh.cloneNode(true), bell.querySelector(".bottombar__word"))
  }
}
