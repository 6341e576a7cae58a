import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import { readSafetensors } from "../../src/formats/safetensors.ts";

const file = (header: unknown, data: ArrayLike<number>, length?: number): Uint8Array => {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
};
const bytesOf = (values: Float32Array | Float64Array | Uint16Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer);
const one = (dtype: string, data: Uint8Array, shape: number[]) =>
  readSafetensors(file({ w: { dtype, shape, data_offsets: [0, data.length] } }, data), "w.safetensors").w;

describe("numbers", () => {
  test("of float32 and float64 come as they are", () => {
    expect([...one("F32", bytesOf(Float32Array.of(1.5, -2, 1e-40)), [3]).data]).toEqual([1.5, -2, Math.fround(1e-40)]);
    expect([...one("F64", bytesOf(Float64Array.of(Math.PI, -0)), [2, 1]).data]).toEqual([Math.PI, -0]);
  });

  test.each([
    ["I8", [0xfe], -2],
    ["U8", [0xfe], 254],
    ["I16", [0xfe, 0xff], -2],
    ["U16", [0x01, 0x02], 513],
    ["I32", [0xfe, 0xff, 0xff, 0xff], -2],
    ["U32", [1, 2, 3, 4], 67305985],
  ])("of %s have their low byte first", (dtype, bytes, value) => {
    expect([...one(dtype, Uint8Array.from(bytes), [1]).data]).toEqual([value]);
  });

  // The bits of 1, -2, the smallest and the largest finite number, infinity and not-a-number, from the IEEE table.
  test("of float16", () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x7e00, 0x3555);
    expect([...one("F16", bytesOf(bits), [7]).data]).toEqual([
      1,
      -2,
      1 / 16777216,
      65504,
      Infinity,
      Number.NaN,
      0.333251953125,
    ]);
  });

  test("of bfloat16 are float32 without their lower half", () => {
    const values = Float32Array.of(1, -2, 3.140625, 1e38, -1e-38);
    const halves = Uint16Array.from(new Uint32Array(values.buffer), word => word >>> 16);
    const cut = new Float32Array(Uint32Array.from(halves, half => half * 65536).buffer);
    expect([...one("BF16", bytesOf(halves), [5]).data]).toEqual([...cut]);
  });

  test("of 64-bit integers, as long as they are exact", () => {
    expect([...one("I64", bytesOf(BigInt64Array.of(-5n, 2n ** 53n - 1n)), [2]).data]).toEqual([-5, 2 ** 53 - 1]);
    expect(() => one("I64", bytesOf(BigInt64Array.of(2n ** 60n)), [1])).toThrow(
      "w.safetensors: w, entry 0: the integer 1152921504606847000 is too large",
    );
  });
});

test("several arrays, an empty one and metadata", () => {
  const header = {
    __metadata__: { format: "pt" },
    b: { dtype: "U8", shape: [2], data_offsets: [4, 6] },
    a: { dtype: "F32", shape: [], data_offsets: [0, 4] },
    none: { dtype: "F32", shape: [0, 3], data_offsets: [4, 4] },
  };
  const arrays = readSafetensors(file(header, [0, 0, 128, 63, 7, 8]), "x");
  expect(Object.keys(arrays).sort()).toEqual(["a", "b", "none"]);
  expect([...arrays.a.data, ...arrays.b.data, ...arrays.none.data]).toEqual([1, 7, 8]);
});

describe("a broken file", () => {
  const w = (entry: object) => file({ w: { dtype: "F32", shape: [1], data_offsets: [0, 4], ...entry } }, [0, 0, 0, 0]);
  test.each<[string, Uint8Array, string]>([
    ["too short", Uint8Array.of(1, 2), "x: 2 bytes: a safetensors file begins with 8 bytes of length"],
    ["a header beyond the end", file({}, [], 1e9), "x: byte 0: the header has 1000000000 bytes"],
    ["no JSON", file("{w", []), "x: the header is no JSON:"],
    ["no object", file("[]", []), "x: the header is no JSON object"],
    ["no UTF-8", file("{}", []).fill(0xff, 8, 10), "x: the header is no JSON:"],
    ["an entry that is none", file({ w: 3 }, []), "x: w: needs an object with dtype, shape and data_offsets"],
    ["an unknown format", w({ dtype: "F8_E4M3" }), 'x: w: dtype "F8_E4M3" is not one of BOOL, U8'],
    ["a format named like a method", w({ dtype: "toString" }), 'x: w: dtype "toString" is not one of'],
    ["a negative length", w({ shape: [-1] }), "x: w: shape [-1] is no list of whole numbers from 0"],
    ["a fractional length", w({ shape: [0.5] }), "x: w: shape [0.5] is no list"],
    ["too many bytes for the shape", w({ shape: [2] }), "x: w: 4 bytes: F32 of shape [2] needs 8"],
    ["offsets backwards", w({ data_offsets: [4, 0] }), "x: w: data_offsets 4 to 0 must ascend"],
    [
      "offsets outside",
      w({ data_offsets: [0, 8] }),
      "x: w: data_offsets 0 to 8 must ascend and stay within the 4 bytes",
    ],
    ["bytes of nobody", w({ shape: [0], data_offsets: [0, 0] }), "x: 4 bytes at the end belong to no array"],
    [
      "overlap",
      file(
        {
          a: { dtype: "U8", shape: [3], data_offsets: [0, 3] },
          b: { dtype: "U8", shape: [2], data_offsets: [2, 4] },
        },
        [0, 0, 0, 0],
      ),
      "x: b: bytes 2 to 4 overlap those of another array, which end at 3",
    ],
    [
      "a hole",
      file({ b: { dtype: "U8", shape: [2], data_offsets: [2, 4] } }, [0, 0, 0, 0]),
      "x: b: bytes 0 to 2 before it belong to no array",
    ],
  ])("with %s is refused", (_, bytes, message) => {
    expect(() => readSafetensors(bytes, "x")).toThrow(message);
  });

  test("of any bytes gives arrays or a clear error, never another", () => {
    const valid = w({});
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(valid.length),
        (changes, length) => {
          const bytes = valid.slice(0, length);
          for (const [at, value] of changes) if (at < length) bytes[at] = value;
          try {
            readSafetensors(bytes, "x");
          } catch (error) {
            expect(isLandauError(error), String(error)).toBe(true);
          }
        },
      ),
      { numRuns: 3000, seed: 7 },
    );
  });
});
