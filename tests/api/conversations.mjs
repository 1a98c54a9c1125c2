import assert from "node:assert/strict"

/** Messages to one and to several, and blocking; gives a group that the owner is in. */
export async function talkInConversations(api) {
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
