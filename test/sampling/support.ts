import { expect } from "vitest";
import { mean } from "../../src/numerics/statistics.ts";
import type { Stream } from "../../src/numerics/stream.ts";
import type { Chains } from "../../src/sampling/diagnostics/chains.ts";
import { pooled } from "../../src/sampling/diagnostics/chains.ts";
import { essMean } from "../../src/sampling/diagnostics/effective-sample-size.ts";
import { mcseMean } from "../../src/sampling/diagnostics/standard-error.ts";

interface Expected {
  /** Floor on the effective draws of the mean: a stuck chain fails here. */
  readonly ess: number;
  /** Standard errors allowed: a biased chain fails here. */
  readonly k?: number;
  /** Standard error of the expected value itself. */
  readonly error?: number;
}

/** Asserts that the mean of the draws is `value` within k standard errors, from enough effective draws; returns the standard error. */
export const expectMean = (chains: Chains, value: number, { ess, k = 5, error = 0 }: Expected): number => {
  const found = essMean(chains);
  const standardError = mcseMean(chains);
  if (found.kind === "undefined" || standardError.kind === "undefined")
    throw new Error(`no effective draws: ${JSON.stringify(found)}`);
  expect(found.value, "effective draws").toBeGreaterThan(ess);
  const total = Math.sqrt(standardError.value ** 2 + error ** 2);
  const distance = Math.abs(mean(pooled(chains)) - value);
  expect(distance, `distance of ${mean(pooled(chains))} from ${value}, standard error ${total}`).toBeLessThan(
    k * total,
  );
  return total;
};

/** Each draw of each chain mapped, from rows of `width` numbers. */
export const mapRows = (
  draws: readonly Float64Array[],
  width: number,
  map: (row: Float64Array) => number,
): Float64Array[] =>
  draws.map(rows =>
    Float64Array.from({ length: rows.length / width }, (_, i) => map(rows.subarray(i * width, (i + 1) * width))),
  );

/** A start with normal entries. */
export const normalStart =
  (size: number, std = 1) =>
  (_chain: number, random: Stream): Float64Array =>
    Float64Array.from({ length: size }, () => std * random.normal());
