import { describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../../src/formats/crc32c.ts";
import { tfRecords } from "../../src/formats/tf-records.ts";

/** Bit by bit, from the polynomial 0x1EDC6F41 with its bits reversed. */
const slowCrc = (bytes: Uint8Array): number => {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
  }
  return ~rest >>> 0;
};

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** TensorFlow's mask: turned right by 15 bits, and a constant added, so that checksums of checksums differ from them. */
const masked = (bytes: Uint8Array): number => {
  const crc = slowCrc(bytes);
  return Number((BigInt(((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8n) & 0xffffffffn);
};

const recordOf = (data: Uint8Array): Uint8Array => {
  const out = new Uint8Array(16 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length, true);
  view.setUint32(8, masked(out.subarray(0, 8)), true);
  out.set(data, 12);
  view.setUint32(12 + data.length, masked(data), true);
  return out;
};

test("CRC-32C has its check value, and that of its definition at every length", () => {
  expect(crc32c(text("123456789"), 0, 9)).toBe(0xe3069283);
  const bytes = text("the quick brown fox jumps over the lazy dog");
  for (let to = 0; to <= bytes.length; to++) {
    expect(crc32c(bytes, 0, to)).toBe(slowCrc(bytes.subarray(0, to)));
    expect(maskedCrc32c(bytes, 0, to)).toBe(masked(bytes.subarray(0, to)));
  }
});

describe("records", () => {
  const read = (bytes: Uint8Array) => {
    const seen: string[] = [];
    const reader = tfRecords("events", (all, _, from, to) =>
      seen.push(new TextDecoder().decode(all.subarray(from, to))),
    );
    reader.push(bytes);
    return { seen, ...reader.end() };
  };
  const file = (...words: readonly string[]): Uint8Array =>
    Uint8Array.from(words.flatMap(word => [...recordOf(text(word))]));

  test("come one after the other; a part of one is torn", () => {
    expect(read(file("one", "two"))).toEqual({ seen: ["one", "two"], damaged: undefined, torn: 0 });
    expect(read(file("one", "two").subarray(0, 30))).toEqual({ seen: ["one"], damaged: undefined, torn: 11 });
  });

  test("with other data than their checksum says are left out", () => {
    const bytes = file("one", "two", "three");
    bytes[19 + 12]++;
    expect(read(bytes)).toMatchObject({
      seen: ["one", "three"],
      damaged: expect.stringMatching(/^byte 19: a record does not/),
    });
  });

  test("behind a length that is damaged are not read", () => {
    const bytes = file("one", "two", "three");
    bytes[19]--;
    expect(read(bytes)).toMatchObject({ seen: ["one"], damaged: expect.stringMatching(/^byte 19: the length/) });
  });
});
