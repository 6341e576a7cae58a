import { expect, test } from "vitest";
import {
  balanceStep,
  gaussianParameters,
  gradientVariance,
  populationParameters,
} from "../../../../src/systems/law-of-balance/model.ts";
import {
  balanceRate,
  correctedCriticalTemperature,
  criticalTemperature,
  depthZeroVariance,
  lastModeTemperature,
  lyapunovExponent,
} from "../../../../src/systems/law-of-balance/theory/laws.ts";
import { stationaryLaw } from "../../../../src/systems/law-of-balance/theory/stationary.ts";

const [x, y] = [
  [1, -0.7, 1.4, 0.5, -1.2],
  [0.8, 0.3, 0.9, -0.6, -1.1],
];
const params = populationParameters(x, y);

test("near the origin u + w grows by a factor a sample, whose logarithms have the Lyapunov exponent as their mean", () => {
  const [eta, gamma] = [0.2, 0.1];
  let layers = { u: 1e-8, w: 1e-8 };
  for (let i = 0; i < x.length; i++) layers = balanceStep(layers, { x: x[i], y: y[i], eta, gamma });
  const growth = Math.log(Math.abs(layers.u + layers.w) / 2e-8) / x.length;
  expect(lyapunovExponent(x, y, eta, gamma)).toBeCloseTo(growth, 12);
});

test("critical temperatures are where that exponent vanishes, to second order in the step", () => {
  for (const gamma of [0, 0.1]) {
    // 2 eta m - 2 eta^2 (a3 + m^2), m the mean of x y - gamma, by differences at small steps.
    const h = 1e-4;
    const [down, up] = [-h, h].map(eta => lyapunovExponent(x, y, eta, gamma));
    const first = (up - down) / (2 * h);
    const second = (up + down) / (h * h);
    const [m, square] = [first / 2, -second / 4];
    expect(criticalTemperature(params, gamma)).toBeCloseTo(m / (square - m * m), 5);
    if (gamma === 0) expect(correctedCriticalTemperature(params)).toBeCloseTo(m / square, 5);
  }
});

test("where the mean slope vanishes u^2 - w^2 falls at the rate T C0 + 4 gamma", () => {
  const gamma = 0.05;
  const v = params.b2 / params.b1;
  for (const eta of [1e-4, 2e-4]) {
    const [u, w] = [1.3, v / 1.3];
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const next = balanceStep({ u, w }, { x: x[i], y: y[i], eta, gamma });
      sum += Math.log((next.u * next.u - next.w * next.w) / (u * u - w * w)) / x.length;
    }
    expect(balanceRate(eta, gradientVariance(params, v), gamma)).toBeCloseTo(-sum / eta, 5);
  }
});

test("without a hidden layer v is an autoregression, whose variance settles", () => {
  const [eta, a3] = [0.15, 0.8];
  let variance = 0;
  for (let step = 0; step < 1000; step++) variance = (1 - 2 * eta) ** 2 * variance + 4 * eta * eta * a3;
  expect(depthZeroVariance(eta, a3)).toBeCloseTo(variance, 12);
});

test("there is a mode up to the temperature of the last one, and none above", () => {
  for (const k of [0.5, 0.7]) {
    const last = lastModeTemperature(k, 0.5)!;
    const mode = (T: number) => stationaryLaw({ k, noiseVar: 0.5, T, gamma: 0 }, []).mode;
    expect([mode(0.999 * last), mode(1.001 * last)]).toEqual([expect.any(Number), null]);
  }
  // With a weak slope they meet beyond zero, and what is lost is lost at T_c / 3.
  const [k, noiseVar] = [0.3, 0.5];
  const mode = (T: number) => stationaryLaw({ k, noiseVar, T, gamma: 0 }, []).mode;
  const third = criticalTemperature(gaussianParameters(k, noiseVar)) / 3;
  expect(20 * k * lastModeTemperature(k, noiseVar)!).toBeLessThan(1);
  expect([mode(0.999 * third), mode(1.001 * third)]).toEqual([expect.any(Number), null]);
});
