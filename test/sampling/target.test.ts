import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { ellipticalSlice } from "../../src/sampling/elliptical-slice.ts";
import { entryNames } from "../../src/sampling/entry-names.ts";
import { gibbs } from "../../src/sampling/gibbs.ts";
import { posteriorPotential } from "../../src/sampling/potential.ts";
import { boxed, customPrior, flatPrior, localised, normalPrior, type Prior } from "../../src/sampling/prior.ts";
import { posterior, type Target } from "../../src/sampling/target.ts";
import { quadratic } from "../learning/quadratic.ts";

const objective = quadratic([1, 4]);
const laplace = customPrior(
  { name: "Laplace" },
  {
    energy: w => Math.abs(w[0]) + Math.abs(w[1]),
    addGradient(w, gradient) {
      for (let i = 0; i < 2; i++) gradient[i] += Math.sign(w[i]);
    },
  },
);
const priors: { readonly [name: string]: Prior } = {
  flat: flatPrior(),
  localised: localised({ gamma: 2, centre: Float64Array.of(1, -1) }),
  normal: normalPrior({ priorStd: 0.5, size: 2 }),
  custom: laplace,
  boxed: boxed({ low: [-3, -3], high: [3, 3] }),
  "boxed custom": boxed({ low: [-3, -3], high: [3, 3] }, laplace),
};

describe.each(Object.entries(priors))("a posterior with the prior %s", (_name, prior) => {
  const target = posterior({ objective, nBeta: 7, prior });
  const w = Float64Array.of(0.7, -1.3);
  const gradient = new Float64Array(2);

  test("has the energy nBeta L + prior, and the gradient that belongs to it", () => {
    const loss = new Float64Array(1);
    const value = target.valueAndGradient(w, gradient, loss);
    expect(loss[0]).toBe(objective.loss(w));
    expect(value).toBe(7 * loss[0] + prior.energy(w));
    for (let i = 0; i < 2; i++) {
      const shifted = (by: number) =>
        target.valueAndGradient(
          w.map((x, j) => (j === i ? x + by : x)),
          new Float64Array(2),
        );
      expect((shifted(1e-5) - shifted(-1e-5)) / 2e-5).toBeCloseTo(gradient[i], 6);
    }
  });

  test("its settings survive JSON", () => {
    expect(JSON.parse(JSON.stringify(prior.settings))).toEqual(prior.settings);
  });
});

test("the energies of the priors, by their formulas", () => {
  const w = Float64Array.of(2, 1);
  expect(priors.localised.energy(w)).toBe(0.5 * 2 * (1 + 4));
  expect(priors.normal.energy(w)).toBe((4 + 1) / (2 * 0.25));
  expect(priors.flat.energy(w)).toBe(0);
  expect(priors["boxed custom"].energy(w)).toBe(3);
  expect(priors.boxed.energy(Float64Array.of(4, 0))).toBe(Infinity);
  expect(posteriorPotential(objective, { nBeta: 7, priorStd: 0.5 }).valueAndGradient(w, new Float64Array(2))).toBe(
    7 * 4 + 10,
  );
});

test.each<[() => unknown, string]>([
  [() => posterior({ objective, nBeta: -1 }), "nBeta is -1: needs a number from 0"],
  [() => posterior({ objective, nBeta: Number.NaN }), "nBeta is NaN: needs a number from 0"],
  [() => localised({ gamma: -1, centre: new Float64Array(2) }), "gamma is -1: needs a number from 0"],
  [() => normalPrior({ priorStd: 0, size: 2 }), "priorStd is 0: needs a positive number"],
  [() => boxed({ low: [0, 1], high: [1, 1] }), "high[1] is 1: needs a number above low[1] = 1"],
  [() => boxed({ low: [0], high: [1, 2] }), "the length of high is 2: needs 1"],
  [
    () => posterior({ objective, nBeta: 1, prior: normalPrior({ priorStd: 1, size: 3 }) }),
    "the length of the centre of the prior is 3: needs 2",
  ],
  [
    () => posterior({ objective, nBeta: 1, prior: boxed({ low: [0], high: [1] }) }),
    "the length of the box of the prior is 1: needs 2",
  ],
])("refused: %#", (make, message) => {
  expect(make).toThrow(message);
});

test("samplers that need more of a target say so", () => {
  const bind = (sampler: ReturnType<typeof ellipticalSlice>, target: Target) => () =>
    sampler.on(target, { random: purpose => stream({ seed: 1, purpose }), burnIn: 0 });
  const flat = posterior({ objective, nBeta: 1 });
  expect(bind(ellipticalSlice(), flat)).toThrow('the prior of elliptical-slice is {"kind":"flat"}: needs a Gaussian');
  expect(bind(gibbs({ conditionals: () => [] }), flat)).toThrow("conditionals is []: needs at least one block");
});

test("entries are named by their arrays", () => {
  const names = entryNames([
    { name: "W", shape: [2, 3], offset: 0 },
    { name: "b", shape: [2], offset: 6 },
    { name: "scale", shape: [], offset: 8 },
  ]);
  expect(names).toEqual(["W[0,0]", "W[0,1]", "W[0,2]", "W[1,0]", "W[1,1]", "W[1,2]", "b[0]", "b[1]", "scale"]);
});
