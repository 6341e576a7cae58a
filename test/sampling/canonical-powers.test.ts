import { describe, test } from "vitest";
import { ellipticalSlice } from "../../src/sampling/elliptical-slice.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { expectAverage, powers, titled } from "./canonical-averages.ts";

describe.each<[string, Sampler, number]>([
  ["NUTS", nuts(), 3000],
  ["elliptical slice", ellipticalSlice(), 10_000],
])("w^p with a Gaussian pull, by %s", (_name, sampler, draws) => {
  test.each(titled("power"))("$id, t = $t", ({ params, ...at }) => {
    const { power, localisation } = params;
    const prior = normalPrior({ priorStd: 1 / Math.sqrt(localisation), size: 1 });
    expectAverage(sampler, { objective: powers([power]), prior, ...at }, { draws, ess: 1000, spread: 0.1 });
  });
});

describe("sum |w_i|^p_i without a prior is sum 1 / p_i at every t, by NUTS", () => {
  test.each([1, 1e3, 1e6])("t = %d", t => {
    const p = [2, 4, 6];
    const value = 1 / 2 + 1 / 4 + 1 / 6;
    expectAverage(nuts(), { objective: powers(p), t, value }, { draws: 3000, ess: 3000, spread: 0.1 });
  });
});
