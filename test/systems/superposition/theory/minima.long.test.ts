import { describe, expect, test } from "vitest";
import { stream } from "../../../../src/numerics/stream.ts";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { learningCoefficient } from "../../../../src/systems/superposition/theory/coefficients.ts";
import { familyPoint } from "../../../../src/systems/superposition/theory/families.ts";
import { criticalType } from "../../../../src/systems/superposition/theory/stability.ts";
import { full } from "../../../support/full.ts";

/** The lowest loss less the level that descent reaches, each step of which lowers the loss; it ends once clearly below. */
const descendFrom = (c: number, centre: Float64Array, start: Float64Array, steps: number): number => {
  const objective = populationObjective({ c, r: 2 });
  const level = objective.loss(centre);
  let [w, next] = [start.slice(), start.slice()];
  let [gradient, nextGradient] = [new Float64Array(w.length), new Float64Array(w.length)];
  let loss = objective.lossAndGradient(w, gradient);
  let rate = 0.5;
  for (let step = 0; step < steps && loss > level - 1e-5 && rate > 1e-12; step++) {
    const squared = gradient.reduce((sum, each) => sum + each * each, 0);
    for (let i = 0; i < w.length; i++) next[i] = w[i] - rate * gradient[i];
    const trial = objective.lossAndGradient(next, nextGradient);
    if (trial <= loss - 0.3 * rate * squared) {
      [w, next] = [next, w];
      [gradient, nextGradient] = [nextGradient, gradient];
      loss = trial;
      rate = Math.min(1.5 * rate, 20);
    } else rate /= 2;
  }
  return loss - level;
};

const perturbed = (w: Float64Array, size: number, chain: number): Float64Array => {
  const random = stream({ seed: 7, chain, purpose: "perturbation" });
  return w.map(value => value + size * random.normal());
};

const families = (c: number) =>
  [4, 5, 6, 7, 8, 9, 10]
    .filter(k => k <= c)
    .flatMap(k => Array.from({ length: c - k + 1 }, (_, sigma) => ({ c, k, sigma, phi: 0 })));

// By an independent route: descent on the loss, from points around the critical one.
describe.each(full ? [5, 6, 7, 8, 9, 10, 12, 14, 16, 20] : [6, 8, 9])("minimum or saddle at c = %i", c => {
  test.each(families(c))("k = $k, sigma = $sigma", family => {
    const centre = familyPoint(c, family.k + "+".repeat(family.sigma), -0.5);
    if (criticalType(family) === "minimum") {
      for (let chain = 0; chain < 3; chain++)
        expect(descendFrom(c, centre, perturbed(centre, 1e-4, chain), 4000)).toBeGreaterThan(-1e-14);
      expect(learningCoefficient("volume", family)).toBeGreaterThan(0);
    } else {
      const lowest = [0, 1, 2, 3].map(chain => descendFrom(c, centre, perturbed(centre, 5e-3, chain), 30_000));
      expect(Math.min(...lowest)).toBeLessThan(-1e-9);
      expect(learningCoefficient("volume", family)).toBeNull();
    }
  });
});

test.each([
  [9, 2],
  [10, 1],
  [12, 2],
  [12, 4],
  [16, 3],
  [20, 8],
])("the 4-gon among %i features with %i positive biases is left by descent", (c, sigma) => {
  expect(criticalType({ c, k: 4, sigma, phi: 0 })).toBe("saddle");
  const centre = familyPoint(c, `4${"+".repeat(sigma)}`, -0.5);
  expect(descendFrom(c, centre, perturbed(centre, 5e-3, 0), 30_000)).toBeLessThan(-1e-6);
});
