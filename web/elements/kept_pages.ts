import { parsed } from "./server"

/** Lists what was read lately and opens without a line.
 *    <kept-pages><h2 hidden>You can read this now</h2><ul hidden></ul></kept-pages> */
export class KeptPages extends HTMLElement {
  connectedCallback() {
    void this.#list()
  }

  async #list() {
    const list = this.querySelector("ul")
    if (!list || !("caches" in window)) return
    for (const name of await caches.keys()) {
      if (!name.startsWith("pages:")) continue
      const cache = await caches.open(name)
      for (const request of [...await cache.keys()].reverse()) await this.#add(list, cache, request)
    }
    for (const part of this.children) (part as HTMLElement).hidden = list.children.length === 0
  }

  async #add(list: Element, cache: Cache, request: Request) {
    const { pathname } = new URL(request.url)
    const answer = await cache.match(request)
    if (pathname === "/offline" || !answer?.headers.get("Content-Type")?.startsWith("text/html")) return
    const link = document.createElement("a")
    link.href = pathname
    link.dir = "auto"
    link.textContent = parsed(await answer.text()).title.replace(/ – [^–]*$/, "") || pathname
    const item = document.createElement("li")
    item.append(link)
    list.append(item)
  }
}
