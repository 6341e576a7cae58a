import { describe, expect, test } from "vitest";
import { problemAt } from "../../../src/coefficient/estimate/problem.ts";
import { isFreeOfNoise } from "../../../src/coefficient/estimate/sample-noise.ts";
import { allModels } from "../../../src/coefficient/models/index.ts";
import type { SampledObjective } from "../../../src/contracts/objective.ts";
import { stream } from "../../../src/numerics/stream.ts";

const SAMPLES = 2000;

/** Mean over samples of (w_0 x + w_1^2 z - y)^2 at 0: w_1 is flat but for the noise of the labels y that meets z. */
const regression = (labels: "noise" | "noise without z" | "none"): SampledObjective => {
  const numbers = stream({ seed: 5, purpose: "test of sample noise" });
  const [x, z, y] = [0, 1, 2].map(() => new Float64Array(SAMPLES));
  for (const column of [x, z, y]) numbers.normals(column);
  if (labels === "none") y.fill(0);
  const along = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  // The point is a minimum along w_0 in any case.
  const share = along(y, x) / along(x, x);
  for (let i = 0; i < SAMPLES; i++) y[i] -= share * x[i];
  if (labels === "noise without z") {
    for (let i = 0, c = along(z, x) / along(x, x); i < SAMPLES; i++) z[i] -= c * x[i];
    for (let i = 0, c = along(y, z) / along(z, z); i < SAMPLES; i++) y[i] -= c * z[i];
  } else if (along(y, z) > 0) for (let i = 0; i < SAMPLES; i++) z[i] = -z[i];
  const order = Int32Array.from({ length: SAMPLES }, (_, i) => i);
  const objective: SampledObjective = {
    parameters: [{ name: "w", shape: [2], offset: 0 }],
    size: 2,
    samples: SAMPLES,
    loss: w => objective.lossAndGradient(w, new Float64Array(2)),
    lossAndGradient: (w, out) => objective.batchLossAndGradient(w, out, order, 0, SAMPLES),
    batchLossAndGradient(w, out, samples, from, to) {
      out.fill(0);
      let loss = 0;
      for (let k = from; k < to; k++) {
        const i = samples[k];
        const error = w[0] * x[i] + w[1] * w[1] * z[i] - y[i];
        loss += (error * error) / (to - from);
        out[0] += (2 * error * x[i]) / (to - from);
        out[1] += (4 * error * w[1] * z[i]) / (to - from);
      }
      return loss;
    },
  };
  return objective;
};

const isFree = (objective: SampledObjective, at: Float64Array = new Float64Array(objective.size)): boolean =>
  isFreeOfNoise(problemAt(objective, at), objective);

describe("whether the noise of samples shows", () => {
  test("labels that are noise: at 1 / n they decide how K looks", () => {
    expect(isFree(regression("noise"))).toBe(false);
  });

  test("labels that are fitted exactly", () => {
    expect(isFree(regression("none"))).toBe(true);
  });

  test("labels whose noise cancels where it could show", () => {
    expect(isFree(regression("noise without z"))).toBe(true);
  });

  test("nothing is known where no direction is flat, nor where all samples are the same", () => {
    const modelOf = (name: string) => allModels().find(model => model.name === name)!;
    const regular = modelOf("quadratic-4-rank-4-minibatch").objective() as SampledObjective;
    expect(isFree(regular)).toBe(false);
    const alike = modelOf("normal-crossing-1-1").objective() as SampledObjective;
    expect(isFree(alike)).toBe(false);
  });
});

test.each(["normal-crossing-1-2-3-minibatch", "tanh-1-3-1-minibatch", "binomial-mixture-2-of-4-in-1"])(
  "%s has none: each input is met with opposite residuals, or the frequencies are exact",
  name => {
    const model = allModels().find(each => each.name === name)!;
    expect(isFree(model.objective() as SampledObjective, model.point())).toBe(true);
  },
);
