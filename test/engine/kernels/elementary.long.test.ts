import { describe, expect, test } from "vitest";
import { cos, erf, exp, log, log1p, sin, tanh } from "../../../src/numerics/elementary.ts";
import fixture from "../../numerics/fixtures/elementary.json" with { type: "json" };
import { elementaryMap } from "../elementary-map.ts";

const functions = { exp, log, log1p, tanh, erf, sin, cos };
type Name = keyof typeof functions;
const names = Object.keys(functions) as Name[];

/** The bounds that the docstrings of elementary32.ts and tanh32.ts state, in ulp. */
const bounds32 = { exp: 0.81, log: 0.84, log1p: 0.84, tanh: 5.73, erf: 1.42, sin: 0.95, cos: 0.95 } as const;
/** Where the largest errors were seen. */
const worst32 = {
  exp: -87.67586517333984,
  log: 1.4054595232009888,
  log1p: 0.4055357575416565,
  tanh: 7.642666816711426,
  erf: 1.075271725654602,
  sin: 49.49831771850586,
  cos: 7813.93408203125,
} as const;

const map64 = (name: Name, xs: ArrayLike<number>): Float64Array => elementaryMap(name, "f64", xs);
const map32 = (name: Name, xs: ArrayLike<number>): Float32Array => Float32Array.from(elementaryMap(name, "f32", xs));

/** Counts up by a golden ratio of the unit interval: spread evenly, the same everywhere. */
const spread = (low: number, high: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => low + (high - low) * ((i * 0.6180339887498949) % 1));

const SPECIAL = [
  0,
  -0,
  Number.NaN,
  Infinity,
  -Infinity,
  5e-324,
  -5e-324,
  1e-310,
  -1e-310,
  1.7976931348623157e308,
  1e-20,
];
const EDGES = [
  1, -1, 0.55, 6, 22, 709.782712893384, 709.7827128933841, -708.5, -745.1332191019411, -745.1332191019412, -746,
];
const TURNS = [0.7853981633974483, 0.7853981633974484, 99_999.5, 100_000.5, -1e15, 1e22, 6381956970095103 * 2 ** 797];

describe.each(names)("%s64 has the bits of numerics", name => {
  test("where mpmath was asked", () => {
    const xs = fixture[name].map(([x]) => x);
    expect(map64(name, xs)).toEqual(Float64Array.from(xs, functions[name]));
  });

  test("over many sizes", () => {
    for (const size of [0.5, 3, 30, 800, 1e5, 1e9]) {
      const xs = spread(name === "log" ? 0 : -size, size, 10_000);
      expect(map64(name, xs)).toEqual(Float64Array.from(xs, functions[name]));
    }
  });

  // Each argument in either lane, beside one that takes the ordinary path.
  test("at special arguments", () => {
    const xs = [...SPECIAL, ...EDGES, ...TURNS].flatMap(x => [x, 0.3, 2.5, x]);
    expect(map64(name, xs)).toEqual(Float64Array.from(xs, functions[name]));
  });
});

const words = new Uint32Array(1);
const single = new Float32Array(words.buffer);
/** Distance of |y| from the next float32 away from zero. */
const ulp = (y: number): number => {
  single[0] = y;
  return 2 ** (Math.max(1, (words[0] >>> 23) & 0xff) - 150);
};

/** Every float32 whose bits are a multiple of `stride`, a chunk at a time. */
function* sweep(stride: number): Generator<Float32Array> {
  const chunk = new Float32Array(2 ** 18);
  const chunkBits = new Uint32Array(chunk.buffer);
  let bits = 0;
  while (bits < 2 ** 32) {
    let filled = 0;
    for (; filled < chunk.length && bits < 2 ** 32; bits += stride) chunkBits[filled++] = bits;
    yield chunk.subarray(0, filled);
  }
}

describe.each(Object.entries(bounds32) as [Name, number][])("%s32", (name, bound) => {
  const exact = functions[name];

  // Huge sines are slow in the reference.
  test(`is within ${bound} ulp over all floats, and right where the result is special`, () => {
    let worst = 0;
    let at = 0;
    let compared = 0;
    const wrong: number[][] = [];
    for (const xs of sweep(name === "sin" || name === "cos" ? 4093 : 1021)) {
      const values = map32(name, xs);
      for (let i = 0; i < xs.length; i++) {
        const y = exact(xs[i]);
        const rounded = Math.fround(y);
        if (rounded === 0 || !Number.isFinite(rounded) || !Number.isFinite(values[i])) {
          if (!Object.is(values[i], rounded)) wrong.push([xs[i], values[i], y]);
          continue;
        }
        const error = Math.abs(values[i] - y) / ulp(y);
        compared++;
        if (error > worst) {
          worst = error;
          at = xs[i];
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(500_000);
    expect(worst, `at ${at}`).toBeLessThan(bound);
  });

  test("comes close to that bound", () => {
    const x = Math.fround(worst32[name]);
    expect(Math.abs(map32(name, [x, x, x, x])[0] - exact(x)) / ulp(exact(x))).toBeGreaterThan(bound - 0.025);
  });

  test("is right at special arguments in every lane", () => {
    const edges = [
      1,
      -1,
      0.55,
      88.72283,
      88.72284,
      -87.4,
      -103.97,
      -103.98,
      -105,
      2 ** -149,
      -(2 ** -149),
      2 ** -127,
      1e6,
      2 ** 127,
    ];
    const xs = [0, -0, Number.NaN, Infinity, -Infinity, ...edges].flatMap(x => [
      x,
      0.3,
      2.5,
      0.7,
      0.7,
      x,
      0.3,
      2.5,
      2.5,
      0.7,
      x,
      0.3,
      0.3,
      2.5,
      0.7,
      x,
    ]);
    const values = map32(name, xs);
    xs.forEach((x, i) => {
      const y = exact(Math.fround(x));
      const rounded = Math.fround(y);
      if (rounded === 0 || !Number.isFinite(rounded)) expect(values[i], `${name}(${x})`).toBe(rounded);
      else expect(Math.abs(values[i] - y) / ulp(y), `${name}(${x})`).toBeLessThan(bound);
    });
  });
});

test("single precision agrees over a dense range of angles", () => {
  const xs = Float32Array.from(spread(-1e4, 1e4, 200_000));
  for (const name of ["sin", "cos"] as const) {
    const worst = map32(name, xs).reduce((most, value, i) => {
      const y = functions[name](xs[i]);
      return Math.max(most, Math.abs(value - y) / ulp(y));
    }, 0);
    expect(worst).toBeLessThan(bounds32[name]);
  }
});
