import { ring } from "./bell"
import { dot } from "./dot"
import { follow, me, say, type News } from "./live"

/** The page's line to the server, and what it changes on every page: marks of what is new in the list of spaces, the
 *  number at the bell, who is here.
 *    <live-line position="412" me="24" fresh="New posts" lost-text="Trying to reach the server…"></live-line>
 *  Opened for members, and for guests on pages where something may happen. */
export class LiveLine extends HTMLElement {
  #leave: (() => void)[] = []

  connectedCallback() {
    this.setAttribute("role", "status")
    if (!me()) return
    this.#leave = [follow("community", this.#hear), follow(`notices:${me()}`, this.#told)]
    document.addEventListener("torv:line", this.#askWho)
    document.addEventListener("torv:post", this.#askWho)
    document.addEventListener("torv:posts", this.#askWho)
    document.addEventListener("torv:presence", this.#present)
  }

  disconnectedCallback() {
    for (const leave of this.#leave) leave()
    document.removeEventListener("torv:line", this.#askWho)
    document.removeEventListener("torv:post", this.#askWho)
    document.removeEventListener("torv:posts", this.#askWho)
    document.removeEventListener("torv:presence", this.#present)
  }

  static observedAttributes = ["lost"]

  attributeChangedCallback() {
    this.textContent = this.hasAttribute("lost") ? this.getAttribute("lost-text") : ""
  }

  /** Of those who are on this page: who is here? */
  #askWho = () => {
    const members = new Set([...document.querySelectorAll<HTMLElement>("[data-member]")].map((face) => face.dataset.member))
    if (members.size > 0) say({ do: "who", members: [...members].slice(-100) })
  }

  #present = (event: Event) => {
    const news = (event as CustomEvent<News>).detail
    for (const member of news.members as string[]) {
      for (const face of document.querySelectorAll(`[data-member="${CSS.escape(member)}"]`)) {
        face.classList.toggle("is-here", news.do === "come")
        face.setAttribute("title", news.do === "come" ? this.getAttribute("here") ?? "" : "")
      }
    }
  }

  #hear = (news: News) => {
    if (news.do === "said" && news.by !== me()) this.#mark(String(news.space), String(news.topic))
  }

  #told = (news: News) => {
    if (news.do === "own") ring(news.html ?? "")
  }

  #mark(space: string, topic: string) {
    // What happens before one's eyes is not news.
    if (!document.hidden && document.querySelector(`live-posts[stream="topic:${CSS.escape(topic)}"][tail]`)) return
    for (const item of document.querySelectorAll(`.nav__item[data-space="${CSS.escape(space)}"]`)) {
      item.classList.add("nav__item--unread")
      if (!item.querySelector(".dot")) item.append(dot(this.getAttribute("fresh")))
    }
  }
}
