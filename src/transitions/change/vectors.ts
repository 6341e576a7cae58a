import { answer, type VectorTable } from "../../contracts/system.ts";
import { segmentation } from "./segmentation.ts";

const places = { kind: "list", of: { kind: "integer", summary: "" }, summary: "" } as const;

/**
 * The series of a test vector, exact in any language: the sum of 12 words of the generator x -> 1664525 x + 1013904223 mod 2^32, over 2^32, less 6, is the noise of a
 * value; from each place on the level is `size` higher or, every second time, lower again.
 */
export const vectorSeries = (seed: number, length: number, changes: readonly number[], size: number): Float64Array => {
  let word = seed >>> 0;
  const next = (): number => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 4294967296;
  };
  return Float64Array.from({ length }, (_, t) => {
    let noise = -6;
    for (let k = 0; k < 12; k++) noise += next();
    return noise + size * (changes.filter(at => at <= t).length % 2);
  });
};

/** Answers to test vectors on the cheapest partition of a series; indices are those at which segments begin, without 0 and the length. */
export const changeVectors: VectorTable = {
  "cheapest-partition": answer(
    {
      seed: { kind: "integer", min: 0, summary: "" },
      length: { kind: "integer", min: 2, summary: "" },
      changes: places,
      size: { kind: "number", summary: "" },
      penalty: { kind: "number", min: 0, summary: "" },
    },
    ({ seed, length, changes, size, penalty }) => {
      const values = vectorSeries(seed, length, changes, size);
      const found = (cost: "mean" | "meanVariance" | "slope"): number[] =>
        segmentation(values, { cost, penalty, variance: 1 });
      return { mean: found("mean"), meanVariance: found("meanVariance"), slope: found("slope"), clear: found("mean") };
    },
  ),
};
