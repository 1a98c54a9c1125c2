import assert from "node:assert/strict"

/** Messages to one and to several, and blocking; gives a group that the owner is in. */
export async function talkInConversations(api) {
  await askLeaders(api)
  const [member, moderator] = await Promise.all(["member", "moderator"].map((who) => api.good(who, "GET", "/me")))
  const pair = await api.good("moderator", "POST", "/conversations", { body: { to: member.handle, body: "A word?" } })
  assert.equal((await api.good("member", "GET", `/conversations/${pair.id}`)).kind, "pair")
  assert.ok((await api.walk("member", "/conversations")).some((each) => each.id === pair.id))
  assert.equal((await api.call("owner", "GET", `/conversations/${pair.id}`)).status, 404)
  await api.good("member", "PUT", `/conversations/${pair.id}/seat`, { body: { state: "in" } })
  const owner = await api.good("owner", "GET", "/me")
  const group = await api.good("moderator", "POST", "/conversations", { body: { to: `${member.handle}, ${owner.handle}`, body: "All three." } })
  assert.equal((await api.good("moderator", "PATCH", `/conversations/${group.id}`, { body: { title: "The choir" } })).title, "The choir")
  const fourth = (await api.walk("owner", "/members")).find((each) => ![member.id, moderator.id, owner.id].includes(each.id) && each.role === "member")
  await api.good("moderator", "POST", `/conversations/${group.id}/members`, { body: { to: fourth.handle } })
  const settings = await api.good("member", "GET", "/conversation-settings")
  await api.good("member", "PUT", "/conversation-settings", { body: { who: "known" } })
  await api.good("member", "PUT", "/conversation-settings", { body: { who: settings.who } })
  await api.good("member", "PUT", `/blocks/${fourth.id}`)
  assert.equal((await api.walk("member", "/blocks")).length, 1)
  await api.good("member", "DELETE", `/blocks/${fourth.id}`)
  return group.id
}

/** A question to those who lead, from asking to closing. */
async function askLeaders(api) {
  const ask = (body, more = {}) => api.good("member", "POST", "/leader-questions", { body: { body, ...more } })
  const question = await ask("May I bring my dog?")
  assert.deepEqual([question.state, question.space, question.taken_by], ["waiting", null, null])
  const [space] = await api.walk("member", "/spaces")
  assert.equal((await ask("Who has the key?", { space: space.id })).space, space.id)
  assert.equal((await api.walk("member", "/leader-questions")).length, 2)
  assert.equal((await api.walk("member", "/leader-questions?to=me")).length, 0)
  assert.ok((await api.walk("moderator", "/leader-questions?to=me")).some((each) => each.id === question.id))
  const path = `/leader-questions/${question.id}`
  assert.equal((await api.good("moderator", "PATCH", path, { body: { state: "taken" } })).state, "taken")
  assert.equal((await api.call("owner", "PATCH", path, { body: { state: "taken" } })).status, 409)
  assert.equal((await api.good("member", "GET", `/conversations/${question.id}`)).kind, "question")
  await api.good("moderator", "POST", `/topics/${question.id}/posts`, { body: { body: "Of course." } })
  const closed = await api.good("moderator", "PATCH", path, { body: { state: "closed" } })
  assert.equal(closed.state, "closed")
  assert.ok(closed.answered_at)
}
