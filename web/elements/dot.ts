/** The small mark of what is new, with its words for those who hear the page. */
export function dot(words: string | null) {
  const mark = document.createElement("span")
  mark.className = "dot"
  const spoken = document.createElement("span")
  spoken.className = "sr-only"
  spoken.textContent = words
  mark.append(spoken)
  return mark
}
