// Times are written as the page's language writes them, not as the browser's does. Must run before relative-time is defined.
const page = document.documentElement
const { hourCycle } = new Intl.DateTimeFormat(page.lang || "en", { hour: "numeric" }).resolvedOptions()
page.setAttribute("hour-cycle", hourCycle ?? "h23")
