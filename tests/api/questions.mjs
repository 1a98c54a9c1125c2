// A question, its answers, and which one helped.
import assert from "node:assert/strict"

export async function walkQuestions(api) {
  const space = (await api.good("owner", "POST", "/spaces", { body: { name: "Baking questions", kind: "questions", visibility: "public" } })).id
  const question = await api.good("member", "POST", `/spaces/${space}/topics`, { body: { title: "Why does it not rise?", body: "Flat again." } })
  assert.deepEqual([question.accepted, question.thanks], [null, 0])
  const answers = []
  for (const body of ["Warm water.", "More time."])
    answers.push((await api.good("moderator", "POST", `/topics/${question.id}/posts`, { body: { body } })).id)
  const path = `/posts/${answers[1]}/accepted`
  assert.equal((await api.call("guest", "PUT", path)).status, 401)
  await api.good("member", "PUT", path)
  assert.equal((await api.good("guest", "GET", `/topics/${question.id}`)).accepted, answers[1])
  const ids = async (query) => (await api.walk("guest", `/spaces/${space}/topics?${query}`)).map((each) => each.id)
  assert.deepEqual(await ids("sort=open"), [])
  await api.good("member", "DELETE", path)
  assert.deepEqual(await ids("sort=open"), [question.id])

  const thumb = encodeURIComponent("👍")
  await api.good("member", "PUT", `/posts/${answers[1]}/reactions/${thumb}`)
  await api.good("moderator", "PUT", `/posts/${question.first_post}/reactions/${thumb}`)
  assert.deepEqual(await ids("sort=thanks"), [question.id])
  const thanked = await api.walk("guest", `/topics/${question.id}/posts?order=thanks`)
  assert.deepEqual(thanked.map((each) => [each.id, each.thanks]), [[question.first_post, 1], [answers[1], 1], [answers[0], 0]])
  for (const wrong of [`/spaces/${space}/topics?sort=best`, `/topics/${question.id}/posts?order=best`])
    assert.equal((await api.call("guest", "GET", wrong)).status, 400)
}
