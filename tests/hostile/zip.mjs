// Makes zips, also such as lie about what is in them.
import { crc32, deflateRawSync } from "node:zlib"

/** A zip of the entries {name, data, size?}; `size` is what it claims when it lies. */
export function zip(entries) {
  const parts = []
  const directory = []
  let offset = 0
  for (const { name, data, size = data.length } of entries) {
    const packed = deflateRawSync(data, { level: 9 })
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(data), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(size, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    parts.push(Buffer.from("PK\x03\x04"), head, Buffer.from(name), packed)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), head, entry, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(index.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, index, Buffer.from("PK\x05\x06"), end])
}
