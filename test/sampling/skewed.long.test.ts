import { describe, expect, test } from "vitest";
import { exp } from "../../src/numerics/elementary.ts";
import { baoab } from "../../src/sampling/baoab.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { potentialTarget } from "../../src/sampling/potential.ts";
import { sample } from "../../src/sampling/sample.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import type { Potential } from "../../src/sampling/target.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { expectMean, mapRows, normalStart } from "./support.ts";

/*
 * The logarithm of an exponential variable, three times over: density exp(y - exp y), mean minus Euler's constant, variance pi^2 / 6, and
 * skewed, so that an error of sign shows.
 */
const EULER = 0.5772156649015329;
const logExponential: Potential = {
  size: 3,
  valueAndGradient(y, gradient) {
    let value = 0;
    for (let i = 0; i < 3; i++) {
      const x = exp(y[i]);
      value += x - y[i];
      gradient[i] = x - 1;
    }
    return value;
  },
};

describe("log of an exponential variable", () => {
  test.each<[string, Sampler, number]>([
    ["MALA", mala(), 12_000],
    ["MALA, diagonal mass", mala({ mass: "diagonal" }), 12_000],
    ["HMC", hmc({ steps: 4 }), 5000],
    ["HMC, dense mass", hmc({ steps: 4, mass: "dense" }), 5000],
    ["NUTS", nuts(), 4000],
    ["NUTS, no mass", nuts({ mass: "none" }), 4000],
    ["NUTS, dense mass", nuts({ mass: "dense" }), 4000],
    ["tempering over NUTS", tempering({ local: nuts(), rungs: 3, hottest: 0.3 }), 2000],
    ["tempering over MALA", tempering({ local: mala(), rungs: 3, hottest: 0.3 }), 6000],
    ["BAOAB at a small step", baoab({ stepSize: 0.2 }), 25_000],
  ])("%s", (_name, sampler, draws) => {
    const { draws: rows } = sample({
      sampler,
      target: potentialTarget(logExponential),
      seed: 8,
      draws,
      burnIn: 1000,
      start: normalStart(3),
    });
    for (let i = 0; i < 3; i++) {
      expectMean(
        mapRows(rows, 3, y => y[i]),
        -EULER,
        { ess: 1500 },
      );
      expectMean(
        mapRows(rows, 3, y => (y[i] + EULER) ** 2),
        Math.PI ** 2 / 6,
        { ess: 1000 },
      );
      // The sign of the skewness, too: E (y - mean)^3 = -2 zeta(3).
      const third = expectMean(
        mapRows(rows, 3, y => (y[i] + EULER) ** 3),
        -2 * 1.2020569031595942,
        { ess: 500 },
      );
      // The mirror image would have stood out.
      expect(5 * third).toBeLessThan(4 * 1.2020569031595942);
    }
  });
});
