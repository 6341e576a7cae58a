import { expect, test } from "vitest";
import { gaussianParameters } from "../../../src/systems/law-of-balance/model.ts";
import { regimes, SMALL } from "../../../src/systems/law-of-balance/protocols/regimes.ts";
import {
  criticalTemperature,
  depthZeroVariance,
  exponentAtZero,
  lastModeTemperature,
} from "../../../src/systems/law-of-balance/theory/laws.ts";
import { stationaryLaw } from "../../../src/systems/law-of-balance/theory/stationary.ts";
import { recordsOfKind } from "../../support/records-of-kind.ts";

test("the exponent at zero is the slope of the stationary density: 1 at T_c/3, 0 at T_c", () => {
  const params = gaussianParameters(1, 0.8);
  for (const T of [0.05, 0.15, 0.3]) {
    const [near, far] = stationaryLaw({ k: 1, noiseVar: 0.8, T, gamma: 0 }, [1e-9, 1e-8]).logDensityDiff!;
    expect(exponentAtZero(params, T)).toBeCloseTo(1 + (far - near) / Math.log(10), 6);
  }
  const Tc = criticalTemperature(params);
  expect(exponentAtZero(params, Tc / 3)).toBeCloseTo(1, 12);
  expect(exponentAtZero(params, Tc)).toBeCloseTo(0, 12);
});

test("T* is where the density loses its mode besides zero", () => {
  const noiseVar = 1;
  const Tstar = lastModeTemperature(1, noiseVar)!;
  const v = Array.from({ length: 4000 }, (_, i) => 0.001 * (i + 1));
  const modes = (T: number) => {
    const density = stationaryLaw({ k: 1, noiseVar, T, gamma: 0 }, v).logDensityDiff!;
    return v.filter((_, i) => density[i] > (density[i - 1] ?? Infinity) && density[i] > (density[i + 1] ?? Infinity))
      .length;
  };
  expect(modes(0.99 * Tstar)).toBe(1);
  expect(modes(1.01 * Tstar)).toBe(0);
  expect(lastModeTemperature(1, 0.3)).toBeNull();
});

test("without a hidden layer the variance is that of the recursion v <- (1 - 2 eta) v + 2 eta y", () => {
  const [eta, a3] = [0.13, 0.7];
  let variance = 0;
  for (let step = 0; step < 500; step++) variance = (1 - 2 * eta) ** 2 * variance + 4 * eta * eta * a3;
  expect(depthZeroVariance(eta, a3)).toBeCloseTo(variance, 12);
});

test("walkers of the Langevin limit: none below SMALL far under T_c/3, all of them above T_c", () => {
  const cells = recordsOfKind(regimes, "cell", { noises: 2, temperatures: 4, walkers: 8 }, { seed: 3 });
  expect(cells).toHaveLength(8);
  for (const { noiseVar, T, exponent } of cells) {
    const Tc = criticalTemperature(gaussianParameters(1, noiseVar));
    if (T > 1.2 * Tc) expect(exponent, `above T_c, ${SMALL}`).toBeLessThan(0.12);
    if (T < Tc / 4) expect(exponent ?? Infinity).toBeGreaterThan(1);
  }
});
