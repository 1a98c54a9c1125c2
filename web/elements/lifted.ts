import type { News } from "./live"
import { announce, ownPart } from "./live_markup"

/** Messages that were lifted into a topic leave the stream, and a note stands where the first of them stood. */
export function lifted(news: News) {
  const ids = Array.isArray(news.posts) ? news.posts.map(String) : []
  const posts = ids.map((id) => document.getElementById(`p-${id}`)).filter((post) => post !== null)
  const note = ownPart(news.html ?? "")
  posts.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
  if (note && posts[0] && !document.getElementById(note.id)) {
    posts[0].before(note)
    announce(note.textContent?.trim() ?? "")
  }
  for (const post of posts) {
    const next = post.nextElementSibling
    post.remove()
    if (next?.matches(".post--same")) introduce(next)
  }
}

/** Whoever went on talking after a message that is gone has to be named again. */
function introduce(post: Element) {
  post.classList.remove("post--same")
  post.querySelector(".post__author")?.classList.remove("sr-only")
}
