import { describe, expect, test } from "vitest";
import { philox4x32 } from "../../src/numerics/philox.ts";
import { type StreamAddress, stream } from "../../src/numerics/stream.ts";
import { chiSquareScore } from "./chi-square.ts";

const address: StreamAddress = { seed: 20240229, chain: 3, purpose: "test" };
const words = (from: StreamAddress, count = 8): number[] => {
  const source = stream(from);
  return Array.from({ length: count }, () => source.word());
};

describe("addressing", () => {
  test("a step's draws don't depend on what was drawn before", () => {
    const fresh = stream({ ...address, step: 7 });
    const expected = [fresh.normal(), fresh.uniform(), fresh.below(10), fresh.normal(), fresh.word()];
    const used = stream(address);
    used.normals(new Float64Array(5));
    used.at(3).word();
    used.normal();
    const source = used.at(7);
    expect([source.normal(), source.uniform(), source.below(10), source.normal(), source.word()]).toEqual(expected);
    expect(source).toBe(used);
  });

  test("streams of the same address don't disturb each other", () => {
    const first = stream(address);
    const second = stream(address);
    const interleaved = Array.from({ length: 9 }, () => [first.word(), second.word()]);
    expect(interleaved.map(pair => pair[0])).toEqual(words(address, 9));
    expect(interleaved.map(pair => pair[1])).toEqual(words(address, 9));
  });

  test("seed, chain, purpose and step each change every block", () => {
    const others: StreamAddress[] = [
      { ...address, seed: 20240230 },
      { ...address, seed: 20240229 + 2 ** 32 },
      { ...address, chain: 4 },
      { ...address, purpose: "tesu" },
      { ...address, purpose: "" },
      { ...address, step: 1 },
    ];
    const all = [address, ...others].flatMap(one => words(one));
    expect(new Set(all).size).toBe(all.length);
  });

  test("the words are Philox blocks of counter (block, step, chain, purpose) and key (seed low, seed high)", () => {
    const seed = 5 * 2 ** 32 + 6;
    expect(words({ seed, chain: 9, purpose: "batch", step: 8 })).toEqual(
      [0, 1].flatMap(block => philoxWords([block, 8, 9, batchHash()], [6, 5])),
    );
  });

  test("neither bit of the address is dropped at the largest values", () => {
    const top = { seed: Number.MAX_SAFE_INTEGER, chain: 2 ** 32 - 1, purpose: "p", step: 2 ** 32 - 1 };
    const below = [
      { ...top, seed: top.seed - 1 },
      { ...top, chain: top.chain - 1 },
      { ...top, step: top.step - 1 },
    ];
    const all = [top, ...below].flatMap(one => words(one));
    expect(new Set(all).size).toBe(all.length);
  });
});

const philoxWords = (counter: number[], key: number[]): number[] => {
  const out = new Uint32Array(4);
  philox4x32(Uint32Array.from(counter), Uint32Array.from(key), out);
  return [...out];
};

/** FNV-1a and two multiply-and-fold rounds of "batch", in exact integers. */
const batchHash = (): number => {
  const mask = 0xffffffffn;
  let hash = 0x811c9dc5n;
  for (const character of "batch") hash = ((hash ^ BigInt(character.charCodeAt(0))) * 0x01000193n) & mask;
  hash = ((hash ^ (hash >> 16n)) * 0x7feb352dn) & mask;
  hash = ((hash ^ (hash >> 15n)) * 0x846ca68bn) & mask;
  return Number(hash ^ (hash >> 16n));
};

test.each([
  ["seed", -1],
  ["seed", 0.5],
  ["seed", Number.NaN],
  ["seed", 2 ** 53],
  ["chain", -1],
  ["chain", 1.5],
  ["chain", Number.NaN],
  ["chain", 2 ** 32],
  ["step", -1],
  ["step", 1.5],
  ["step", Number.POSITIVE_INFINITY],
  ["step", 2 ** 32],
])("%s = %d is refused by name", (name, value) => {
  expect(() => stream({ ...address, [name]: value })).toThrow(`${name} is ${value}: needs`);
});

test("a bad step is refused by at, a bad n by below", () => {
  expect(() => stream(address).at(-1)).toThrow("step is -1: needs");
  for (const n of [0, -1, 1.5, Number.NaN, 2 ** 32]) expect(() => stream(address).below(n)).toThrow(`n is ${n}: needs`);
});

test("a block is four words or two normals on", () => {
  const [read, moved] = [1, 2].map(() => stream({ seed: 7, chain: 2, purpose: "blocks" }).at(5));
  for (let i = 0; i < 12; i++) read.word();
  expect(moved.at(5, 3).word()).toBe(read.word());
  read.at(5);
  for (let i = 0; i < 6; i++) read.normal();
  expect(moved.at(5, 3).normal()).toBe(read.normal());
  expect(() => moved.at(5, -1)).toThrow("block is -1: needs");
});

describe("one block read in every way", () => {
  test("a uniform is 27 bits of one word and 26 of the next, also across blocks", () => {
    const [, a, b, c, d, e, f] = words(address);
    const source = stream(address);
    source.word();
    expect([source.uniform(), source.uniform(), source.uniform()]).toEqual(
      [
        [a, b],
        [c, d],
        [e, f],
      ].map(([high, low]) => ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53),
    );
  });

  test("normals come in pairs of Box and Muller", () => {
    const uniforms = stream(address);
    const normals = stream(address);
    for (let i = 0; i < 1000; i++) {
      const radius = Math.sqrt(-2 * Math.log(1 - uniforms.uniform()));
      const angle = 2 * Math.PI * uniforms.uniform();
      expect(Math.abs(normals.normal() - radius * Math.cos(angle))).toBeLessThan(1e-14);
      expect(Math.abs(normals.normal() - radius * Math.sin(angle))).toBeLessThan(1e-14);
    }
  });

  test("filling an array is drawing one by one", () => {
    const one = stream(address);
    const many = stream(address);
    const uniforms = new Float64Array(7);
    const normals = new Float64Array(7);
    many.uniforms(uniforms);
    many.normals(normals);
    expect(Array.from(uniforms)).toEqual(Array.from(uniforms, () => one.uniform()));
    expect(Array.from(normals)).toEqual(Array.from(normals, () => one.normal()));
    expect(many.word()).toBe(one.word());
  });

  test("below(n) is floor(n word / 2^32), exactly", () => {
    for (const n of [1, 2, 3, 1000, 2 ** 31 + 1, 2 ** 32 - 1]) {
      const source = stream(address);
      for (const word of words(address, 50)) expect(source.below(n)).toBe(Number((BigInt(word) * BigInt(n)) >> 32n));
    }
  });
});

describe("distribution", () => {
  test("below(7) is uniform", () => {
    const source = stream(address);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) counts[source.below(7)]++;
    expect(Math.abs(chiSquareScore(counts))).toBeLessThan(4);
  });

  test("every bit of a word and every 1/1000 of a uniform is as likely", () => {
    const source = stream({ ...address, purpose: "bits" });
    const draws = 100_000;
    const ones = new Float64Array(32);
    const bins = new Float64Array(1000);
    for (let i = 0; i < draws; i++) {
      const word = source.word();
      for (let bit = 0; bit < 32; bit++) ones[bit] += (word >>> bit) & 1;
      bins[Math.floor(source.uniform() * 1000)]++;
    }
    for (const count of ones) expect(Math.abs(count - draws / 2)).toBeLessThan(4.5 * Math.sqrt(draws / 4));
    expect(Math.abs(chiSquareScore(bins))).toBeLessThan(4);
  });

  test("normal moments 0, 1, 0, 3 within four standard errors", () => {
    const draws = 400_000;
    const values = new Float64Array(draws);
    stream(address).normals(values);
    const moment = (power: number) => values.reduce((sum, x) => sum + x ** power, 0) / draws;
    // Variances of x, x^2, x^3, x^4: 1, 3 - 1, 15, 105 - 9.
    const expected: [number, number, number][] = [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ];
    for (const [power, value, variance] of expected)
      expect(Math.abs(moment(power) - value)).toBeLessThan(4 * Math.sqrt(variance / draws));
  });

  test("no correlation between neighbouring chains, steps, seeds or draws", () => {
    const draws = 100_000;
    const normals = (from: StreamAddress, count = draws) => {
      const out = new Float64Array(count);
      stream(from).normals(out);
      return out;
    };
    const base = normals(address, draws + 2);
    const others = [
      normals({ ...address, chain: 4 }),
      normals({ ...address, step: 1 }),
      normals({ ...address, seed: 20240230 }),
      base.subarray(1),
      base.subarray(2),
    ];
    for (const other of others) {
      let sum = 0;
      for (let i = 0; i < draws; i++) sum += base[i] * other[i];
      expect(Math.abs(sum / draws)).toBeLessThan(4 / Math.sqrt(draws));
    }
  });

  test("shuffle gives each of the 24 permutations of 4 as often", () => {
    const source = stream({ ...address, purpose: "shuffle" });
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = Int32Array.of(0, 1, 2, 3);
      source.shuffle(order);
      counts.set(order.join(""), (counts.get(order.join("")) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(Math.abs(chiSquareScore([...counts.values()]))).toBeLessThan(4);
  });

  test("shuffle keeps every entry of a long order", () => {
    const order = Int32Array.from({ length: 1000 }, (_, i) => i);
    stream(address).shuffle(order);
    expect(order).not.toEqual(Int32Array.from(order).sort());
    expect(Int32Array.from(order).sort()).toEqual(Int32Array.from({ length: 1000 }, (_, i) => i));
  });
});

/** FNV-1a of the little-endian bytes, 32 bits. */
const hashBits = (values: Float64Array): string => {
  const view = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  for (const value of values) {
    view.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
};

test("pinned: the same numbers in every engine, for good", () => {
  expect(words({ seed: 0, purpose: "test" }, 4)).toEqual([1509111529, 2365111648, 3989387114, 1255925910]);
  const source = stream({ seed: 42, chain: 1, purpose: "noise", step: 5 });
  expect([source.normal(), source.normal(), source.uniform(), source.below(1000)]).toEqual([
    -0.32276981507353836, 0.1084627997949765, 0.780812342478321, 37,
  ]);
  const values = new Float64Array(10_000);
  stream({ seed: 42, purpose: "noise" }).normals(values);
  expect(hashBits(values)).toBe("c7c11af0");
});
