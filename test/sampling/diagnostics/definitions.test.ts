import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import type { Chains } from "../../../src/sampling/diagnostics/chains.ts";
import type { Diagnostic } from "../../../src/sampling/diagnostics/diagnostic.ts";
import {
  essBulk,
  essMean,
  essQuantile,
  essSd,
  essTail,
} from "../../../src/sampling/diagnostics/effective-sample-size.ts";
import { eBfmi } from "../../../src/sampling/diagnostics/energy.ts";
import { rHat, rHatBasic, rHatBulk, rHatFolded } from "../../../src/sampling/diagnostics/r-hat.ts";
import { mcseMean, mcseQuantile, mcseSd } from "../../../src/sampling/diagnostics/standard-error.ts";
import { summarise } from "../../../src/sampling/diagnostics/summary.ts";
import { referenceChains } from "./reference.ts";

const measures: { readonly [name: string]: (chains: Chains) => Diagnostic } = {
  rHat,
  rHatBasic,
  rHatBulk,
  rHatFolded,
  essBulk,
  essTail,
  essMean,
  essSd,
  "essQuantile of 0.3": chains => essQuantile(chains, 0.3),
  mcseMean,
  mcseSd,
  "mcseQuantile of 0.5": chains => mcseQuantile(chains, 0.5),
};

describe.each(Object.entries(measures))("%s", (_name, measure) => {
  test.each<[string, Chains, RegExp]>([
    ["constant draws", [new Float64Array(50).fill(2.5), new Float64Array(50).fill(2.5)], /^every draw is 2.5$/],
    ["a NaN", [[1, 2, 3, Number.NaN, 5, 6, 7, 8]], /^draw 3 of chain 0 is NaN$/],
    [
      "an infinity",
      [
        [1, 2, 3, 4, 5, 6, 7, 8],
        [1, 2, 3, 4, 5, 6, -Infinity, 8],
      ],
      /^draw 6 of chain 1 is -Infinity$/,
    ],
    [
      "a number whose powers overflow",
      [[1, 2, 3, 4, 1e200, 6, 7, 8]],
      /^draw 4 of chain 0 is 1e\+200: too large to be squared$/,
    ],
    ["too few draws", [[1, 2, 3]], /^3 draws a chain: needs at least [46]$/],
  ])("%s: undefined, with the reason", (_title, chains, reason) => {
    const found = measure(chains);
    expect(found.kind).toBe("undefined");
    if (found.kind === "undefined") expect(found.reason).toMatch(reason);
  });

  test("never a number that is none, whatever the draws", () => {
    const entry = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }).map(Number) },
      { weight: 3, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1e300, -1e300, 5e-324, Number.NaN, Infinity) },
    );
    const chains = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }))
      .chain(([count, draws]) =>
        fc.array(fc.array(entry, { minLength: draws, maxLength: draws }), { minLength: count, maxLength: count }),
      );
    fc.assert(
      fc.property(chains, given => {
        const found = measure(given);
        if (found.kind === "value") expect(Number.isFinite(found.value)).toBe(true);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  test("refuses chains of different lengths, and none", () => {
    expect(() =>
      measure([
        [1, 2, 3, 4, 5, 6],
        [1, 2, 3],
      ]),
    ).toThrow("the length of chain 1 is 3: needs as many draws as chain 0");
    expect(() => measure([])).toThrow("needs at least one chain");
  });
});

test("chains that stand still at different places: undefined, not infinite", () => {
  const chains = [new Float64Array(20).fill(1), new Float64Array(20).fill(2)];
  expect(rHat(chains)).toEqual({ kind: "undefined", reason: "no chain moves, though they differ" });
});

test("monotone maps of the draws leave rank statistics as they are", () => {
  const chains = referenceChains(0.9);
  const mapped = chains.map(chain => chain.map(x => Math.exp(3 * x) + x ** 3));
  for (const measure of [rHatBulk, essBulk, essTail]) expect(measure(mapped)).toEqual(measure(chains));
  expect(essMean(mapped)).not.toEqual(essMean(chains));
});

test("chains of different widths around one centre are caught by the folded part alone", () => {
  const chains = [1, 1, 1, 3].map((width, chain) => {
    const draws = new Float64Array(1000);
    stream({ seed: 3, chain, purpose: "widths" }).normals(draws);
    return draws.map(x => width * x);
  });
  const [bulk, folded, both] = [rHatBulk(chains), rHatFolded(chains), rHat(chains)];
  if (bulk.kind !== "value" || folded.kind !== "value") throw new Error("undefined");
  expect(bulk.value).toBeLessThan(1.01);
  expect(folded.value).toBeGreaterThan(1.1);
  expect(both).toEqual(folded);
});

test("chains that alternate are credited with S log10 S, and that is said", () => {
  const found = essMean(referenceChains(-0.9));
  expect(found).toMatchObject({ kind: "value", warning: expect.stringContaining("alternate") });
  expect(found.kind === "value" && found.value / (2000 * Math.log10(2000))).toBeCloseTo(1, 12);
});

test("the middle draw of an odd number counts for nothing", () => {
  const odd = referenceChains(0.5, 4, 501);
  const even = odd.map(chain => Float64Array.from([...chain.subarray(0, 250), ...chain.subarray(251)]));
  expect(essMean(odd)).toEqual(essMean(even));
});

describe("E-BFMI", () => {
  test("is 2 for independent energies, small for a slow walk, and undefined where nothing moves", () => {
    const independent = new Float64Array(5000);
    stream({ seed: 9, purpose: "energies" }).normals(independent);
    const walk = independent.map((_, i) => independent.subarray(0, i + 1).reduce((a, b) => a + b, 0));
    const found = eBfmi([independent, walk, new Float64Array(5000)]);
    expect(found[0].kind === "value" && Math.abs(found[0].value - 2)).toBeLessThan(0.1);
    expect(found[1].kind === "value" && found[1].value).toBeLessThan(0.01);
    expect(found[2]).toEqual({ kind: "undefined", reason: "chain 2: every draw is 0" });
  });

  test("is the ratio of sums that defines it", () => {
    const [only] = eBfmi([[1, 4, 2, 7]]);
    // Steps 3, -2, 5; mean 3.5.
    expect(only).toEqual({ kind: "value", value: (9 + 4 + 25) / (6.25 + 0.25 + 2.25 + 12.25) });
  });
});

describe("a summary says how healthy it is", () => {
  test("good chains", () => {
    const { health, quantiles, mean } = summarise("x", referenceChains(0));
    expect(health).toMatchObject({ outcome: "good", text: "no complaint" });
    expect(mean.kind === "value" && mean.value).toBeCloseTo(0.0143769345153, 12);
    expect(quantiles.map(({ p }) => p)).toEqual([0.05, 0.5, 0.95]);
  });

  test("slow chains: what is wrong and how much longer to run", () => {
    const { health } = summarise("x", referenceChains(0.9));
    expect(health.outcome).toBe("doubtful");
    expect(health.text).toContain("the chains disagree (R-hat 1.054 > 1.01): run longer");
    expect(health.text).toContain("81 effective draws of the bulk, fewer than 400: run 5.0 times as long");
  });

  test("constant draws keep their mean and lose the rest", () => {
    const summary = summarise("x", [new Float64Array(9).fill(3), new Float64Array(9).fill(3)]);
    expect(summary.mean).toEqual({ kind: "value", value: 3 });
    expect(summary.mcseMean).toEqual({ kind: "undefined", reason: "every draw is 3" });
    expect(summary.health).toMatchObject({ outcome: "undefined", text: "every draw is 3" });
  });
});

describe("a quantity of two values", () => {
  const chains = referenceChains(0).map(chain => chain.map(x => (x > 0.2 ? 1 : 0)));

  test("has no tails, and is judged by its bulk", () => {
    const { essTail, health } = summarise("above", chains);
    expect(essTail).toEqual({ kind: "undefined", reason: "no draw is above the quantile 0.95, 1" });
    expect(health.outcome).toBe("good");
  });
});
