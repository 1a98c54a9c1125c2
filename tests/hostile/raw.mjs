// Bytes to a server, and bytes back.
import { connect } from "node:net"

/** Sends the pieces and gives all that comes back until the server closes, or `patience` milliseconds have passed. */
export function exchange(port, pieces, { patience = 15_000, end = false } = {}) {
  return new Promise((done) => {
    const parts = []
    const socket = connect(port, "127.0.0.1", () => {
      for (const piece of [pieces].flat()) socket.write(piece)
      if (end) socket.end()
    })
    const finish = () => {
      clearTimeout(timer)
      socket.destroy()
      done(Buffer.concat(parts).toString("utf8"))
    }
    const timer = setTimeout(finish, patience)
    socket.on("data", (part) => parts.push(part))
    socket.on("close", finish)
    socket.on("error", () => {})
  })
}

/** 0 when there is no answer. */
export function status(answer) {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
}

/** The answers that stand in what came back, but for those that only say "go on". One may begin right behind the other's last byte. */
export function answers(text) {
  return text.split(/(?=HTTP\/1\.1 [2-5]\d\d [\w -]*\r\n)/).filter((answer) => answer.startsWith("HTTP/1.1 "))
}

/** Numbers that look random and are the same in every run. */
export function dice(seed) {
  return (sides) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed % sides
  }
}
