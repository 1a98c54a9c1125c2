// What was written is found, by words, filters and tags.
import assert from "node:assert/strict"

/** The index and the tags follow behind what is written. */
async function until(read, holds, what) {
  for (let tries = 0; tries < 300; tries++) {
    if (holds(await read())) return
    await new Promise((done) => setTimeout(done, 100))
  }
  assert.fail(`not found: ${what}`)
}

export async function walkSearch(api, topic) {
  const finds = (query, wanted) => until(() => api.walk("member", `/search?${query}`), (hits) => hits.some((hit) => hit.topic_id === wanted), query)
  await finds("q=bread", topic)
  const body = { to: (await api.good("member", "GET", "/me")).handle, body: "Saffron" }
  await finds("q=saffron&kind=message", (await api.good("moderator", "POST", "/conversations", { body })).id)
  for (const kind of ["topic", "post", "person", "message", "file"]) assert.ok((await api.walk("guest", `/search?q=a&kind=${kind}`)).every((hit) => hit.kind === kind))
  assert.deepEqual(await api.walk("member", "/search?q=bread%20before%3A1999"), [])
}

export async function walkTags(api, topic, space) {
  const { id } = await api.good("member", "POST", `/topics/${topic}/posts`, { body: { body: "We speak of #Sourdough." } })
  await until(() => api.walk("guest", "/tags?q=SOUR"), (tags) => tags.some(({ tag, posts }) => tag === "sourdough" && posts === 1), "#sourdough")
  assert.ok((await api.walk("member", "/tags")).some(({ tag }) => tag === "sourdough"))
  assert.deepEqual((await api.walk("guest", "/tags/sourdough/posts")).map((each) => each.id), [id])
  assert.equal((await api.call("guest", "GET", "/tags/sourdough/posts?cursor=x")).status, 400)
  assert.equal((await api.good("owner", "PUT", "/tags/sourdough/level", { body: { level: "watching" } })).level, "watching")
  assert.deepEqual(await api.good("owner", "GET", "/tags/sourdough/level"), { level: "watching", chosen: true })
  assert.equal((await api.call("owner", "PUT", "/tags/sourdough/level", { body: { level: "muted" } })).status, 422)
  assert.equal((await api.call("owner", "GET", "/tags/two%20words/level")).status, 404)
  await api.good("member", "POST", `/spaces/${space}/topics`, { body: { title: "More of it", body: "More #sourdough." } })
  await until(() => api.walk("owner", "/notices"), (notices) => notices.some(({ why }) => why === "follow_tag"), "a notice of the tag")
  await until(() => api.walk("member", "/search?q=tag%3Asourdough&kind=post"), (hits) => hits.some((hit) => hit.id === id), "tag:sourdough")
}
