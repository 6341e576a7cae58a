import { expect, test } from "vitest";
import { LONG_SERIES } from "../../../src/numerics/statistics/mean-autocovariance.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { bulk, ofMean, ofQuantile, ofSd } from "../../../src/sampling/diagnostics/effective-sample-size.ts";
import { manyDraws, takesMany } from "../../../src/sampling/diagnostics/many-draws.ts";
import { plainDraws } from "../../../src/sampling/diagnostics/plain-draws.ts";
import type { Prepared } from "../../../src/sampling/diagnostics/prepared.ts";
import { rHatOf } from "../../../src/sampling/diagnostics/r-hat.ts";
import { meanError, quantileError, sdError } from "../../../src/sampling/diagnostics/standard-error.ts";

/** Two series of an odd length, whose last word of bits is not full. */
const N = 2 * (LONG_SERIES + 5);

const chainsOf = (count: number, phi: number, map: (x: number, chain: number) => number): Float64Array[] =>
  Array.from({ length: count }, (_, chain) => {
    const values = new Float64Array(N);
    stream({ seed: 11, chain, purpose: "many draws" }).normals(values);
    for (let i = 1; i < N; i++) values[i] += phi * values[i - 1];
    return values.map(x => map(x, chain));
  });

const everything = (draws: Prepared) => {
  const quantiles = [0.05, 0.5, 0.97].map(p => ofQuantile(draws, p));
  return {
    quantiles,
    numbers: [draws.mean(), draws.sd(), draws.quantile(0.3), draws.moments()],
    mean: ofMean(draws),
    bulk: bulk(draws),
    sd: ofSd(draws),
    rHat: rHatOf(draws),
    errors: [meanError(draws), sdError(draws), quantileError(draws, 0.5, quantiles[1])],
    sorted: Array.from(draws.sorted()),
  };
};

test.each<[string, number, number, (x: number, chain: number) => number]>([
  ["independent draws", 4, 0, x => x],
  ["one chain that alternates", 1, -0.6, x => x],
  ["slow chains, whose later lags come from a Fourier transform", 2, 0.999, x => x],
  ["an odd number of chains that disagree", 3, 0.5, (x, chain) => x + 0.1 * chain],
  ["ties", 2, 0.9, x => Math.round(10 * x) / 10],
  ["two values", 2, 0.3, x => (x > 1 ? 1 : 0)],
  ["long tails", 2, 0.3, x => x ** 15],
  ["clumps", 2, 0.3, x => Math.round(x) + 1e-9 * x],
  ["one draw far away", 1, 0, x => (x > 3.9 ? 1e60 : x)],
  ["draws that never move", 2, 0, () => 2.5],
  ["signed zeros", 2, 0, x => (Math.abs(x) < 0.5 ? 0 * x : x)],
])("kernels give the bits of plain loops: %s", (_title, count, phi, map) => {
  const chains = chainsOf(count, phi, map);
  expect(takesMany(chains)).toBe(true);
  expect(manyDraws(chains, everything)).toEqual(everything(plainDraws(chains)));
});

test("draws that are looked at while others are do not mix", () => {
  const [a, b] = [0.2, 0.8].map(phi => chainsOf(2, phi, x => x));
  const both = manyDraws(a, first => [first.mean(), manyDraws(b, ofMean), ofMean(first)]);
  expect(both).toEqual([plainDraws(a).mean(), ofMean(plainDraws(b)), ofMean(plainDraws(a))]);
});

test("a draw that is not finite is named", () => {
  const [chain] = chainsOf(1, 0, x => x);
  chain[7] = Number.NaN;
  expect(manyDraws([chain], rHatOf)).toEqual(rHatOf(plainDraws([chain])));
});

test("short chains and those of an odd length are for plain loops", () => {
  expect(takesMany([])).toBe(false);
  expect(takesMany([new Float64Array(2 * LONG_SERIES - 2)])).toBe(false);
  expect(takesMany([new Float64Array(2 * LONG_SERIES + 1)])).toBe(false);
});
