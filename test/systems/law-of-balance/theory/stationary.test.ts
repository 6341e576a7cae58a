import { describe, expect, test } from "vitest";
import { gaussLegendre, onPanels } from "../../../../src/numerics/gauss-legendre.ts";
import { gammaLaw, stationaryLaw } from "../../../../src/systems/law-of-balance/theory/stationary.ts";

/** Mean, second moment and ln Z by a fixed rule on panels that double away from v = k, the density written as in eq. 14. */
const byFixedRule = ({ k, noiseVar, T, gamma }: { k: number; noiseVar: number; T: number; gamma: number }) => {
  const [a1, a2, a3] = [2, 2 * k, 2 * k * k + noiseVar];
  const b = k - gamma;
  const root = Math.sqrt(2 * noiseVar);
  const logDensity = (v: number) =>
    (b / (2 * a3 * T) - 1.5) * Math.log(v) -
    (1 + b / (4 * T * a3)) * Math.log(a1 * v * v - 2 * a2 * v + a3) -
    ((a3 - a2 * b) / (2 * T * a3 * root)) * Math.atan((a1 * v - a2) / root);
  // Downwards from k in powers of 2 to nothing, around k from very narrow, and upwards far out.
  const ends = [
    ...Array.from({ length: 3000 }, (_, i) => k * 2 ** ((i - 3000) / 3)),
    ...Array.from({ length: 50 }, (_, i) => k * (1 - 2 ** (-i - 2))),
    ...Array.from({ length: 50 }, (_, i) => k * (1 + 2 ** (-i - 1))).reverse(),
    ...Array.from({ length: 100 }, (_, i) => k * 2 ** (1 + i / 2)),
  ].sort((x, y) => x - y);
  const { nodes, weights } = onPanels(gaussLegendre(20), ends);
  const top = nodes.reduce((most, v) => Math.max(most, logDensity(v) + Math.log(v)), -Infinity);
  let [Z, first, second] = [0, 0, 0];
  nodes.forEach((v, i) => {
    const mass = weights[i] * Math.exp(logDensity(v) - top);
    Z += mass;
    first += mass * v;
    second += mass * v * v;
  });
  return { mean: first / Z, second: second / Z, logZ: Math.log(Z) + top };
};

describe("the stationary law agrees with a fixed rule of twice the order", () => {
  test.each([
    { k: 1, noiseVar: 0.5, T: 0.1, gamma: 0 },
    { k: 1, noiseVar: 0.5, T: 0.36, gamma: 0 },
    { k: 1, noiseVar: 0.5, T: 0.001, gamma: 0.1 },
    { k: 1, noiseVar: 1e-4, T: 0.1, gamma: 0 },
    { k: 1, noiseVar: 1e-6, T: 0.05, gamma: 0 },
    { k: 2, noiseVar: 1e-3, T: 0.01, gamma: 0.5 },
  ])("%o", at => {
    const law = stationaryLaw(at, []);
    const expected = byFixedRule(at);
    expect(law.error).toBeLessThan(1e-10);
    expect(law.mean / expected.mean).toBeCloseTo(1, 8);
    expect(law.second / expected.second).toBeCloseTo(1, 8);
    expect(law.logZ! - expected.logZ).toBeCloseTo(0, 7);
  });

  test("near T_c, where half of the mass lies below any float: mean over second moments keep their ratio and the mean vanishes in proportion", () => {
    const at = (T: number) => stationaryLaw({ k: 1, noiseVar: 0.5, T, gamma: 0 }, []);
    expect(at(0.3999).mean).toBeCloseTo(0.00076234, 7);
    const [near, nearer] = [at(0.4 - 1e-6), at(0.4 - 1e-8)];
    expect(near.mean / nearer.mean).toBeCloseTo(100, 2);
    expect(near.second / near.mean).toBeCloseTo(nearer.second / nearer.mean, 5);
    // ln v is an exponential variable far below: E ln v = -1 / rise to first order.
    expect(nearer.logmean! * 0.5 * (0.4 / (0.4 - 1e-8) - 1)).toBeCloseTo(-1, 5);
  });
});

test("for inputs +-1 the law is a Gamma law of its own mean and variance", () => {
  const [parameters, T, gamma] = [{ a3: 0.8, b1: 1.3, b2: 0.5 }, 0.1, 0.05];
  const { shape, scale, mean, variance } = gammaLaw(parameters, T, gamma);
  expect(shape! * scale!).toBeCloseTo(mean, 13);
  expect(shape! * scale! * scale!).toBeCloseTo(variance, 13);
});
