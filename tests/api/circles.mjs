// A circle: made, asked for, entered, left; and a space that it opens.
import assert from "node:assert/strict"

export async function walkCircles(api) {
  const me = (await api.good("member", "GET", "/me")).id
  const made = await api.good("owner", "POST", "/circles", { body: { name: "Bakers", description: "Who bakes for the market.", visibility: "members", entry: "request", question: "What do you bake?" } })
  assert.deepEqual([made.slug, made.member_count, made.in], ["bakers", 0, false])
  assert.equal((await api.call("guest", "GET", `/circles/${made.id}`)).status, 404)
  const changed = await api.good("owner", "PATCH", `/circles/${made.id}`, { body: { visibility: "everyone" } })
  assert.deepEqual([changed.visibility, changed.entry], ["everyone", "request"])
  assert.equal((await api.call("moderator", "PATCH", `/circles/${made.id}`, { body: { name: "Mine" } })).status, 404)
  for (const who of ["guest", "member", "moderator"]) assert.ok((await api.walk(who, "/circles")).some((each) => each.id === made.id))

  assert.equal((await api.call("member", "PUT", `/circles/${made.id}/members/${me}`)).status, 403)
  await api.good("member", "PUT", `/circles/${made.id}/request`, { body: { answer: "Rye." } })
  assert.equal((await api.good("member", "GET", `/circles/${made.id}`)).asked, true)
  assert.equal((await api.call("member", "GET", `/circles/${made.id}/requests`)).status, 404)
  assert.deepEqual((await api.walk("moderator", `/circles/${made.id}/requests`)).map((each) => each.answer), ["Rye."])
  await api.good("member", "DELETE", `/circles/${made.id}/requests/${me}`)
  assert.equal((await api.call("member", "DELETE", `/circles/${made.id}/requests/${me}`)).status, 404)
  await api.good("moderator", "PUT", `/circles/${made.id}/members/${me}`)
  assert.deepEqual((await api.walk("guest", `/circles/${made.id}/members`)).map((each) => each.member), [me])

  const space = (await api.good("owner", "POST", "/spaces", { body: { name: "Bakehouse", visibility: "secret" } })).id
  assert.equal((await api.call("member", "GET", `/spaces/${space}`)).status, 404)
  await api.good("owner", "PUT", `/spaces/${space}/circles/${made.id}`)
  assert.deepEqual((await api.walk("member", `/spaces/${space}/circles`)).map((each) => each.slug), ["bakers"])
  await api.good("member", "POST", `/spaces/${space}/topics`, { body: { title: "Flour", body: "Ten sacks." } })
  assert.equal((await api.call("moderator", "DELETE", `/circles/${made.id}/members/${me}`)).status, 403)
  await api.good("owner", "DELETE", `/spaces/${space}/circles/${made.id}`)
  assert.equal((await api.call("member", "GET", `/spaces/${space}/topics`)).status, 404)

  await api.good("member", "DELETE", `/circles/${made.id}/members/${me}`)
  const rule = { metric: "posts", amount: 1, days: 3650 }
  const seen = await api.good("owner", "POST", `/circles/${made.id}/rule/preview`, { body: rule })
  assert.ok(seen.entering > 0 && seen.enter.length === Math.min(seen.entering, 50) && seen.leaving === 0)
  await api.good("owner", "PUT", `/circles/${made.id}/rule`, { body: rule })
  const ruled = await api.good("member", "GET", `/circles/${made.id}`)
  assert.deepEqual([ruled.entry, ruled.rule.metric, ruled.rule.role, ruled.member_count], ["rule", "posts", null, seen.entering])
  assert.equal((await api.call("owner", "PUT", `/circles/${made.id}/rule`, { body: { ...rule, days: 0 } })).status, 422)
  await api.good("owner", "DELETE", `/circles/${made.id}/rule`)
  assert.equal((await api.good("member", "GET", `/circles/${made.id}`)).rule, null)
  await api.good("owner", "DELETE", `/circles/${made.id}`)
  assert.equal((await api.call("member", "GET", `/circles/${made.id}`)).status, 404)
}
