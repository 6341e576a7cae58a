import { expect, test } from "vitest";
import { freeEnergy, hessianTrace } from "../../../src/coefficient/estimate/index.ts";
import { crossing, powers } from "./losses.ts";

const h = [2, 8, 0.5];
const bowl = powers([2, 2, 2], [1, 4, 0.25]);
const origin = new Float64Array(3);

const gaussian = (nBeta: number, gamma: number): number =>
  h.reduce((sum, each) => sum + 0.5 * Math.log(1 + (nBeta * each) / gamma), 0);

test("the free energy of a Gaussian model is a sum of logarithms", () => {
  const [nBeta, gamma] = [1000, 2];
  const found = freeEnergy(bowl, origin, { gamma, nBeta, draws: 64 });
  const exact = gaussian(nBeta, gamma);
  expect(Math.abs(found.value - exact)).toBeLessThan(4 * found.standardError);
  expect(found.standardError).toBeLessThan(1e-3);
});

test("slopes at the ends are taken off where the energy still rises, and too few temperatures are said", () => {
  const at = (perDecade: number) =>
    freeEnergy(bowl, origin, { gamma: 2, nBeta: 1, samples: 1000, draws: 64, perDecade });
  expect(Math.abs(at(2).value - gaussian(1, 2))).toBeLessThan(0.02);
  const { health } = at(1);
  expect(health.findings.find(({ name }) => name === "quadrature")).toMatchObject({ outcome: "doubtful" });
});

test("its error is the spread over seeds, that of what lies below the first temperature included", () => {
  let [square, stated] = [0, 0];
  for (let seed = 0; seed < 8; seed++) {
    const { value, standardError } = freeEnergy(bowl, origin, { gamma: 2, nBeta: 1000, draws: 16, seed });
    square += (value - gaussian(1000, 2)) ** 2;
    stated += standardError ** 2;
  }
  const ratio = Math.sqrt(square / stated);
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2);
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
