// What people with bad intentions write, in great variety, and DOMPurify as the judge of what we make of it.
import { createRequire } from "node:module"
import { dice } from "./raw.mjs"

const require = createRequire(import.meta.url)

/** Gives a function that says for each piece of markup what DOMPurify, in a real browser, would make of it: "" when it would change nothing. */
export async function judgeIn(page) {
  await page.goto("about:blank")
  await page.addScriptTag({ path: require.resolve("dompurify/dist/purify.min.js") })
  return (pieces) => page.evaluate((all) => all.map((html) => {
    const written = document.implementation.createHTMLDocument("").body
    written.innerHTML = html
    // DOMPurify trims the values of attributes; that is no cleaning.
    for (const each of written.querySelectorAll("*")) for (const { name, value } of each.attributes) each.setAttribute(name, value.trim())
    // Posts are never parsed as XML, where a title such as "-->" could end a comment.
    const clean = DOMPurify.sanitize(html, { SAFE_FOR_XML: false })
    return clean === written.innerHTML ? "" : clean || "nothing"
  }), pieces)
}

const RUN = "alert(1)"
/** Markup and addresses that ran somewhere once. Each is also mixed into Markdown below. */
export const PAYLOADS = [
  `<script>${RUN}</script>`, `<ScRiPt src=//evil.example/x.js>`, `<img src=x onerror=${RUN}>`, `<img src="x" onerror="${RUN}"/>`, `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`, `<svg><animate onbegin=${RUN} attributeName=x>`, `<svg><a xlink:href="javascript:${RUN}"><text>x</text></a></svg>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`, `<math href="javascript:${RUN}">x</math>`, `<iframe src="javascript:${RUN}">`,
  `<iframe srcdoc="<script>${RUN}</script>">`, `<object data="javascript:${RUN}">`, `<embed src="javascript:${RUN}">`, `<form action="javascript:${RUN}"><button>x`,
  `<button formaction="javascript:${RUN}" form=x>x`, `<input onfocus=${RUN} autofocus>`, `<details open ontoggle=${RUN}>x`, `<body onload=${RUN}>`,
  `<marquee onstart=${RUN}>`, `<video><source onerror=${RUN}></video>`, `<audio src onerror=${RUN}>`, `<a href="javascript:${RUN}">x</a>`,
  `<a href="java&#10;script:${RUN}">x</a>`, `<base href="//evil.example/">`, `<link rel=stylesheet href=//evil.example/x.css>`, `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<style>@import '//evil.example/x.css';</style>`, `<div style="background:url(javascript:${RUN})">`, `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<textarea><script>${RUN}</script></textarea><img src=x onerror=${RUN}>`, `<title><img src=x onerror=${RUN}></title>`, `<!--><img src=x onerror=${RUN}>-->`,
  `<!-- --!><img src=x onerror=${RUN}> -->`, `<![CDATA[<img src=x onerror=${RUN}>]]>`, `<?xml ?><img src=x onerror=${RUN}>`, `<x onclick=${RUN}>x`, `<x/onpointerenter=${RUN}>x`,
  `"><img src=x onerror=${RUN}>`, `'><svg/onload=${RUN}>`, `" onmouseover="${RUN}" x="`, "' onfocus='alert(1)' autofocus='", "`onerror=alert(1)`", "\\\" onerror=\\\"alert(1)",
  `javascript:${RUN}`, `JaVaScRiPt:${RUN}`, `java\tscript:${RUN}`, `java\nscript:${RUN}`, `&#106;avascript:${RUN}`, `&#x6A;avascript:${RUN}`, `javascript&colon;${RUN}`,
  `\u0001javascript:${RUN}`, `%6aavascript:${RUN}`, `javascript://%0a${RUN}`, `data:text/html,<script>${RUN}</script>`, "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  `vbscript:${RUN}`, "file:///etc/passwd", "//evil.example/x", "/\\evil.example", "\\\\evil.example", "https://a.example/\" onmouseover=\"alert(1)", "https://a.example/<img src=x onerror=alert(1)>",
  "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;img src=x onerror=alert(1)&amp;gt;", "\u202e<script>", "<\u0000script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>", "<a\u000chref='javascript:alert(1)'>x", "<img src=x:x onerror=alert(1)//", "<svg><foreignObject><iframe onload=alert(1)>", "<select><option></select><img src=x onerror=alert(1)>",
  "<table><td background='javascript:alert(1)'>", "<template><img src=x onerror=alert(1)></template>", "<dialog open onclose=alert(1)><form method=dialog><button autofocus>",
].map((text) => text.replaceAll("\0", "\\0"))

const AROUND = [(x) => x, (x) => `[x](${x})`, (x) => `[x](<${x}> "t")`, (x) => `[x](https://a.example "${x}")`, (x) => `<${x}>`, (x) => `![${x}](/files/7/a.webp)`, (x) => `![a](${x})`,
  (x) => `[${x}](https://a.example)`, (x) => `[x][y]\n\n[y]: ${x}`, (x) => `[x][y]\n\n[y]: https://a.example '${x}'`, (x) => `\`${x}\``, (x) => `\`\`\`${x}\ncode\n\`\`\``, (x) => `\`\`\`\n${x}\n\`\`\``,
  (x) => `    ${x}`, (x) => `> ${x}`, (x) => `- [ ] ${x}`, (x) => `1. ${x}`, (x) => `# ${x}`, (x) => `| a | ${x} |\n|---|:-:|\n| ${x} | b |`, (x) => `**${x}**`, (x) => `_${x}_`, (x) => `~~${x}~~`,
  (x) => `@${x}`, (x) => `#${x}`, (x) => `:${x}:`, (x) => `https://a.example/${x}`, (x) => `www.a.example/${x}`, (x) => `a@${x}`, (x) => `&${x};`, (x) => `\\${x}`, (x) => `${x}\n---`, (x) => `<!-- ${x} -->`]

/** The examples of the CommonMark specification. */
function examples() {
  return require("commonmark-spec").tests.map((example) => example.markdown)
}

/** `count` sources: each payload alone first, the specification, then mixtures that are the same in every run. */
export function sources(count, seed = 1) {
  const roll = dice(seed)
  const spec = examples()
  const pick = (list) => list[(roll(1 << 20) >>> 4) % list.length]
  const cut = (text) => text.slice(0, (roll(1 << 20) >>> 4) % (text.length + 1))
  const mixed = () => {
    const parts = [pick(AROUND)(pick(PAYLOADS)), pick(AROUND)(cut(pick(PAYLOADS))), cut(pick(spec)), pick(spec), pick(AROUND)(pick(AROUND)(pick(PAYLOADS)))]
    return Array.from({ length: 1 + ((roll(1 << 20) >>> 4) % 3) }, () => pick(parts)).join(pick(["\n\n", "\n", " ", ""]))
  }
  const fixed = [...PAYLOADS, ...spec]
  return Array.from({ length: count }, (_, n) => fixed[n] ?? mixed())
}
