import { expect, test } from "vitest";
import { multiplyHigh } from "../../src/numerics/multiply-high.ts";
import { philox4x32 } from "../../src/numerics/philox.ts";

/** Random123 1.14, tests/kat_vectors, the lines "philox4x32 10": counter, key, result. */
const knownAnswers = [
  "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
  "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
  "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
];

test.each(knownAnswers)("known answer %s", line => {
  const words = Uint32Array.from(line.split(" "), word => Number.parseInt(word, 16));
  const out = new Uint32Array(4);
  philox4x32(words.subarray(0, 4), words.subarray(4, 6), out);
  expect(out).toEqual(words.subarray(6));
});

test("reads neither counter nor key after it wrote: out may be the counter", () => {
  const counter = Uint32Array.of(1, 2, 3, 4);
  const key = Uint32Array.of(5, 6);
  const out = new Uint32Array(4);
  philox4x32(counter, key, out);
  expect([...counter, ...key]).toEqual([1, 2, 3, 4, 5, 6]);
  philox4x32(counter, key, counter);
  expect(counter).toEqual(out);
});

test("multiplyHigh is the high word of the exact product", () => {
  const words = [
    0, 1, 2, 0xffff, 0x10000, 0x10001, 0x7fffffff, 0x80000000, 0xd2511f53, 0xcd9e8d57, 0xfffeffff, 0xffffffff,
  ];
  for (const a of words)
    for (const b of words) expect(multiplyHigh(a, b) >>> 0).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
});
