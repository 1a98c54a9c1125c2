// What people with bad intentions write. It is kept as text, it does nothing, and it costs little.
import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { Torv } from "../e2e/torv.mjs"
import { Api, ROOMY } from "./api.mjs"

let torv, api, space
before(async () => {
  torv = await Torv.start({ flags: ROOMY })
  api = await Api.of(torv)
  space = await api.space()
})
after(() => torv?.stop())

/** Writes it, reads it back; gives the rendered HTML, or null when it was refused in words. */
async function written(body) {
  const begun = performance.now()
  const made = await api.topic(space, "Hostile", body)
  const took = performance.now() - begun
  assert.ok(took < 2000, `${took} ms`)
  if (made.status === 422 || made.status === 413) {
    assert.ok(made.json.title.length > 5, "the refusal says why")
    return null
  }
  assert.equal(made.status, 201, made.text.slice(0, 300))
  return (await api.firstPost(made.json.id)).html
}

describe("what costs others their server", () => {
  const row = `|${"a|".repeat(2000)}\n`
  const cases = {
    "a table of 2,000 columns and 300 rows": `${row}|${"-|".repeat(2000)}\n${"|\n".repeat(300)}`,
    "50,000 nested quotes": ">".repeat(50_000),
    "50,000 open brackets": "[".repeat(50_000),
    "25,000 stars": "*a ".repeat(20_000),
    "10,000 open pictures": "![a](".repeat(10_000),
    "10,000 half addresses": "a@a.".repeat(10_000),
    "20,000 backticks of every length": Array.from({ length: 190 }, (_, n) => "`".repeat(n)).join(" "),
    "5,000 nested lists": Array.from({ length: 300 }, (_, n) => `${" ".repeat(n)}- a`).join("\n"),
    "a megabyte": "word ".repeat(200_000),
  }
  for (const [name, body] of Object.entries(cases))
    it(`${name}: quick, and not blown up`, async () => {
      const html = await written(body)
      if (html !== null) assert.ok(html.length < 2_000_000, `${html.length} characters`)
    })
})

describe("what would run in a reader's browser", () => {
  const spellings = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "\u0001javascript:alert(1)",
    "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd", "//evil.example",
    "/\\evil.example", "blob:x", "jar:http://x!/", "livescript:x", "j&#x61;vascript:alert(1)"]
  const shapes = [(url) => `[x](${url})`, (url) => `[x](<${url}>)`, (url) => `<${url}>`, (url) => `[x][y]\n\n[y]: ${url}`, (url) => `![x](${url})`,
    (url) => `[x](<${url}> "title")`]
  for (const url of spellings)
    it(`${JSON.stringify(url)} leads nowhere in every kind of link`, async () => {
      const html = await written(shapes.map((shape) => shape(url)).join("\n\n")) ?? ""
      for (const [, target] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
        assert.match(target, /^(https?:\/\/|mailto:|\/(?![/\\])|#|[^:/\\]+$)/, target)
        assert.doesNotMatch(target, /script|data:/i)
      }
    })

  const markup = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>", "<iframe srcdoc='<script>alert(1)</script>'>", "<form action=//evil.example><input name=x>", "<base href=//evil.example>",
    '[x](https://a.example "\\" onmouseover=alert(1) x=\\"")', '![" onerror="alert(1)](/files/1/a.webp)', "```\"><script>alert(1)</script>\nx\n```", "</article></main><script>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"]
  for (const text of markup)
    it(`${text.slice(0, 40)} stays text`, async () => {
      const html = await written(text)
      const tags = [...html.matchAll(/<\/?([a-z][a-z0-9-]*)([^>]*)>/gi)]
      for (const [tag, name, attributes] of tags) {
        assert.doesNotMatch(name, /^(script|style|iframe|form|base|svg|math|object|embed|link|meta)$/i, tag)
        assert.doesNotMatch(attributes.replace(/"[^"]*"/g, '""'), /\son\w+\s*=/i, tag)
      }
    })

  it("the page around it holds no inline script", async () => {
    const made = await api.topic(space, "<script>alert('title')</script>", "<script>alert('body')</script>")
    const page = await (await fetch(`${torv.url}/t/${made.json.id}`, { headers: { authorization: `Bearer ${api.token}` } })).text()
    assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)/i)
    assert.doesNotMatch(page, /<script>alert/)
  })
})

describe("text that is not what it seems", () => {
  it("broken UTF-8 in JSON is refused", async () => {
    const body = Buffer.concat([Buffer.from('{"title":"a'), Buffer.from([0xff, 0xfe]), Buffer.from('","body":"b"}')])
    const answer = await fetch(`${torv.url}/api/v1/spaces/${space}/topics`, {
      method: "POST", body, headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json" } })
    assert.ok([400, 422].includes(answer.status), String(answer.status))
  })

  it("a byte 0, a lone surrogate and a million levels of JSON are refused or cleaned, and nothing falls over", async () => {
    const raw = (body) => fetch(`${torv.url}/api/v1/spaces/${space}/topics`, {
      method: "POST", body, headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json" } })
    for (const body of ['{"title":"a\\u0000b","body":"b"}', '{"title":"a\\ud800","body":"b"}', "[".repeat(900_000), '{"title":1e999,"body":[]}', "null", '"x"', ""]) {
      const { status } = await raw(body)
      assert.ok(status === 201 || (status >= 400 && status < 500), `${body.slice(0, 30)}: ${status}`)
    }
  })

  it("names in every script, marks on marks and text that runs the other way are kept", async () => {
    const text = "Ærø Ørsted — مرحبا بالعالم — שלום — 你好 — 👩‍👩‍👧‍👦 — Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘"
    const html = await written(text)
    assert.ok(html.includes("مرحبا") && html.includes("👩‍👩‍👧‍👦"))
  })
})

describe("after all of this", () => {
  it("the server lives and blames nothing on itself", async () => {
    assert.equal((await fetch(`${torv.url}/livez`)).status, 200)
    assert.doesNotMatch(torv.log, /"level":"error"|AddressSanitizer/)
  })
})
