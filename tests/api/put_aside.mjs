// What a member keeps for themselves: drafts and bookmarks.
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
