// What belongs to no element: times in the reader's words, the toolbar when there is one, menus that close.
import "@github/relative-time-element"

if (document.querySelector("markdown-toolbar")) {
  void import("@github/markdown-toolbar-element").then(() => {
    for (const bar of document.querySelectorAll("markdown-toolbar")) bar.removeAttribute("hidden")
  })
}

const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")

// One menu at a time; Escape closes it and gives the focus back to its button.
document.addEventListener("toggle", (event) => {
  const opened = event.target
  if (!(opened instanceof HTMLDetailsElement) || !opened.open || !opened.matches(".menu")) return
  for (const menu of openMenus()) if (menu !== opened) menu.open = false
}, true)

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector("summary")?.focus()
  }
})
