// Bodies that no operation takes.
export const wrong = (name, value) => JSON.stringify({ [name]: value })
/** What a body may look like that is no request, by what is wrong with it. */
export const bodies = (name) => ({
  "an unknown member": wrong("colour", "red"),
  "a number for a text": wrong(name, 7),
  "a null": wrong(name, null),
  "a list": wrong(name, ["x"]),
  "an object": wrong(name, { a: 1 }),
  "a zero byte": `{"${name}":"a\\u0000b"}`,
  "half a character": `{"${name}":"a\\ud800"}`,
  "the same member twice": `{"${name}":"a","${name}":"b"}`,
  "a huge number": `{"${name}":1e999}`,
  "a number of 10,000 digits": `{"${name}":${"9".repeat(10_000)}}`,
  "10,000 levels": `{"${name}":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
  "a text": '"x"', "a list of nothing": "[]", "a null alone": "null", "nothing": "", "half an object": '{"a":', "two objects": "{}{}",
  "no UTF-8": Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
})
