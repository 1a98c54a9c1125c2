// A list of chat messages: where a message belongs, who is introduced, where a day begins. Posts that come by themselves,
// those one sends, and history that is fetched all go through here, so that the list looks the same whichever way it grew.

const SAME_HEAD_MS = 5 * 60 * 1000

const POST = ".post[data-post]"
const idOf = (post: HTMLElement) => BigInt(post.dataset.post ?? 0)

/** Puts a post where it belongs: below the newest, unless two came nearly at once in the other order. */
export function insert(list: Element, fresh: HTMLElement) {
  const posts = [...list.querySelectorAll<HTMLElement>(POST)]
  let before = posts.pop()
  while (before && idOf(before) > idOf(fresh)) before = posts.pop()
  if (before) before.after(fresh)
  else list.append(fresh)
  if (list.matches(".posts--chat")) settle(fresh)
}

/** Somebody who goes on talking is not introduced again, and a new day has a line. */
function settle(fresh: HTMLElement) {
  let last = fresh.previousElementSibling
  while (last && !last.matches(".post")) last = last.previousElementSibling
  if (!last) return
  const [then, now] = [timeOf(last), timeOf(fresh)]
  if (then && now && then.toDateString() !== now.toDateString()) fresh.before(dayLine(now))
  else if (goesOn(last, fresh)) tighten(fresh)
}

function goesOn(last: Element, next: Element) {
  if (last.matches(".post--deleted, .post--pending") || next.querySelector(".post__parent")) return false
  const [then, now] = [timeOf(last), timeOf(next)]
  return then !== undefined && now !== undefined && now.getTime() - then.getTime() < SAME_HEAD_MS
    && authorOf(last) === authorOf(next)
}

function dayLine(at: Date) {
  const line = document.createElement("li")
  line.className = "day-line"
  const span = document.createElement("span")
  span.textContent = at.toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" })
  line.append(span)
  return line
}

/** Adds fetched history above or below; what is there already is not taken twice. */
export function extend(list: Element, fetched: Element, where: "above" | "below") {
  const fresh = [...fetched.children].filter((each) => !each.id || !document.getElementById(each.id))
  const seam = where === "above" ? firstOf(list) : firstOf(fetched)
  if (where === "above") list.prepend(...fresh)
  else {
    const sent = list.querySelector(".post--pending")
    if (sent) sent.before(...fresh)
    else list.append(...fresh)
  }
  if (seam) mend(seam)
}

const firstOf = (list: Element) => list.querySelector<HTMLElement>(POST)

/** Where two stretches meet, a day line that repeats the day goes, and who goes on talking is not introduced again. */
function mend(seam: HTMLElement) {
  const line = seam.previousElementSibling
  let last = line
  while (last && !last.matches(POST)) last = last.previousElementSibling
  if (!last || timeOf(last)?.toDateString() !== timeOf(seam)?.toDateString()) return
  if (line?.matches(".day-line")) line.remove()
  if (goesOn(last, seam) && !seam.previousElementSibling?.matches(".new-line")) tighten(seam)
}

/** Takes posts away from one end so that at most `keep` stay. True: some were. */
export function trim(list: Element, from: "above" | "below", keep: number) {
  const posts = [...list.querySelectorAll<HTMLElement>(POST)]
  const extra = posts.length - keep
  if (extra <= 0) return false
  const edge = from === "above" ? posts[extra] : posts[keep - 1]
  const gone = from === "above" ? "previousElementSibling" : "nextElementSibling"
  while (edge?.[gone]) edge[gone].remove()
  const day = edge && timeOf(edge)
  if (from === "above" && day) edge.before(dayLine(day))
  return true
}

export const authorOf = (post: Element) => post.querySelector(".post__author")?.getAttribute("href")

export function timeOf(post: Element) {
  const text = post.querySelector(".post__time relative-time")?.getAttribute("datetime")
  return text ? new Date(text) : undefined
}

export function tighten(post: Element) {
  post.classList.add("post--same")
  post.querySelector(".post__face")?.remove()
  post.querySelector(".post__head .badge")?.remove()
  post.querySelector(".post__author")?.classList.add("sr-only")
}
