import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { ellipticalSlice } from "../../src/sampling/elliptical-slice.ts";
import { gibbs } from "../../src/sampling/gibbs.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { langevin } from "../../src/sampling/langevin.ts";
import { deepLinearConditionals } from "../../src/sampling/linear-network-conditionals.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { posterior } from "../../src/sampling/target.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { type JointModel, line, logRate, normalMean } from "./joint-models.ts";
import { expectMean } from "./support.ts";

/*
 * Geweke's joint test: data given the parameters, then one step of the sampler given the data, and so on. If the step leaves the
 * posterior alone, the parameters follow the prior for ever, N(0, I), whose moments are known.
 * [Geweke 2004, Getting it right]
 */
const jointMoments = (
  sampler: Sampler,
  model: JointModel,
  steps: number,
): { first: Float64Array[]; second: Float64Array[] } => {
  const target = posterior({
    objective: model.objective,
    nBeta: model.samples,
    prior: normalPrior({ priorStd: 1, size: model.size }),
  });
  const series = () => Array.from({ length: 2 }, () => new Float64Array(steps));
  const [first, second] = [series(), series()];
  for (let chain = 0; chain < 2; chain++) {
    const kernel = sampler.on(target, { random: purpose => stream({ seed: 31, chain, purpose }), burnIn: 0 });
    const data = stream({ seed: 31, chain, purpose: "data" });
    const w = new Float64Array(model.size);
    data.normals(w);
    model.simulate(w, data);
    const state = kernel.init(w);
    for (let step = 0; step < steps; step++) {
      model.simulate(state.w, data.at(step + 1));
      w.set(state.w);
      kernel.place(state, w);
      kernel.step(state);
      // Along a fixed direction, so that both parameters of a line have their say.
      const along = model.size === 1 ? state.w[0] : 0.6 * state.w[0] - 0.8 * state.w[1];
      first[chain][step] = along;
      second[chain][step] = along * along;
    }
  }
  return { first, second };
};

const models = { "a normal mean": normalMean, "a line": line, "the logarithm of a rate": logRate };

describe.each<[string, Sampler, number]>([
  ["MALA", mala({ stepSize: 0.1 }), 30_000],
  ["HMC", hmc({ steps: 3, stepSize: 0.15 }), 15_000],
  ["NUTS", nuts({ stepSize: 0.25 }), 10_000],
  ["tempering", tempering({ local: mala({ stepSize: 0.1 }), rungs: 3 }), 15_000],
  ["elliptical slice", ellipticalSlice(), 30_000],
])("%s", (_name, sampler, steps) => {
  test.each(Object.entries(models))("leaves the joint distribution alone for %s", (_model, make) => {
    const { first, second } = jointMoments(sampler, make(), steps);
    expectMean(first, 0, { ess: 200 });
    expectMean(second, 1, { ess: 200 });
  });
});

test("a step that is too long for what it leaves out is seen: unadjusted Langevin", () => {
  const { second } = jointMoments(langevin({ stepSize: 0.2 }), normalMean(), 30_000);
  expect(() => expectMean(second, 1, { ess: 200 })).toThrow("distance of");
});

test("blockwise Gibbs on a deep linear network leaves the joint distribution of product and weights alone", () => {
  // T = W_2 W_1 + noise of variance 1 / (2 t) an entry is drawn given the weights, then the weights given T.
  const t = 3;
  const [inputs, hidden, outputs] = [2, 1, 2];
  const size = hidden * (inputs + outputs);
  const product = new Float64Array(outputs * inputs);
  const loss = (w: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < outputs; i++)
      for (let j = 0; j < inputs; j++) sum += (w[2 + i] * w[j] - product[i * inputs + j]) ** 2;
    return sum;
  };
  const objective = {
    parameters: [
      { name: "W1", shape: [hidden, inputs], offset: 0 },
      { name: "W2", shape: [outputs, hidden], offset: 2 },
    ],
    size,
    loss,
    lossAndGradient: () => Number.NaN,
  };
  const target = posterior({ objective, nBeta: t, prior: normalPrior({ priorStd: 1, size }) });
  const steps = 6000;
  const [squares, fourths] = [
    [new Float64Array(steps), new Float64Array(steps)],
    [new Float64Array(steps), new Float64Array(steps)],
  ];
  for (let chain = 0; chain < 2; chain++) {
    const random = (purpose: string) => stream({ seed: 32, chain, purpose });
    const data = random("data");
    let kernel = gibbs({ conditionals: deepLinearConditionals({ product }) }).on(target, { random, burnIn: 0 });
    const state = kernel.init(Float64Array.of(0.5, -0.5, 1, 0.2));
    for (let step = 0; step < steps; step++) {
      data.at(step + 1);
      for (let i = 0; i < outputs; i++)
        for (let j = 0; j < inputs; j++)
          product[i * inputs + j] = state.w[2 + i] * state.w[j] + data.normal() / Math.sqrt(2 * t);
      // The product is copied when the conditionals are made.
      kernel = gibbs({ conditionals: deepLinearConditionals({ product }) }).on(target, { random, burnIn: 0 });
      kernel.step(state);
      squares[chain][step] = state.w[0] ** 2 + state.w[3] ** 2;
      fourths[chain][step] = state.w[0] ** 2 * state.w[3] ** 2;
    }
  }
  expectMean(squares, 2, { ess: 200 });
  expectMean(fourths, 1, { ess: 100 });
});
