import { expect, test } from "vitest";
import { freeEnergy, hessianTrace } from "../../../src/coefficient/estimate/index.ts";
import { crossing, powers } from "./losses.ts";

const h = [2, 8, 0.5];
const bowl = powers([2, 2, 2], [1, 4, 0.25]);
const origin = new Float64Array(3);

test("the free energy of a Gaussian model is a sum of logarithms", () => {
  const [nBeta, gamma] = [1000, 2];
  const found = freeEnergy(bowl, origin, { gamma, nBeta, draws: 64 });
  const exact = h.reduce((sum, each) => sum + 0.5 * Math.log(1 + (nBeta * each) / gamma), 0);
  expect(Math.abs(found.value - exact)).toBeLessThan(4 * found.standardError + 1e-4);
  expect(found.standardError).toBeLessThan(0.01 * exact);
});

test("that of the crossing agrees with quadrature", () => {
  const [nBeta, gamma] = [1000, 1];
  let [whole, prior] = [0, 0];
  for (let i = 0; i < 100_000; i++) {
    const x = Math.exp(-30 + (33 * (i + 0.5)) / 100_000);
    const weight = x * Math.exp((-gamma * x * x) / 2);
    prior += weight;
    whole += weight / Math.sqrt(1 + (2 * nBeta * x * x) / gamma);
  }
  const found = freeEnergy(crossing, new Float64Array(2), { gamma, nBeta, draws: 200, perDecade: 3 });
  expect(Math.abs(found.value - Math.log(prior / whole))).toBeLessThan(4 * found.standardError);
  expect(found.standardError).toBeLessThan(0.15);
});

test("WBIC is n <L> at nBeta = n / log n", () => {
  const [samples, gamma] = [1000, 2];
  const found = freeEnergy(bowl, origin, { gamma, samples, draws: 64 });
  const t = samples / Math.log(samples);
  const exact = Math.log(samples) * h.reduce((sum, each) => sum + (t * each) / (2 * (t * each + gamma)), 0);
  expect(Math.abs(found.wbic.value - exact)).toBeLessThan(4 * found.wbic.standardError + 1e-6);
});

test("the Hessian's trace, exact and by random signs", () => {
  expect(hessianTrace(bowl, origin).value).toBeCloseTo(10.5, 6);
  const many = powers(Array.from({ length: 100 }, () => 2));
  const estimate = hessianTrace(many, new Float64Array(100), { probes: 8 });
  expect(estimate.value).toBeCloseTo(200, 4);
  expect(() => hessianTrace(bowl, origin, { probes: 1 })).toThrow(/probes is 1/);
});
