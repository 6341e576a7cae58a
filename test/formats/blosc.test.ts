import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { registry } from "zarrita";
import { sizeOfBlosc, unpackBlosc } from "../../src/formats/blosc.ts";
import { unpackBloscLz } from "../../src/formats/blosclz.ts";
import { unpackLz4 } from "../../src/formats/lz4.ts";
import { zstdDecoder } from "../../src/formats/zstd.ts";

const zstd = await zstdDecoder();
const { fromConfig } = (await registry.get("blosc")!()) as unknown as {
  fromConfig(settings: object): { encode(bytes: Uint8Array): Promise<Uint8Array> };
};
const packed = (bytes: Uint8Array, cname: string, shuffle: number, blocksize: number): Promise<Uint8Array> =>
  fromConfig({ cname, clevel: 5, shuffle, blocksize }).encode(bytes);

const packings = ["blosclz", "lz4", "lz4hc", "zlib", "zstd"].flatMap(cname =>
  [0, 1, 2].map(shuffle => [cname, shuffle] as const),
);

test.each(packings)(
  "what the writer for browsers packs by %s with shuffle %i comes back, in one block and in many",
  async (cname, shuffle) => {
    const bytes = fc
      .uint8Array({ maxLength: 60 })
      .map(some => Uint8Array.from({ length: some.length ** 2 }, (_, i) => some[i % some.length] + (i >> 7)));
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(0, 256, 1024), async (given, blocks) => {
        const chunk = await packed(given, cname, shuffle, blocks);
        expect(sizeOfBlosc(chunk)).toBe(given.length);
        expect(unpackBlosc(chunk, zstd)).toEqual(given);
      }),
      { numRuns: 20 },
    );
  },
);

const chunks: { readonly [name: string]: string } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../logs/fixtures/packed/blosc.json"), "utf8"),
);
/** What test/logs/fixtures/packed/make.py packs: 9000 bytes that repeat themselves once, or whole numbers as float64. */
const noise = (): Uint8Array => {
  const bytes = new Uint8Array(9000);
  let state = 1;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    bytes[i] = state >> 16;
  }
  return Uint8Array.of(...bytes, ...bytes, ...bytes.subarray(0, 100));
};
const given = (name: string): Uint8Array =>
  name.endsWith("twice")
    ? noise()
    : new Uint8Array(Float64Array.from({ length: Number(name.split(" ")[2]) }, (_, i) => i).buffer);

test.each(Object.entries(chunks))("what Python packs as %s comes back", (name, chunk) => {
  expect(unpackBlosc(Uint8Array.from(Buffer.from(chunk, "base64")), zstd)).toEqual(given(name));
});

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, "../logs/fixtures/packed/packed.zarr", name, "0.0")));
const chunk = fixture("blosc-lz4");
const changed = (...changes: readonly (readonly [number, number])[]): Uint8Array => {
  const out = chunk.slice();
  for (const [at, value] of changes) out[at] = value;
  return out;
};

test.each<[string, Uint8Array, string]>([
  ["cut off", chunk.subarray(0, 100), "121 bytes, of which there are 100"],
  ["that goes on", Uint8Array.of(...chunk, 0), "121 bytes, of which there are 122"],
  ["shorter than a head", chunk.subarray(0, 15), "15 bytes of blosc: needs at least 16"],
  ["with more bytes than blocks can have", changed([6, 255]), "blocks of 512"],
  ["with blocks of nothing", changed([8, 0], [9, 0]), "512 bytes in blocks of 0"],
  ["with a codec that is none", changed([2, 0xe1]), "packed by codec 7"],
  ["said to be copied", changed([2, 0x23]), "512 bytes copied, of which there are 105"],
  ["with a block in its head", changed([16, 3]), "a block at byte 7"],
  ["with a block behind its end", changed([17, 9]), "a block at byte"],
  ["with a stream that is too long", changed([21, 9]), "a block at byte 24"],
  ["of other bytes", changed([24, 0xff]), "do not give the 512"],
])("a chunk %s is refused", (_, damaged, message) => {
  expect(() => unpackBlosc(damaged, zstd)).toThrow(message);
});

test("a damaged chunk gives an error or as many bytes as it says, whatever was changed", () => {
  for (const name of ["blosc-lz4", "blosc-zstd", "blosc-zlib"]) {
    const valid = fixture(name);
    for (let at = 0; at < valid.length; at++)
      for (const value of [0, 1, 255, valid[at] ^ 16]) {
        const damaged = valid.with(at, value);
        if (sizeOfBlosc(damaged) > 1e6) continue;
        let length: number;
        try {
          ({ length } = unpackBlosc(damaged, zstd));
        } catch (error) {
          expect((error as Error).message).not.toBe("");
          continue;
        }
        expect(length).toBe(sizeOfBlosc(damaged));
      }
  }
});

test("a block of LZ4: literals, a match over its own bytes, lengths of many bytes", () => {
  expect(unpackLz4(Uint8Array.of(0x10, 7), 1)).toEqual(Uint8Array.of(7));
  expect(unpackLz4(Uint8Array.of(0x11, 7, 1, 0, 0x10, 8), 7)).toEqual(Uint8Array.of(7, 7, 7, 7, 7, 7, 8));
  const long = unpackLz4(Uint8Array.of(0x1f, 7, 1, 0, 255, 3, 0x10, 8), 1 + 15 + 255 + 3 + 4 + 1);
  expect([long.length, long[277], long[278]]).toEqual([279, 7, 8]);
  for (const [block, size] of [
    [[0x10, 7], 2],
    [[0x20, 7], 2],
    [[0x11, 7, 2, 0, 0x10, 8], 7],
    [[0x11, 7, 0, 0, 0x10, 8], 7],
    [[0x11, 7, 1, 0, 0x10, 8], 6],
    [[0x11, 7, 1], 7],
    [[0xf0], 15],
    [[], 1],
  ] as const)
    expect(() => unpackLz4(Uint8Array.from(block), size)).toThrow(`do not give the ${size}`);
});

test("a block of 128 numbers lies in as many streams as a number has bytes, a last one that is shorter in one", () => {
  const bytes = Uint8Array.from({ length: 1032 }, (_, i) => i % 251);
  const word = (value: number) => [value & 255, (value >> 8) & 255, 0, 0];
  const stored = (from: number, to: number) => [...word(to - from), ...bytes.subarray(from, to)];
  const first = Array.from({ length: 8 }, (_, i) => stored(128 * i, 128 * (i + 1))).flat();
  const blocks = [...word(24), ...word(24 + first.length), ...first, ...stored(1024, 1032)];
  const head = [2, 1, 0x20, 8, ...word(1032), ...word(1024), ...word(16 + blocks.length)];
  expect(unpackBlosc(Uint8Array.of(...head, ...blocks), zstd)).toEqual(bytes);
});

test("a far match of blosclz says its distance in two more bytes", () => {
  // 7, 8; 8434 times 8; 9; three bytes from the beginning.
  const stream = [1, 7, 8, 0xe0, ...new Array(33).fill(255), 10, 0, 0, 9, 63, 255, 0, 245];
  const out = unpackBloscLz(Uint8Array.from(stream), 8440);
  expect([...out.subarray(0, 3), ...out.subarray(-5)]).toEqual([7, 8, 8, 8, 9, 7, 8, 8]);
});
