// A browser that is told when no page is open, by the API from its offer to its end.
import assert from "node:assert/strict"

/** Of the browser of RFC 8291, appendix A. */
const OFFER = {
  endpoint: "https://push.example/a",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
}

export async function walkDevices(api) {
  const who = "member with a browser"
  assert.equal((await api.call("member", "PUT", "/devices", { body: OFFER })).status, 403)
  const [device] = (await api.good(who, "PUT", "/devices", { body: OFFER })).items
  assert.equal(device.this_one, true)
  assert.deepEqual((await api.walk("member", "/devices")).map(({ id, this_one }) => [id, this_one]), [[device.id, false]])
  assert.equal((await api.walk("owner", "/devices")).length, 0)
  const { unread, open } = await api.good(who, "GET", "/devices/unread")
  assert.ok(unread >= open.length)
  assert.equal((await api.call("owner", "DELETE", `/devices/${device.id}`)).status, 404)
  await api.good("member", "DELETE", `/devices/${device.id}`)
  assert.equal((await api.walk("member", "/devices")).length, 0)
  assert.equal((await api.call(who, "PUT", "/devices", { body: { ...OFFER, endpoint: "https://169.254.169.254/" } })).status, 422)
}
