import { describe, expect, test } from "vitest";
import type { SampledObjective } from "../../src/contracts/objective.ts";
import { stream } from "../../src/numerics/stream.ts";
import { chainsOf } from "../../src/sampling/chains-of.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { langevin } from "../../src/sampling/langevin.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { sample } from "../../src/sampling/sample.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { type Surrogates, surrogate } from "../../src/sampling/surrogate.ts";
import { posterior, type Target } from "../../src/sampling/target.ts";
import { expectMean } from "./support.ts";

/*
 * Regression of y on 1 and x by n samples with noise 1: with L the mean squared error and nBeta = n / 2 the posterior is normal, with
 * mean (X^T X)^-1 X^T y and covariance (X^T X)^-1. Half of the samples have a posterior whose mean is off by a standard deviation.
 */
const N = 400;
const BATCH = N / 2;
const numbers = stream({ seed: 3, purpose: "test of surrogates" });
const x = Float64Array.from({ length: N }, () => 1 + numbers.normal());
const y = x.map(each => 0.5 - 2 * each + numbers.normal());

const everyone = Int32Array.from({ length: N }, (_, i) => i);
const regression: SampledObjective = {
  parameters: [{ name: "w", shape: [2], offset: 0 }],
  size: 2,
  samples: N,
  loss: w => regression.lossAndGradient(w, new Float64Array(2)),
  lossAndGradient: (w, gradient) => regression.batchLossAndGradient(w, gradient, everyone, 0, N),
  batchLossAndGradient(w, gradient, order, from, to) {
    gradient.fill(0);
    let loss = 0;
    for (let k = from; k < to; k++) {
      const error = w[0] + w[1] * x[order[k]] - y[order[k]];
      loss += (error * error) / (to - from);
      gradient[0] += (2 * error) / (to - from);
      gradient[1] += (2 * error * x[order[k]]) / (to - from);
    }
    return loss;
  },
};
const target = posterior({ objective: regression, nBeta: N / 2 });

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
const [sx, sxx, sy, sxy] = [sumOf(x), sumOf(x.map(e => e * e)), sumOf(y), sumOf(x.map((e, i) => e * y[i]))];
const determinant = N * sxx - sx * sx;
const centre = [(sxx * sy - sx * sxy) / determinant, (N * sxy - sx * sy) / determinant];
const variances = [sxx / determinant, N / determinant];
const covariance = -sx / determinant;

/** Eight halves of the samples, with nothing done against their noise. */
const halves = (): Surrogates => {
  const orders = Array.from({ length: 8 }, (_, member) => {
    const order = everyone.slice();
    stream({ seed: 0, purpose: `half ${member}` }).shuffle(order);
    return order;
  });
  let chosen = orders[0];
  const lossAndGradient = (w: Float64Array, gradient: Float64Array) =>
    regression.batchLossAndGradient(w, gradient, chosen, 0, BATCH);
  return {
    count: orders.length,
    target: posterior({
      objective: { ...regression, loss: w => lossAndGradient(w, new Float64Array(2)), lossAndGradient },
      nBeta: N / 2,
    }),
    choose(member) {
      chosen = orders[member];
    },
  };
};

const draw = (sampler: Sampler) =>
  sample({
    sampler,
    target,
    seed: 2,
    chains: 4,
    draws: 3000,
    burnIn: 200,
    start: Float64Array.from(centre),
    keep: {
      names: ["a", "b", "aa", "bb", "ab"],
      write(w, out) {
        out[0] = w[0] - centre[0];
        out[1] = w[1] - centre[1];
        out[2] = (out[0] * out[0]) / variances[0];
        out[3] = (out[1] * out[1]) / variances[1];
        out[4] = (out[0] * out[1]) / covariance;
      },
    },
  });

describe.each([
  ["nuts", () => nuts()],
  ["hmc", () => hmc({ steps: 6 })],
  ["mala", () => mala({ mass: "diagonal" })],
] as const)("a regression by halves of the samples, with %s", (_, local) => {
  test("has the moments of the closed form", () => {
    const samples = draw(surrogate({ local: local(), surrogates: halves }));
    for (const name of ["a", "b"]) expectMean(chainsOf(samples, name), 0, { ess: 300 });
    for (const name of ["aa", "bb", "ab"]) expectMean(chainsOf(samples, name), 1, { ess: 300 });
  });

  test("would be too wide without the refusals", () => {
    const samples = draw(neverRefused(local()));
    expect(() => expectMean(chainsOf(samples, "aa"), 1, { ess: 100 })).toThrow(/distance/);
    expect(() => expectMean(chainsOf(samples, "bb"), 1, { ess: 100 })).toThrow(/distance/);
  });
});

/** The steps under the surrogates alone. */
const neverRefused = (local: Sampler): Sampler => ({
  ...local,
  on(_target: Target, context) {
    const family = halves();
    const kernel = local.on(family.target, context);
    const choices = context.random("surrogate");
    return {
      ...kernel,
      step(state) {
        family.choose(choices.at(state.step).below(family.count));
        kernel.place(state, state.w.slice());
        kernel.step(state);
      },
    };
  },
});

test("a surrogate equal to the target never refuses, and makes the steps of the local sampler", () => {
  const local = nuts({ stepSize: 0.05, adapt: false });
  const context = { random: (purpose: string) => stream({ seed: 1, purpose }), burnIn: 0 };
  const alone = local.on(target, context);
  const both = surrogate({ local, surrogates: same => ({ count: 1, target: same, choose() {} }) }).on(target, context);
  const [a, b] = [alone.init(Float64Array.from(centre)), both.init(Float64Array.from(centre))];
  for (let i = 0; i < 200; i++) {
    alone.step(a);
    both.step(b);
    expect([...b.w]).toEqual([...a.w]);
  }
});

test("a local sampler that accepts every step is refused, and so is an empty family", () => {
  expect(() => surrogate({ local: langevin({ stepSize: 0.1 }), surrogates: halves })).toThrow(/local is "langevin"/);
  const none = surrogate({ local: nuts(), surrogates: same => ({ count: 0, target: same, choose() {} }) });
  expect(() => none.on(target, { random: purpose => stream({ seed: 1, purpose }), burnIn: 0 })).toThrow(
    /the number of surrogates is 0/,
  );
});
