import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import { sample } from "../../src/sampling/sample.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { posterior } from "../../src/sampling/target.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { full } from "../support/full.ts";
import { type JointModel, line, logRate, normalMean } from "./joint-models.ts";

/*
 * Simulation-based calibration: parameters from the prior, data given them, posterior draws given the data. The rank of the true
 * parameter among its draws is uniform if, and only if, the draws are right.  [Talts et al. 2018, arXiv 1804.06788]
 */

const SIMULATIONS = full ? 4000 : 240;
const DRAWS = 31;
const BINS = 8;
/** Chi-square of 7 degrees of freedom is above this with probability 0.001. */
const CRITICAL = 24.322;

/** Chi-square of the ranks of each parameter, in eight bins. */
const chiSquares = (sampler: Sampler, make: () => JointModel, thin: number, factor = 1): number[] => {
  const model = make();
  const { size, objective } = model;
  const counts = Array.from({ length: size }, () => new Float64Array(BINS));
  const target = posterior({
    objective,
    nBeta: factor * model.samples,
    prior: normalPrior({ priorStd: 1, size }),
  });
  for (let simulation = 0; simulation < SIMULATIONS; simulation++) {
    const truth = new Float64Array(size);
    const random = stream({ seed: 77, chain: simulation, purpose: "truth" });
    random.normals(truth);
    model.simulate(truth, random);
    const { draws } = sample({
      sampler,
      target,
      seed: 78,
      firstChain: simulation,
      chains: 1,
      burnIn: 200,
      draws: DRAWS,
      thin,
      start: (_chain, numbers) => Float64Array.from({ length: size }, () => numbers.normal()),
    });
    for (let i = 0; i < size; i++) {
      let rank = 0;
      for (let draw = 0; draw < DRAWS; draw++) if (draws[0][draw * size + i] < truth[i]) rank++;
      counts[i][Math.floor((rank * BINS) / (DRAWS + 1))]++;
    }
  }
  const expected = SIMULATIONS / BINS;
  return counts.map(bins => bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0));
};

const models = { "a normal mean": normalMean, "a line": line, "the logarithm of a rate": logRate };

describe.each<[string, Sampler, number]>([
  ["MALA", mala(), 20],
  ["HMC", hmc({ steps: 3 }), 4],
  ["NUTS", nuts(), 3],
  ["tempering", tempering({ local: mala(), rungs: 3 }), 8],
])("%s", (_name, sampler, thin) => {
  test.each(Object.entries(models))("ranks are uniform for %s", (_model, make) => {
    for (const chiSquare of chiSquares(sampler, make, thin)) expect(chiSquare).toBeLessThan(CRITICAL);
  });
});

test.each(Object.entries(models))("a posterior at the wrong temperature stands out for %s", (_model, make) => {
  expect(Math.max(...chiSquares(nuts(), make, 3, 4))).toBeGreaterThan(2 * CRITICAL);
});
