import { expect, test } from "vitest";
import { multinomial } from "../../src/numerics/multinomial.ts";
import { type Stream, stream } from "../../src/numerics/stream.ts";

test.each([50, 5000])("%d draws over outcomes add up, and come as often as they should", n => {
  const random = stream({ seed: 1, purpose: "multinomial" });
  const p = [0.5, 0, 0.3, 0.2, 0];
  const draw = multinomial(p);
  const [out, sum] = [new Float64Array(5), new Float64Array(5)];
  for (let i = 0; i < 400; i++) {
    draw(n, random, out);
    expect(out.reduce((total, each) => total + each, 0)).toBe(n);
    out.forEach((each, x) => {
      sum[x] += each;
    });
  }
  p.forEach((own, x) => {
    const total = 400 * n;
    expect(Math.abs(sum[x] - own * total)).toBeLessThanOrEqual(4.5 * Math.sqrt(total * own * (1 - own)));
  });
});

/** Outcomes of words as they are defined: the first whose sum of probabilities exceeds the word's share of the whole. */
const oneByOne = (words: Uint32Array, p: readonly number[]): number[] => {
  const sums: number[] = [];
  for (const each of p) sums.push((sums.at(-1) ?? 0) + each);
  const counts = p.map(() => 0);
  const last = p.findLastIndex(each => each > 0);
  for (const word of words) {
    const x = sums.findIndex(sum => sum > (word / 2 ** 32) * sums[sums.length - 1]);
    counts[x < 0 ? last : x]++;
  }
  return counts;
};

/** Gives these words. */
const saying = (words: Uint32Array): Stream => {
  let at = 0;
  return {
    words(out: Uint32Array) {
      out.set(words.subarray(at, at + out.length));
      at += out.length;
    },
  } as Stream;
};

const random = stream({ seed: 7, purpose: "laws" });
const laws: readonly (readonly [string, readonly number[]])[] = [
  ["few outcomes", Array.from({ length: 10 }, () => 0.2 + random.uniform())],
  ["outcomes that never come, and rare ones", [0, 1e-12, 0, 3, 0, 1e-9, 2 ** -32, 1, 1e-300, 0]],
  ["bounds that are whole words", [0.25, 0.25, 2 ** -32, 0.5 - 2 ** -32]],
  ["one outcome", [0, 0, 4]],
  ["more outcomes than a table has cells", Array.from({ length: 70_000 }, () => random.uniform() ** 6)],
];

test.each(laws)(
  "%s: words on both sides of every bound, and others, are the outcomes they are defined to be",
  (_, p) => {
    const near: number[] = [0, 2 ** 32 - 1];
    const mass = p.reduce((sum, each) => sum + each, 0);
    let sum = 0;
    for (const each of p.length > 100 ? p.slice(0, 40) : p) {
      sum += each;
      const word = Math.round((sum / mass) * 2 ** 32);
      for (let d = -2; d <= 2; d++) near.push(Math.min(2 ** 32 - 1, Math.max(0, word + d)));
    }
    const words = new Uint32Array(Math.min(60 * (p.findLastIndex(each => each > 0) + 1), p.length > 100 ? 300 : 2000));
    stream({ seed: 3, purpose: "words" }).words(words);
    words.set(near.slice(0, words.length));
    const out = new Float64Array(p.length);
    multinomial(p)(words.length, saying(words), out);
    expect([...out]).toEqual(oneByOne(words, p));
  },
);
