// What a member keeps for themselves: drafts, bookmarks, and what is to be posted later.
import assert from "node:assert/strict"

export async function walkDrafts(api, topic, space) {
  await api.good("member", "PUT", `/drafts/topic:${topic}`, { body: { body: "Perhaps I" } })
  await api.good("member", "PUT", `/drafts/space:${space}`, { body: { title: "A thought", body: "" } })
  assert.equal((await api.good("member", "GET", `/drafts/topic:${topic}`)).body, "Perhaps I")
  assert.equal((await api.walk("member", "/drafts")).length, 2)
  assert.equal((await api.walk("owner", "/drafts")).length, 0)
  await api.good("member", "DELETE", `/drafts/topic:${topic}`)
  assert.equal((await api.call("member", "GET", `/drafts/topic:${topic}`)).status, 404)
}

export async function walkBookmarks(api, post) {
  const path = `/bookmarks/${post}`
  assert.equal((await api.good("member", "PUT", path, { body: { note: "For the spring" } })).remind_at, null)
  const tomorrow = new Date(Date.now() + 864e5).toISOString().slice(0, 19) + "Z"
  assert.equal((await api.good("member", "PUT", path, { body: { note: "Soon", remind_at: tomorrow } })).remind_at, tomorrow)
  const found = (await api.walk("member", "/bookmarks")).find((each) => each.post === post)
  assert.equal(found.note, "Soon")
  assert.equal((await api.walk("owner", "/bookmarks")).length, 0)
  await api.good("member", "DELETE", path)
  assert.equal((await api.walk("member", "/bookmarks")).length, 0)
}

export async function walkScheduled(api, topic, space) {
  const next = new Date(Date.now() + 7 * 864e5).toISOString().slice(0, 11) + "08:00"
  const weekly = await api.good("member", "POST", "/scheduled",
    { body: { space, title: "Who bakes this week?", body: "Say so here.", at: next, zone: "Europe/Copenhagen", rule: "FREQ=WEEKLY" } })
  assert.equal(weekly.at, `${next}:00`)
  assert.ok(weekly.due_at)
  const once = await api.good("member", "POST", "/scheduled", { body: { topic, body: "Thank you all.", at: next } })
  assert.equal((await api.good("member", "GET", "/scheduled")).items.length, 2)
  assert.equal((await api.good("owner", "GET", "/scheduled")).items.length, 0)
  const changed = await api.good("member", "PATCH", `/scheduled/${weekly.id}`, { body: { rule: "FREQ=MONTHLY;BYDAY=-1FR" } })
  assert.equal(changed.title, weekly.title)
  for (const body of [{ at: "2020-01-01T08:00", rule: "" }, { at: "soon" }, { zone: "Mars/Olympus" }, { rule: "FREQ=MINUTELY" }, { rule: "FREQ=DAILY;BYHOUR=1,2" }])
    assert.equal((await api.call("member", "PATCH", `/scheduled/${weekly.id}`, { body })).status, 422, JSON.stringify(body))
  const { url } = await api.good("member", "POST", `/scheduled/${once.id}/post`)
  assert.match(url, /\/p\/\d+$/)
  assert.equal((await api.call("member", "POST", `/scheduled/${once.id}/post`)).status, 404)
  assert.equal((await api.call("owner", "DELETE", `/scheduled/${weekly.id}`)).status, 404)
  await api.good("member", "DELETE", `/scheduled/${weekly.id}`)
  assert.equal((await api.good("member", "GET", "/scheduled")).items.length, 0)
}
