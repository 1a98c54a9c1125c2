// A message of a chat that becomes a topic by the API, and goes back.
import assert from "node:assert/strict"

export async function walkLifting(api, chat) {
  const said = await api.good("member", "POST", `/spaces/${chat}/posts`, { body: { body: "Who bakes on Sunday?" } })
  const from = said.topic
  const around = (await api.good("moderator", "GET", `/posts/${said.id}/conversation`)).items
  assert.ok(around.includes(said.id))
  const body = { posts: [said.id], space: chat, title: "Baking on Sunday" }
  assert.equal((await api.call("guest", "POST", `/topics/${from}/lifts`, { body })).status, 401)
  const lift = await api.good("moderator", "POST", `/topics/${from}/lifts`, { body })
  assert.deepEqual([lift.from, lift.posts, lift.undone_at], [from, [said.id], null])
  assert.equal((await api.good("member", "GET", `/posts/${said.id}`)).topic, lift.topic)
  assert.equal((await api.call("moderator", "POST", `/topics/${from}/lifts`, { body })).status, 409)
  await api.good("moderator", "DELETE", `/lifts/${lift.id}`)
  assert.ok((await api.good("moderator", "GET", `/lifts/${lift.id}`)).undone_at)
  assert.equal((await api.good("member", "GET", `/posts/${said.id}`)).topic, from)
}
