// Every operation of the API, by people of several roles, with what goes well and what does not.
import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { zip } from "../hostile/zip.mjs"
import { Caller } from "./caller.mjs"
import { walkCircles } from "./circles.mjs"
import { talkInConversations } from "./conversations.mjs"
import { walkDevices } from "./devices.mjs"
import { walkLifting } from "./lifting.mjs"
import { bodies, wrong } from "./no_request.mjs"
import { walkSearch, walkTags } from "./finding.mjs"
import { walkBookmarks, walkDrafts, walkScheduled } from "./put_aside.mjs"
import { walkPeople } from "./people.mjs"
import { walkQuestions } from "./questions.mjs"

let api, spaces, space, chat, topic, post, opening, message, handle, conversation

before(async () => {
  api = await Caller.start()
  spaces = await api.walk("owner", "/spaces")
  space = spaces.find((each) => each.kind === "discussion" && each.visibility === "public" && each.starters === "writers").id
  chat = spaces.find((each) => each.kind === "chat").id
  topic = (await api.good("member", "POST", `/spaces/${space}/topics`, { body: { title: "Bread on Sunday", body: "Who bakes? :tada:" } })).id
  post = (await api.good("moderator", "POST", `/topics/${topic}/posts`, { body: { body: "I do." } })).id
  handle = (await api.good("member", "GET", "/me")).handle
  opening = (await api.good("guest", "GET", `/topics/${topic}`)).first_post
})
after(() => api?.stop())

const json = (value) => Buffer.from(JSON.stringify(value))
const slack = (text) => zip([
  { name: "users.json", data: json([{ id: "U1", name: "maja", profile: { real_name: "Maja Juhl" } }]) },
  { name: "channels.json", data: json([{ id: "C1", name: "general", created: 1700000000, members: ["U1"] }]) },
  { name: "general/2023-11-14.json", data: json([{ type: "message", user: "U1", text, ts: "1700000000.000100" }]) }])

const upload = (who, text, headers = {}) => api.call(who, "POST", "/uploads",
  { raw: text, headers: { "content-type": "application/octet-stream", "x-torv-filename": "br%C3%B8d.txt", ...headers } })
const imported = (text, headers = {}) => api.call("owner", "POST", "/imports",
  { raw: slack(text), headers: { "content-type": "application/zip", "x-torv-filename": "slack.zip", ...headers } })

async function finished(id) {
  for (let tries = 0; tries < 300; tries++) {
    const found = await api.good("owner", "GET", `/imports/${id}`)
    if (found.state === "done" || found.state === "failed") return found
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`import ${id} does not end`)
}

describe("what goes well is as described", () => {
  it("communities", async () => {
    const { slug } = await api.good("guest", "GET", "/community")
    assert.deepEqual((await api.walk("member", "/communities")).map((each) => each.slug), [slug])
    assert.equal((await api.good("guest", "GET", "/community", { headers: { "torv-community": slug } })).slug, slug)
    assert.equal((await api.call("guest", "GET", "/community", { headers: { "torv-community": "nowhere" } })).status, 404)
  })

  it("spaces", async () => {
    const made = await api.good("owner", "POST", "/spaces", { body: { name: "Bakery", kind: "discussion", visibility: "members", icon: "🥖" } })
    assert.equal((await api.good("member", "GET", `/spaces/${made.id}`)).name, "Bakery")
    const changed = await api.good("owner", "PATCH", `/spaces/${made.id}`, { body: { description: "Flour and water.", starters: "moderators" } })
    assert.equal(changed.starters, "moderators")
    assert.equal(changed.name, "Bakery")
    for (const who of ["guest", "member", "moderator", "owner"]) await api.walk(who, "/spaces")
  })

  it("topics and posts", async () => {
    await api.good("moderator", "PATCH", `/topics/${topic}`, { body: { pinned: true, locked: true } })
    assert.equal((await api.call("member", "POST", `/topics/${topic}/posts`, { body: { body: "But" } })).status, 403)
    await api.good("moderator", "PATCH", `/topics/${topic}`, { body: { pinned: false, locked: false } })
    await api.good("member", "PATCH", `/posts/${opening}`, { body: { body: "Who bakes **rye**?", title: "Rye bread on Sunday", edits: 0 } })
    const reply = await api.good("member", "POST", `/topics/${topic}/posts`, { body: { body: "Thank you!", reply_to: post } })
    assert.equal(reply.reply_to, post)
    await api.good("member", "DELETE", `/posts/${reply.id}`)
    await api.good("member", "POST", `/posts/${reply.id}/restore`)
    assert.equal((await api.good("guest", "GET", `/posts/${reply.id}`)).body, "Thank you!")
    message = (await api.good("member", "POST", `/spaces/${chat}/posts`, { body: { body: "Hello, all." } })).id
    assert.equal((await api.good("member", "GET", `/posts/${message}/thread`)).topic, null)
    const below = await api.good("moderator", "POST", `/posts/${message}/thread`, { body: { body: "Hello, you." } })
    const thread = await api.good("member", "GET", `/posts/${message}/thread`)
    assert.deepEqual([thread.topic, thread.reply_count], [below.topic, 1])
    const other = await api.good("owner", "POST", `/spaces/${space}/topics`, { body: { title: "Not long for this world", body: "x" } })
    await api.good("owner", "DELETE", `/topics/${other.id}`)
    assert.equal((await api.call("member", "GET", `/topics/${other.id}`)).status, 404)
  })

  it("messages are lifted and put back", () => walkLifting(api, chat))
  it("devices belong to a browser that is signed in, and are their owner's to see and to take off", () => walkDevices(api))
  it("conversations, and whom one does not want to hear from", async () => { conversation = await talkInConversations(api) })

  it("what happens, as it happens", async () => {
    const target = `/api/v1/live?streams=topic:${topic},community`, stop = new AbortController()
    const answer = await fetch(api.torv.url + target, { signal: stop.signal, headers: { authorization: `Bearer ${api.tokens.member}` } })
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    const { id } = await api.good("moderator", "POST", `/topics/${topic}/posts`, { body: { body: "Fresh from the oven." } })
    let body = ""
    while (!body.includes(`"subject":{"kind":"post","id":"${id}"}`)) body += (await reader.read()).value
    stop.abort()
    assert.deepEqual(api.contract.faults({ method: "GET", target, status: 200, headers: Object.fromEntries(answer.headers), body }), [])
  })

  it("reactions", async () => {
    const heart = encodeURIComponent("❤️")
    await api.good("member", "PUT", `/posts/${post}/reactions/${heart}`)
    assert.equal((await api.walk("guest", `/posts/${post}/reactions`)).length, 1)
    assert.equal((await api.good("member", "GET", `/posts/${post}`)).own_reactions.length, 1)
    await api.good("member", "DELETE", `/posts/${post}/reactions/${heart}`)
    assert.deepEqual((await api.good("member", "GET", `/posts/${post}`)).own_reactions, [])
  })

  it("what is unread", async () => {
    await api.good("owner", "POST", `/topics/${topic}/posts`, { body: { body: "New." } })
    const unread = () => api.walk("member", "/unread").then((list) => list.find((each) => each.space === space)?.topics.find((each) => each.id === topic))
    await api.good("member", "PUT", `/topics/${topic}/read`, { body: { post: opening } })
    assert.ok((await unread())?.unread > 0 && (await api.walk("member", "/catch-up")).some((each) => each.topic === topic && each.posts > 0))
    await api.good("member", "PUT", `/topics/${topic}/read`, { body: { post: (await api.good("member", "GET", `/topics/${topic}`)).last_post } })
    assert.equal(await unread(), undefined)
  })

  it("members", async () => {
    const me = await api.good("member", "GET", "/me")
    assert.deepEqual(await api.good("moderator", "GET", `/members/${me.id}`), me)
    assert.ok((await api.walk("member", "/members?role=moderator")).every((each) => each.role === "moderator"))
    assert.ok((await api.walk("member", `/members?q=${encodeURIComponent(me.name.split(" ")[0])}`)).some((each) => each.id === me.id))
  })

  it("what members tell of themselves", () => walkPeople(api))
  it("search", () => walkSearch(api, topic))
  it("tags", () => walkTags(api, topic, space))
  it("drafts", () => walkDrafts(api, topic, space))
  it("bookmarks", () => walkBookmarks(api, post))
  it("circles", () => walkCircles(api))
  it("questions, and which answer helped", () => walkQuestions(api))
  it("what is posted later", () => walkScheduled(api, topic, space))

  it("notices, and what one follows", async () => {
    const levels = [`/topics/${topic}/level`, `/spaces/${space}/level`]
    for (const path of levels) {
      assert.equal((await api.good("moderator", "PUT", path, { body: { level: "watching" } })).level, "watching")
      assert.deepEqual(await api.good("moderator", "GET", path), { level: "watching", chosen: true })
    }
    const { id } = (await api.walk("member", "/members")).find((each) => each.handle !== undefined && each.role === "owner")
    assert.equal((await api.good("moderator", "PUT", `/members/${id}/level`, { body: { level: "normal" } })).level, "normal")
    assert.equal((await api.good("moderator", "GET", `/members/${id}/level`)).chosen, true)
    assert.equal((await api.call("moderator", "PUT", `/members/${id}/level`, { body: { level: "watching" } })).status, 422)
    await api.good("member", "POST", `/topics/${topic}/posts`, { body: { body: "News for who follows." } })
    let notice
    for (let n = 0; n < 100 && !notice; n++) {
      await new Promise((woken) => setTimeout(woken, 100))
      notice = (await api.walk("moderator", "/notices?unread=true")).find((each) => each.topic === topic)
    }
    assert.ok(["answer", "reply"].includes(notice.kind))
    assert.ok((await api.good("moderator", "GET", "/notices/count")).unread >= 1)
    await api.good("moderator", "PUT", `/notices/${notice.id}/read`)
    await api.good("moderator", "PUT", "/notices/read", { body: { until: notice.id } })
    await api.good("moderator", "PUT", "/notices/read", { body: {} })
    assert.equal((await api.good("moderator", "GET", "/notices/count")).unread, 0)
    assert.equal((await api.good("moderator", "PUT", "/notices/settings", { body: { answer: "never", quiet_from: "", quiet_to: "" } })).answer, "never")
    assert.equal((await api.good("moderator", "GET", "/notices/settings")).quiet_from, "")
    assert.equal((await api.call("moderator", "PUT", "/notices/settings", { body: { quiet_from: "25:00" } })).status, 422)
  })

  it("uploads", async () => {
    const made = await upload("member", "Flour, water, salt.")
    assert.equal(made.status, 201)
    assert.equal(made.json.name, "brød.txt")
    assert.deepEqual((await api.good("member", "GET", `/uploads/${made.json.id}`)), made.json)
    assert.equal((await api.call("owner", "GET", `/uploads/${made.json.id}`)).status, 404, "nobody sees it before a post shows it")
    const form = new FormData()
    form.set("file", new Blob(["Flour."]), "flour.txt")
    const encoded = new Response(form)
    const sent = await api.call("member", "POST", "/uploads",
      { raw: Buffer.from(await encoded.arrayBuffer()), headers: { "content-type": encoded.headers.get("content-type") } })
    assert.equal(sent.status, 201)
  })

  it("the record of rights", async () => {
    const entries = await api.walk("owner", "/audit")
    assert.ok(entries.some((each) => each.kind === "token.made"))
    assert.ok((await api.walk("owner", "/audit?kind=token&limit=1")).every((each) => each.kind.startsWith("token.")))
    for (const who of ["member", "moderator"]) assert.equal((await api.call(who, "GET", "/audit")).status, 404)
  })

  it("imports", async () => {
    const { json: trial, headers } = await imported("Hej")
    assert.equal(headers.location, `/api/v1/imports/${trial.id}`)
    assert.equal((await finished(trial.id)).report.total, 1)
    const real = await api.call("owner", "POST", `/imports/${trial.id}/run`)
    assert.equal(real.status, 201)
    assert.equal((await finished(real.json.id)).report.messages.posts, 1)
    assert.equal((await api.call("owner", "POST", `/imports/${trial.id}/run`)).status, 409)
    assert.equal((await api.walk("owner", "/imports")).length, 2)
    assert.equal((await api.call("member", "GET", "/imports")).status, 404)
  })
})

describe("what is sent again is done once", () => {
  const twice = async (make, again, other) => {
    const [first, second] = [await make(), await again()]
    assert.equal(first.status, 201, first.body)
    assert.equal(second.status, 201, second.body)
    assert.equal(second.json.id, first.json.id)
    const conflict = await other()
    assert.equal(conflict.status, 409, conflict.body)
    assert.equal(conflict.json.key, "web.key_reused")
  }
  const cases = {
    "a space": ["owner", () => "/spaces", (n) => ({ name: `Attic ${n}`, kind: "discussion", visibility: "public" })],
    "a topic": ["member", () => `/spaces/${space}/topics`, (n) => ({ title: `Once ${n}`, body: "x" })],
    "a post": ["member", () => `/topics/${topic}/posts`, (n) => ({ body: `once ${n}` })],
    "an answer in a thread": ["member", () => `/posts/${message}/thread`, (n) => ({ body: `once ${n}` })],
    "a conversation": ["moderator", () => "/conversations", (n) => ({ to: handle, body: `once ${n}` })],
    "a question to those who lead": ["member", () => "/leader-questions", (n) => ({ body: `once ${n}` })],
    "a post for later": ["member", () => "/scheduled", (n) => ({ topic, body: `once ${n}`, at: "2027-11-30T08:00" })],
    "a message": ["member", () => `/spaces/${chat}/posts`, (n) => ({ body: `once ${n}` })],
  }
  for (const [name, [who, path, body]] of Object.entries(cases))
    it(name, async () => {
      const headers = { "idempotency-key": `key of ${name}` }
      const send = (n) => api.call(who, "POST", path(), { body: body(n), headers })
      await twice(() => send(1), () => send(1), () => send(2))
    })

  it("an upload", async () => {
    const send = (text) => upload("member", text, { "idempotency-key": "key of an upload" })
    await twice(() => send("one"), () => send("one"), () => send("two"))
  })

  it("an import, and the run after its trial", async () => {
    const send = (text) => imported(text, { "idempotency-key": "key of an import" })
    const trial = (await send("Hej igen")).json.id
    await twice(() => send("Hej igen"), () => send("Hej igen"), () => send("Something else, and longer"))
    await finished(trial)
    const run = () => api.call("owner", "POST", `/imports/${trial}/run`, { headers: { "idempotency-key": "key of a run" } })
    const [first, second] = [await run(), await run()]
    assert.equal(first.status, 201, first.body)
    assert.equal(second.json.id, first.json.id)
  })

  it("bringing back a post, which is the same twice without a key", async () => {
    const { id } = await api.good("member", "POST", `/topics/${topic}/posts`, { body: { body: "Back." } })
    await api.good("member", "DELETE", `/posts/${id}`)
    const headers = { "idempotency-key": "back" }
    for (let times = 0; times < 2; times++) assert.equal((await api.good("member", "POST", `/posts/${id}/restore`, { headers })).deleted, false)
  })

  it("a key of 201 characters is refused", async () => {
    const answer = await api.call("member", "POST", `/topics/${topic}/posts`, { body: { body: "x" }, headers: { "idempotency-key": "k".repeat(201) } })
    assert.equal(answer.status, 400)
    assert.equal(answer.json.field, "Idempotency-Key")
  })
})

describe("lists", () => {
  it("give every item once, however small the pages are", async () => {
    for (let n = 0; n < 7; n++) await api.good("member", "POST", `/topics/${topic}/posts`, { body: { body: `bread ${n}` } })
    for (const [path, least] of [[`/spaces/${space}/topics`, 4], [`/topics/${topic}/posts`, 9], ["/members", 10], ["/members?sort=newest", 10]]) {
      const small = (limit) => `${path}${path.includes("?") ? "&" : "?"}limit=${limit}`
      const whole = (await api.walk("member", small(100))).map((each) => each.id)
      assert.ok(whole.length >= least, `${path}: ${whole.length}`)
      for (const limit of [1, 3]) assert.deepEqual((await api.walk("member", small(limit))).map((each) => each.id), whole, small(limit))
      assert.equal(new Set(whole).size, whole.length)
    }
    const hits = (await api.walk("member", "/search?q=bread")).map((hit) => hit.kind + hit.id)
    assert.equal(new Set(hits).size, hits.length)
  })

  it("take no cursor of their own making", async () => {
    for (const path of [`/spaces/${space}/topics`, `/topics/${topic}/posts`, "/members"])
      for (const cursor of ["nonsense", "-1", "9".repeat(40), "%F0%9F%92%A9"])
        assert.ok([200, 400].includes((await api.call("member", "GET", `${path}?cursor=${cursor}`)).status), `${path} ${cursor}`)
  })
})

describe("what has not changed is not sent again", () => {
  it("for every GET, weak, strong, in a list and by a star", async () => {
    const me = (await api.good("member", "GET", "/me")).id
    for (const path of ["/me", "/community", "/spaces", `/spaces/${space}`, `/topics/${topic}`, `/posts/${post}`, `/members/${me}`, "/members"]) {
      const strong = (answer) => answer.headers.etag.replace("W/", "")  // a packed answer carries a weak one
      const etag = strong(await api.call("member", "GET", path))
      for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
        const again = await api.call("member", "GET", path, { headers: { "if-none-match": tag } })
        assert.equal(again.status, 304, `${path} ${tag}`)
        assert.equal(again.body, "")
      }
      assert.equal((await api.call("member", "GET", path, { headers: { "if-none-match": '"other"' } })).status, 200)
      assert.equal(strong(await api.call("member", "HEAD", path)), etag)
    }
    const { headers: { etag } } = await api.call("member", "GET", `/topics/${topic}`)
    await api.good("member", "POST", `/topics/${topic}/posts`, { body: { body: "A change." } })
    assert.equal((await api.call("member", "GET", `/topics/${topic}`, { headers: { "if-none-match": etag } })).status, 200)
  })

  it("and a change of what somebody else changed meanwhile is refused", async () => {
    const { edits } = await api.good("member", "GET", `/posts/${opening}`)
    await api.good("member", "PATCH", `/posts/${opening}`, { body: { body: "First.", edits } })
    assert.equal((await api.call("member", "PATCH", `/posts/${opening}`, { body: { body: "Second.", edits } })).status, 409)
  })
})

describe("what goes wrong is a problem document", () => {
  it("401 without a token, and with a wrong one", async () => {
    for (const who of ["guest", "stranger"])
      assert.equal((await api.call(who, "POST", `/topics/${topic}/posts`, { body: { body: "x" } })).status, 401)
    assert.equal((await api.call("stranger", "GET", "/spaces")).status, 401)
    assert.equal((await api.call("guest", "GET", "/me")).status, 401)
  })

  it("403 for what one may see and not do", async () => {
    assert.equal((await api.call("member with a token to read", "POST", `/topics/${topic}/posts`, { body: { body: "x" } })).status, 403)
    assert.equal((await api.call("owner with a token to read", "GET", "/imports")).status, 403)
    assert.equal((await api.call("member", "PATCH", `/topics/${topic}`, { body: { locked: true } })).status, 403)
    assert.equal((await api.call("member", "PATCH", `/posts/${post}`, { body: { body: "Not mine." } })).status, 403)
  })

  it("404 for every operation on what is not there", async () => {
    for (const { method, path } of api.contract.operations.filter((each) => each.path.includes("{"))) {
      const target = path.replace("{key}", "topic:7777").replace("{emoji}", "%E2%9D%A4").replaceAll(/\{\w+\}/g, "7777")
      const body = { post: {}, patch: {}, put: {} }[method]
      const answer = await api.call("owner", method.toUpperCase(), target, { body: target.endsWith("/read") ? { post: "1" } : body })
      assert.ok([404, 422].includes(answer.status) || (target.startsWith("/drafts") && answer.status === 204), `${method} ${target}: ${answer.status}`)
    }
  })

  it("405 says so in its body, too, and which methods there are", async () => {
    const answer = await api.call("member", "PUT", "/spaces", { body: {} })
    assert.equal(answer.status, 405)
    assert.equal(answer.json.status, 405)
    assert.match(answer.headers.allow, /GET/)
  })

  it("413 for more than is taken", async () => {
    assert.equal((await api.call("member", "POST", `/topics/${topic}/posts`, { body: { body: "x".repeat(2_000_000) } })).status, 413)
  })

  it("429 with the seconds to wait", async () => {
    let answer
    for (let n = 0; n < 200 && answer?.status !== 429; n++) answer = await api.call("moderator", "PUT", `/drafts/topic:${n + 1}`, { body: { body: "x" } })
    assert.equal(answer.status, 429)
  })

  it("in the language of Accept-Language, also for who has another one", async () => {
    const ask = async (who, language) => (await api.call(who, "GET", "/topics/7777", { headers: language ? { "accept-language": language } : {} })).json.title
    const said = { en: /could not find/, da: /ikke finde/, sv: /inte att hitta/, nl: /niet vinden/ }
    for (const who of ["guest", "member", "owner"])
      for (const [language, words] of Object.entries(said)) assert.match(await ask(who, `${language};q=0.9, xx`), words, `${who} ${language}`)
  })
})

describe("what is no request", () => {
  const long = "x".repeat(900_000)

  it("is refused by every operation that takes JSON, never with a fault of our own", async () => {
    const takers = api.contract.operations.filter(({ operation }) => operation.requestBody?.content["application/json"])
    assert.ok(takers.length >= 9)
    const member = (await api.walk("owner", "/members")).find((each) => each.role === "member").id
    const later = { space, title: "Not yet", body: "Later.", at: "2027-11-30T08:00" }
    const scheduled = (await api.good("owner", "POST", "/scheduled", { body: later })).id
    const circle = (await api.good("owner", "POST", "/circles", { body: { name: "Menders", entry: "request" } })).id
    const things = { space, topic, circle, post: opening, key: `topic:${topic}`, member, conversation, scheduled }
    for (const { method, path, operation } of takers) {
      const schema = api.contract.resolved(operation.requestBody.content["application/json"].schema)
      const target = path.replaceAll(/\{(\w+)\}/g, (_, name) => (path.endsWith("/posts") && path.startsWith("/spaces") ? chat : things[name]))
      for (const name of Object.keys(schema.properties)) {
        const fitting = { integer: "a number for a text", array: "a list" }[api.contract.resolved(schema.properties[name]).type]
        const cases = Object.entries(bodies(name)).filter(([what]) => what !== fitting)
        for (const [what, raw] of [...cases, ["a text of 900 KB", wrong(name, long)]]) {
          const answer = await api.call("owner", method.toUpperCase(), target, { raw })
          assert.ok([400, 413, 422].includes(answer.status), `${method} ${path} ${name}, ${what}: ${answer.status} ${answer.body.slice(0, 200)}`)
        }
      }
    }
  })
})

describe("the description", () => {
  it("has been held against many answers, with every kind of fault and every operation", () => {
    assert.deepEqual(api.contract.missing(), [])
    for (const status of [200, 201, 204, 304, 400, 401, 403, 404, 409, 413, 422, 429])
      assert.ok(api.contract.statuses.has(status), `no ${status} was seen`)
    assert.ok(api.contract.checked > 500, String(api.contract.checked))
  })

  it("would have found a member, a status, a header and a content type that it does not know", async () => {
    const good = { method: "GET", target: "/api/v1/community", status: 200, sent: undefined,
      headers: { "content-type": "application/json", etag: '"1"' }, body: JSON.stringify(await api.good("guest", "GET", "/community")) }
    assert.deepEqual(api.contract.faults(good), [])
    const more = JSON.stringify({ ...JSON.parse(good.body), secret: 1 })
    for (const change of [{ body: more }, { body: "{}" }, { status: 418 }, { status: 404 }, { headers: { etag: '"1"' } }, { headers: { "content-type": "application/json" } }])
      assert.notDeepEqual(api.contract.faults({ ...good, ...change }), [], JSON.stringify(change))
  })

  it("nothing was taken for a fault of our own", () => {
    assert.doesNotMatch(api.torv.log, /"level":"error"|AddressSanitizer/)
  })
})
