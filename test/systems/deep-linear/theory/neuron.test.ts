import { describe, expect, test } from "vitest";
import { type ActivationName, activations } from "../../../../src/numerics/activations.ts";
import { gaussLegendre, onEvenPanels } from "../../../../src/numerics/gauss-legendre.ts";
import {
  landauExpansion,
  neuronCoexistence,
  neuronMinimum,
} from "../../../../src/systems/deep-linear/theory/neuron.ts";

const target = (skew: number, cubic: number) => [-skew, 1 - 3 * cubic, skew, cubic];

/** Whether some neuron u phi(w x) is below the origin, looked for on a grid of both weights by a fixed rule. */
const isBelowOrigin = (name: ActivationName, ypoly: readonly number[], gamma: number): boolean => {
  const { nodes, weights } = onEvenPanels(gaussLegendre(8), -9, 9, 120);
  const density = weights.map((each, i) => (each * Math.exp(-0.5 * nodes[i] ** 2)) / Math.sqrt(2 * Math.PI));
  const y = nodes.map(x => ypoly.reduce((sum, each, k) => sum + each * x ** k, 0));
  for (let i = -300; i <= 300; i++) {
    const w = Math.sign(i) * 10 ** (Math.abs(i) / 100 - 2);
    const phi = nodes.map(x => activations[name].value(w * x));
    let [m, q] = [0, 0];
    density.forEach((each, k) => {
      m += each * y[k] * phi[k];
      q += each * phi[k] * phi[k];
    });
    for (const factor of [0.9, 1, 1.1]) {
      const u = (factor * m) / (q + gamma);
      if (u * u * q - 2 * u * m + gamma * (u * u + w * w) < 0) return true;
    }
  }
  return false;
};

describe("coexistence of a neuron", () => {
  test.each([
    ["swish", 3, 0, 1.391],
    ["tanh", 0, -10, 4.051],
    ["swish", 0.6, 0, 0.602],
    ["gelu", -3, 0.5, 1.585],
    ["erf", 0, -3, 1.835],
    ["tanh", 1.5, -4, null],
  ] as const)(
    "%s, skew %d, cubic %d: the last decay at which a search finds it below the origin",
    (name, skew, cubic, known) => {
      const ypoly = target(skew, cubic);
      const coexistence = neuronCoexistence(activations[name], ypoly);
      if (known !== null) expect(coexistence).toBeCloseTo(known, 3);
      expect(isBelowOrigin(name, ypoly, 0.998 * coexistence)).toBe(true);
      expect(isBelowOrigin(name, ypoly, 1.002 * coexistence)).toBe(false);
      expect(neuronMinimum(activations[name], ypoly, 0.998 * coexistence).w).toBeGreaterThan(0);
      expect(neuronMinimum(activations[name], ypoly, 1.002 * coexistence).w).toBe(0);
    },
  );

  test("is the stability limit without a jump", () => {
    for (const [name, ypoly] of [
      ["linear", [0, 1]],
      ["tanh", target(0, 0)],
      ["erf", [0, 2]],
    ] as const) {
      const { gammaLinearStability } = landauExpansion(activations[name], ypoly);
      expect(neuronCoexistence(activations[name], ypoly) / gammaLinearStability).toBeCloseTo(1, 12);
    }
  });
});
