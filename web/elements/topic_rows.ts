// What lists of topics that live have in common.
import { dot } from "./dot"

export const rowOf = (root: ParentNode, topic: string) =>
  root.querySelector<HTMLElement>(`.topic-row[data-topic="${CSS.escape(topic)}"]`)

/** The row holds something new. */
export function markNew(row: HTMLElement, words: string | null) {
  row.classList.add("topic-row--unread")
  const side = row.querySelector(".topic-row__side")
  if (side && !side.querySelector(".dot, .count")) side.append(dot(words))
}

/** To the top, but below what is pinned. */
export function rise(list: Element, row: Element) {
  const first = [...list.children].find((each) => !each.querySelector("use[href$='#pin']"))
  if (first !== row) list.insertBefore(row, first ?? null)
}
