// What members tell of themselves, to whom, and who is found by it.
import assert from "node:assert/strict"

export async function walkPeople(api) {
  const me = (await api.good("member", "GET", "/me")).id
  const before = await api.good("member", "GET", "/me/profile")
  const body = { skills: ["Zither", "Rye"], place: "Samsø", seeks: ["a loom"], shown_to: { skills: "everyone", place: "me" } }
  const own = await api.good("member", "PATCH", "/me/profile", { body })
  assert.deepEqual([own.skills, own.place, own.shown_to.place], [["Zither", "Rye"], "Samsø", "me"])
  assert.deepEqual(await api.good("member", "GET", "/me/profile"), own)
  const seen = await api.good("moderator", "GET", `/members/${me}/profile`)
  assert.deepEqual([seen.skills, seen.place, seen.shown_to], [["Zither", "Rye"], "", undefined])
  const holders = async (query) => (await api.walk("moderator", `/members?${query}`)).map((each) => each.id)
  assert.deepEqual(await holders("skill=zither"), [me])
  assert.deepEqual(await holders("skill=zither&seek=A%20loom&role=member&sort=newest"), [me])
  assert.deepEqual(await holders(`place=${encodeURIComponent("Samsø")}`), [])
  await api.good("moderator", "PATCH", "/me/profile", { body: { skills: ["zither"], offers: ["A loom"] } })
  const alike = (await api.walk("member", "/me/alike")).find((each) => each.both.includes("Zither"))
  assert.deepEqual(alike.offers, ["a loom"])
  for (const wrong of [{ skills: "x" }, { place: ["x"] }, { shown_to: { place: "all" } }, { shown_to: { hat: "me" } }, { hat: "x" }, { skills: ["x".repeat(61)] }])
    assert.equal((await api.call("member", "PATCH", "/me/profile", { body: wrong })).status, 422, JSON.stringify(wrong))
  assert.equal((await api.call("member with a token to read", "PATCH", "/me/profile", { body })).status, 403)
  const { member, ...whole } = before
  assert.deepEqual(await api.good("member", "PATCH", "/me/profile", { body: whole }), before)
}
