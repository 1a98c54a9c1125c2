import { dot } from "./dot"
import { follow, me, say, type News } from "./live"
import { mark } from "./own_marks"

const READ_SOON_MS = 2500

/** The page's line to the server, and what it changes on every page: marks of what is new in the list of spaces, the
 *  number at the bell, the mark at the messages, who is here.
 *    <live-line position="412" me="24" fresh="New posts" lost-text="Trying to reach the server…"></live-line>
 *  Opened for members, and for guests on pages where something may happen. */
export class LiveLine extends HTMLElement {
  #leave: (() => void)[] = []
  #timer = 0

  connectedCallback() {
    this.setAttribute("role", "status")
    if (!me()) return
    this.#leave = [follow("community", this.#hear), follow(`notices:${me()}`, this.#told), follow(`messages:${me()}`, this.#written)]
    document.addEventListener("torv:line", this.#askWho)
    document.addEventListener("torv:post", this.#askWho)
    document.addEventListener("torv:posts", this.#askWho)
    document.addEventListener("torv:presence", this.#present)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
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
    if (news.do === "own") mark("[data-bell]", news.html ?? "")
  }

  #written = (news: News) => {
    if (news.do !== "own") return
    clearTimeout(this.#timer)
    const show = () => mark("[data-messages]", news.html ?? "")
    // What is said before one's eyes is read in a moment.
    if (news.html && this.#talks) this.#timer = window.setTimeout(show, READ_SOON_MS)
    else show()
  }

  get #talks() {
    return !document.hidden && location.pathname.startsWith("/messages/") && document.querySelector("live-posts[tail]") !== null
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
