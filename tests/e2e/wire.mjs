import { connect, createServer } from "node:net"

/** A line to the server that can be cut, and mended. */
export class Wire {
  ends = new Set()
  whole = true

  async open(to) {
    this.server = createServer((front) => {
      if (!this.whole) return front.destroy()
      const back = connect(to, "127.0.0.1")
      for (const end of [front, back]) {
        this.ends.add(end)
        end.on("error", () => end.destroy()).on("close", () => this.ends.delete(end))
      }
      front.pipe(back)
      back.pipe(front)
    })
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done))
    this.url = `http://localhost:${this.server.address().port}`
  }

  cut() {
    this.whole = false
    for (const end of this.ends) end.destroy()
  }

  close() {
    this.cut()
    this.server.close()
  }
}
