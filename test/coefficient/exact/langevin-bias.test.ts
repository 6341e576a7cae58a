import { expect, test } from "vitest";
import { langevinBias, largestStableStep } from "../../../src/coefficient/exact/langevin-bias.ts";
import { localisedQuadratic } from "../../../src/coefficient/exact/localised-quadratic.ts";
import { cappedEffectiveSize, meanWithError } from "../../../src/numerics/statistics.ts";
import { stream } from "../../../src/numerics/stream.ts";

const chain = { curvatures: [0.5, 2, 8], nBeta: 144.76, localisation: 10, stepSize: 1e-3, gradNoiseVariance: 50 };

test("the stationary variance is the fixed point of the chain's own recursion", () => {
  const { curvatures, nBeta, localisation, stepSize, gradNoiseVariance } = chain;
  let reading = 0;
  for (const h of curvatures) {
    const a = nBeta * h + localisation;
    let variance = 0;
    // w' = (1 - eps a/2) w + (eps/2) noise + sqrt(eps) xi.
    for (let step = 0; step < 100_000; step++)
      variance = (1 - (stepSize * a) / 2) ** 2 * variance + (stepSize ** 2 / 4) * gradNoiseVariance + stepSize;
    reading += (nBeta * h * variance) / 2;
  }
  expect(langevinBias(chain).llcHat).toBeCloseTo(reading, 12);
});

test("a simulated chain reads it, within five standard errors of an effective sample of at least 2000", () => {
  const { curvatures, nBeta, localisation, stepSize, gradNoiseVariance } = chain;
  const random = stream({ seed: 7, purpose: "chain" });
  const w = curvatures.map(() => 0);
  const readings = new Float64Array(200_000);
  for (let step = -2000; step < readings.length; step++) {
    let loss = 0;
    for (let i = 0; i < w.length; i++) {
      loss += 0.5 * curvatures[i] * w[i] * w[i];
      const slope = nBeta * curvatures[i] * w[i] + Math.sqrt(gradNoiseVariance) * random.normal();
      w[i] += Math.sqrt(stepSize) * random.normal() - (stepSize / 2) * (slope + localisation * w[i]);
    }
    if (step >= 0) readings[step] = nBeta * loss;
  }
  expect(cappedEffectiveSize(readings)).toBeGreaterThan(2000);
  const { mean, standardError } = meanWithError(readings);
  expect(Math.abs(mean - langevinBias(chain).llcHat)).toBeLessThan(5 * standardError);
  // Each of the three biases is far outside.
  for (const without of [{ localisation: 0 }, { gradNoiseVariance: 0, stepSize: 1e-9 }])
    expect(Math.abs(mean - langevinBias({ ...chain, ...without }).llcHat)).toBeGreaterThan(10 * standardError);
});

test("each bias alone is its factor", () => {
  const plain = { curvatures: [3], nBeta: 100, localisation: 0, stepSize: 1e-3 };
  expect(langevinBias(plain).llcHat).toBeCloseTo(0.5 / (1 - (1e-3 * 300) / 4), 14);
  expect(langevinBias({ ...plain, localisation: 60, stepSize: 1e-300 }).llcHat).toBeCloseTo(0.5 / (1 + 60 / 300), 14);
  const noisy = langevinBias({ ...plain, gradNoiseVariance: 400 }).llcHat;
  expect(noisy / langevinBias(plain).llcHat).toBeCloseTo(1 + (1e-3 * 400) / 4, 14);
});

test("the limit of small steps is the canonical average", () => {
  const { tMeanK } = localisedQuadratic(chain.curvatures, chain.localisation, chain.nBeta);
  expect(langevinBias(chain).continuousLimit).toBeCloseTo(tMeanK, 14);
});

test("from the largest stable step on there is no answer", () => {
  expect(largestStableStep(chain)).toBeCloseTo(4 / (144.76 * 8 + 10), 15);
  expect(() => langevinBias({ ...chain, stepSize: 0.0035 })).toThrow(/^stepSize 0\.0035 is unstable: needs < 0\.0034/);
  expect(() => langevinBias({ ...chain, stepSize: -1 })).toThrow(/^stepSize is -1/);
  expect(() => langevinBias({ ...chain, nBeta: NaN })).toThrow(/^nBeta is NaN/);
  expect(() => langevinBias({ ...chain, gradNoiseVariance: -1 })).toThrow(/^gradNoiseVariance is -1/);
});

test("a flat direction has no share, localised or not", () => {
  const { llcHat } = langevinBias({ ...chain, curvatures: [2, 0], localisation: 0 });
  expect(llcHat).toBe(langevinBias({ ...chain, curvatures: [2], localisation: 0 }).llcHat);
});
