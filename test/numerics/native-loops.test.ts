import { afterEach, expect, test } from "vitest";
import { workspace } from "../../src/engine/kernels/workspace.ts";
import { fastest, type NativeLoops, useLoopSource } from "../../src/numerics/native-loops.ts";
import { stream } from "../../src/numerics/stream.ts";

afterEach(() => useLoopSource(undefined));

const address = { seed: 2 ** 40 + 5, chain: 7, purpose: "loops", step: 3 };

/** Loops that leave a mark in place of what they should do, and tell how they were called. */
const marking = () => {
  const calls: unknown[][] = [];
  const fill =
    (name: string) => (out: Float64Array | Uint32Array, count: number, key: Uint32Array, counter: Uint32Array) => {
      calls.push([name, count, [...key], counter[0], counter[1], counter[2]]);
      out.fill(-9, 0, count);
    };
  const loops = {
    normals: fill("normals"),
    uniforms: fill("uniforms"),
    words: fill("words"),
    shuffle: (_: Int32Array, last: number, words: number) => void calls.push(["shuffle", last, words]),
    multiply: (...values: unknown[]) => void calls.push(["multiply", ...values.slice(0, 5)]),
    translated: { twice: (x: number) => 2 * x },
  } as unknown as NativeLoops;
  return { calls, loops };
};

test("native loops fill whole blocks, and the stream goes on behind them", () => {
  const { calls, loops } = marking();
  const whole = new Float64Array(15);
  const plain = stream(address).at(3, 10);
  plain.normals(whole);
  const after = [plain.normal(), plain.uniform(), plain.word()];

  useLoopSource(() => loops);
  const out = new Float64Array(15);
  const random = stream(address).at(3, 10);
  random.normals(out);
  expect([...out]).toEqual([...Array(14).fill(-9), whole[14]]);
  expect([random.normal(), random.uniform(), random.word()]).toEqual(after);
  random.at(3, 4).uniforms(new Float64Array(12));
  random.at(3, 5).words(new Uint32Array(14));
  random.at(5).shuffle(new Int32Array(20));
  workspace({ a: 100, b: 100, c: 100 }).multiply({ m: 10, n: 10, k: 10, transposeB: true }, whole, whole, whole);
  const key = [5, 256];
  expect(calls).toEqual([
    ["normals", 14, key, 10, 3, 7],
    ["uniforms", 12, key, 4, 3, 7],
    ["words", 12, key, 5, 3, 7],
    ["shuffle", 19, 16],
    ["multiply", 10, 10, 10, 0, 1],
  ]);
});

test("between two blocks, with a normal kept, and for little work loops stay plain", () => {
  const { calls, loops } = marking();
  useLoopSource(() => loops);
  const random = stream(address);
  random.word();
  random.uniforms(new Float64Array(20));
  random.at(1).normal();
  random.normals(new Float64Array(20));
  random.at(2).normals(new Float64Array(11));
  random.at(2).shuffle(new Int32Array(12));
  expect(calls).toEqual([]);
});

test("a source hears how much time was spent until it brings loops", () => {
  const heard: number[] = [];
  const { loops } = marking();
  useLoopSource(spent => {
    heard.push(spent);
    return heard.length < 3 ? undefined : loops;
  });
  const results = Array.from({ length: 5 }, () => fastest("twice", (x: number) => x + 100, 2e6)(1));
  expect(results).toEqual([101, 101, 2, 2, 2]);
  expect(heard).toHaveLength(3);
  expect(heard[2] - heard[0]).toBeCloseTo(4);
  expect(fastest("unknown", (x: number) => x + 100, 1)(1)).toBe(101);
});
