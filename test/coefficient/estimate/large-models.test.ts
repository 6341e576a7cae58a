import { expect, test } from "vitest";
import { dealtBatches } from "../../../src/coefficient/estimate/large/dealt-batches.ts";
import { langevinAverage } from "../../../src/coefficient/estimate/large/langevin-average.ts";
import { localiserOfGain } from "../../../src/coefficient/estimate/large/localiser-of-gain.ts";
import { learningCoefficients } from "../../../src/coefficient/estimate/learning-coefficients.ts";
import type { SampledObjective } from "../../../src/contracts/objective.ts";
import { symmetricEigen } from "../../../src/numerics/linear-algebra.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { objectiveOf } from "./losses.ts";

/** Linear regression in two arrays of very different scales, with noise in the labels: a quadratic loss whose minibatches differ. */
const regression = (samples: number, d: number) => {
  const numbers = stream({ seed: 1, purpose: "regression" });
  const x = new Float64Array(samples * d);
  const y = new Float64Array(samples);
  numbers.normals(x);
  numbers.normals(y);
  for (let s = 0; s < samples; s++)
    for (let i = 0; i < d; i++) x[s * d + i] *= (i < d / 2 ? 3 : 0.3) / Math.sqrt(1 + i);
  const matrix = new Float64Array(d * d);
  for (let s = 0; s < samples; s++)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) matrix[i * d + j] += (x[s * d + i] * x[s * d + j]) / samples;
  const order = Int32Array.from({ length: samples }, (_, s) => s);
  const on = (w: Float64Array, gradient: Float64Array, chosen: Int32Array, from: number, to: number): number => {
    gradient.fill(0);
    let loss = 0;
    for (let k = from; k < to; k++) {
      const s = chosen[k];
      let off = -y[s];
      for (let i = 0; i < d; i++) off += x[s * d + i] * w[i];
      loss += (0.5 * off * off) / (to - from);
      for (let i = 0; i < d; i++) gradient[i] += (off * x[s * d + i]) / (to - from);
    }
    return loss;
  };
  const unused = new Float64Array(d);
  const objective: SampledObjective = {
    parameters: [
      { name: "steep", shape: [d / 2], offset: 0 },
      { name: "flat", shape: [d / 2], offset: d / 2 },
    ],
    size: d,
    samples,
    loss: w => on(w, unused, order, 0, samples),
    lossAndGradient: (w, gradient) => on(w, gradient, order, 0, samples),
    batchLossAndGradient: on,
  };
  return { objective, curvatures: symmetricEigen(matrix, d).values };
};

/** The minimum, by gradient descent. */
const minimumOf = ({ size, lossAndGradient }: SampledObjective, top: number): Float64Array => {
  const w = new Float64Array(size);
  const gradient = new Float64Array(size);
  for (let k = 0; k < 2000; k++) {
    lossAndGradient(w, gradient);
    for (let i = 0; i < size; i++) w[i] -= gradient[i] / top;
  }
  return w;
};

test("Langevin on minibatches gives nBeta <K> of a quadratic loss, the noise of minibatches taken away", () => {
  const { objective, curvatures } = regression(1000, 24);
  const at = minimumOf(objective, Math.max(...curvatures));
  const [nBeta, gamma] = [140, 30];
  const exact = curvatures.reduce((sum, h) => sum + (0.5 * nBeta * h) / (nBeta * h + gamma), 0);
  const found = langevinAverage(objective, at, { seed: 0, nBeta, gamma, chains: 4, draws: 1000 });
  expect(found.ess).toBeGreaterThan(100);
  expect(Math.abs(found.energy - exact)).toBeLessThan(4 * found.error);
  expect(found.error).toBeLessThan(0.1 * exact);
  expect(found.trace / curvatures.reduce((sum, h) => sum + h, 0)).toBeCloseTo(1, 0);
  expect(found.rHat).toBeLessThan(1.05);
});

test("minibatches, weighted and corrected, are K on the average, and agree with it in value and slope at the point", () => {
  const { objective } = regression(150, 6);
  const at = Float64Array.of(0.3, -0.2, 0.5, 1, -1, 0.2);
  const batches = dealtBatches(objective, at, 64);
  expect(batches.count).toBe(2);
  const whole = dealtBatches(objective, at, 100);
  expect(whole.count).toBe(1);
  const w = at.map((value, i) => value + 0.1 * (i - 2));
  const slopeAt = (from: typeof batches, point: Float64Array) => {
    const sum = new Float64Array(6);
    const own = new Float64Array(6);
    let loss = 0;
    for (let member = 0; member < from.count; member++) {
      from.choose(member);
      loss += from.excess.lossAndGradient(point, own) / from.count;
      for (let i = 0; i < 6; i++) sum[i] += own[i] / from.count;
    }
    return { loss, sum };
  };
  const [mean, all] = [slopeAt(batches, w), slopeAt(whole, w)];
  expect(mean.loss).toBeCloseTo(all.loss, 12);
  mean.sum.forEach((value, i) => {
    expect(value).toBeCloseTo(all.sum[i], 12);
  });
  const gradient = new Float64Array(6);
  batches.choose(1);
  expect(batches.excess.lossAndGradient(at, gradient)).toBeCloseTo(0, 14);
  gradient.forEach((value, i) => {
    expect(value).toBeCloseTo(whole.gradient[i], 12);
  });
});

test("the localiser of a large model lets a tenth of what training has gained be lost, and says when nothing was gained", () => {
  const { objective, curvatures } = regression(300, 24);
  const at = minimumOf(objective, Math.max(...curvatures));
  const trace = curvatures.reduce((sum, h) => sum + h, 0);
  const gamma = localiserOfGain(objective, at, 5, 0);
  expect(Math.log2(gamma) % 1).toBe(0);
  // Random points of the localiser lie trace / (2 gamma) higher.
  expect(trace / (2 * gamma)).toBeLessThan(0.5 * 1.5);
  expect(trace / gamma).toBeGreaterThan(0.5 / 1.5);
  expect(() => localiserOfGain(objective, at, -1, 0)).toThrow(/gained between the first and the last point is -1/);
});

test("from 2048 parameters on a training is measured without its Hessian", () => {
  const size = 2048;
  let gradients = 0;
  const bowl = objectiveOf(
    size,
    w => w.reduce((sum, x) => sum + 0.5 * x * x, 0),
    (w, gradient) => {
      gradients++;
      gradient.set(w);
    },
  );
  const [nBeta, gamma] = [100, 100];
  const points = [new Float64Array(size).fill(1), new Float64Array(size)];
  const { points: found } = learningCoefficients(bowl, points, { samples: 500, nBeta, gamma, draws: 50, chains: 2 });
  expect(gradients).toBeLessThan(2 * size);
  const [, { lambda, health, hessianTrace }] = found;
  if (lambda.kind === "failure") throw new Error(lambda.text);
  expect(Math.abs(lambda.value - size / 4)).toBeLessThan(4 * lambda.standardError);
  expect(hessianTrace).toBeCloseTo(size, 6);
  expect(health.text).toBe("no complaint");
  expect(health.findings.map(({ name }) => name)).toEqual(["baseline", "convergence", "minibatches"]);
  expect(found[0].health.text).toMatch(/no minimum/);
});
