import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { exp, log, log1p } from "../../src/numerics/elementary.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { potentialTarget } from "../../src/sampling/potential.ts";
import { sample } from "../../src/sampling/sample.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import type { Potential } from "../../src/sampling/target.ts";
import { expectMean, mapRows, normalStart } from "./support.ts";

/* Two posteriors of posteriordb, against the means of its reference draws and their Monte Carlo errors. */

const Y = [28, 8, -3, 7, -1, 1, 18, 12];
const SIGMA = [15, 10, 16, 11, 9, 11, 10, 18];

/** Eight schools, non-centred: (t_1, ..., t_8, mu, log tau), y_j ~ N(mu + tau t_j, sigma_j), t ~ N(0, 1), mu ~ N(0, 5), tau ~ half-Cauchy(0, 5). */
const eightSchools: Potential = {
  size: 10,
  valueAndGradient(w, gradient) {
    const mu = w[8];
    const tau = exp(w[9]);
    // The last term is the volume of tau = exp(w).
    let value = (mu * mu) / 50 + log1p((tau * tau) / 25) - w[9];
    let byMu = mu / 25;
    let byTau = (2 * tau) / (25 + tau * tau);
    for (let j = 0; j < 8; j++) {
      const t = w[j];
      const rest = (mu + tau * t - Y[j]) / SIGMA[j];
      const slope = rest / SIGMA[j];
      value += 0.5 * (t * t + rest * rest);
      gradient[j] = t + slope * tau;
      byMu += slope;
      byTau += slope * t;
    }
    gradient[8] = byMu;
    gradient[9] = byTau * tau - 1;
    return value;
  },
};

const file = join(import.meta.dirname, "data/low-dim-gauss-mix.json");
const numbers = Float64Array.from((JSON.parse(readFileSync(file, "utf8")) as { y: number[] }).y);

/**
 * Two normals: (mu_1, log(mu_2 - mu_1), log sigma_1, log sigma_2, logit theta) with y ~ theta N(mu_1, sigma_1) + (1 - theta) N(mu_2, sigma_2),
 * mu ~ N(0, 2), sigma ~ half-normal(0, 2), theta ~ Beta(5, 5).
 */
const gaussMix: Potential = {
  size: 5,
  valueAndGradient(w, gradient) {
    const gap = exp(w[1]);
    const mu = [w[0], w[0] + gap];
    const sigma = [exp(w[2]), exp(w[3])];
    const theta = 1 / (1 + exp(-w[4]));
    // Priors, and the volumes of the changes of variable.
    let value = (mu[0] * mu[0] + mu[1] * mu[1] + sigma[0] * sigma[0] + sigma[1] * sigma[1]) / 8;
    value -= w[1] + w[2] + w[3] + 5 * log(theta) + 5 * log(1 - theta);
    const byMu = [mu[0] / 4, mu[1] / 4];
    const byLogSigma = [(sigma[0] * sigma[0]) / 4 - 1, (sigma[1] * sigma[1]) / 4 - 1];
    let byLogit = 10 * theta - 5;
    const logWeights = [log(theta) - w[2], log(1 - theta) - w[3]];
    for (const y of numbers) {
      const z0 = (y - mu[0]) / sigma[0];
      const z1 = (y - mu[1]) / sigma[1];
      const a = logWeights[0] - 0.5 * z0 * z0;
      const b = logWeights[1] - 0.5 * z1 * z1;
      // Share of the first component in this number.
      const share = 1 / (1 + exp(b - a));
      value -= a > b ? a + log1p(exp(b - a)) : b + log1p(exp(a - b));
      byMu[0] -= (share * z0) / sigma[0];
      byMu[1] -= ((1 - share) * z1) / sigma[1];
      byLogSigma[0] += share * (1 - z0 * z0);
      byLogSigma[1] += (1 - share) * (1 - z1 * z1);
      byLogit += theta - share;
    }
    gradient[0] = byMu[0] + byMu[1];
    gradient[1] = byMu[1] * gap - 1;
    gradient[2] = byLogSigma[0];
    gradient[3] = byLogSigma[1];
    gradient[4] = byLogit;
    return value;
  },
};

describe.each<[string, Sampler, number]>([
  ["NUTS", nuts({ targetAcceptance: 0.95 }), 5000],
  ["HMC", hmc({ steps: 12, targetAcceptance: 0.95 }), 5000],
])("eight schools, non-centred, by %s", (_name, sampler, draws) => {
  const samples = sample({
    sampler,
    target: potentialTarget(eightSchools),
    seed: 2,
    draws,
    burnIn: 1000,
    start: normalStart(10, 0.5),
  });
  test.each<[string, (w: Float64Array) => number, number, number]>([
    ["mu", w => w[8], 4.41052, 0.033],
    ["tau", w => exp(w[9]), 3.60206, 0.0319],
    ["mu^2", w => w[8] * w[8], 30.403, 0.335],
    ["tau^2", w => exp(2 * w[9]), 23.204, 0.485],
  ])("E %s", (_title, of, value, error) => {
    expectMean(mapRows(samples.draws, 10, of), value, { ess: 1500, error });
  });
});

describe.each<[string, Sampler, number]>([
  ["NUTS", nuts(), 800],
  ["HMC", hmc({ steps: 5 }), 1200],
])("low-dimensional Gaussian mixture by %s", (_name, sampler, draws) => {
  const samples = sample({
    sampler,
    target: potentialTarget(gaussMix),
    seed: 3,
    draws,
    burnIn: 300,
    // In sight of the two heaps: a far start may end with one component over both, a mode of its own with a weight of e^-450.
    start: (_chain, random) => Float64Array.from([-2.5, 1.6, 0.3, 0.3, 0], value => value + 0.2 * random.normal()),
  });
  test.each<[string, (w: Float64Array) => number, number, number]>([
    ["the upper mean", w => w[0] + exp(w[1]), 2.86983, 5.6e-4],
    ["the lower mean", w => w[0], -2.73351, 4.2e-4],
    ["the share of the lower", w => 1 / (1 + exp(-w[4])), 0.621549, 1.5e-4],
  ])("%s", (_title, of, value, error) => {
    expectMean(mapRows(samples.draws, 5, of), value, { ess: 1000, error });
  });
});
