import { describe, expect, test } from "vitest";
import { isLandauError } from "../../../../src/errors.ts";
import { planarNewton } from "../../../../src/numerics/planar-newton.ts";
import { offDiagonal } from "../../../../src/systems/superposition/model/pieces.ts";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { kgonPoint, solveKgon } from "../../../../src/systems/superposition/theory/kgon.ts";
import { kgonReport } from "../../../../src/systems/superposition/theory/kgon-report.ts";
import {
  polynomialResiduals,
  polynomialRoots,
} from "../../../../src/systems/superposition/theory/polygon-polynomials.ts";

/** k, l, bias, h, active neighbours, and the signature of the Hessian at c = k; computed in 40 digits. */
const table = [
  [5, 1.170459639097829, -0.28229728312677166, 0.23738440611741296, 2, [0, 1, 14]],
  [6, 1.320526330779967, -0.618135131868215, 0.8674627685671054, 2, [0, 1, 17]],
  [7, 1.4483937503795157, -0.9669063393796625, 1.7486950830484147, 2, [0, 1, 20]],
  [8, 1.5504496900592575, -1.2911926446924902, 2.773102433623381, 2, [0, 1, 23]],
  [9, 1.6171108489390935, -1.5423209213697082, 3.8716807520190284, 2, [0, 1, 26]],
  [10, 1.618033988749895, -1.618033988749895, 5, 2, [2, 1, 27]],
  [11, 1.2038879596394993, -0.7317835473968216, 6.105575307200948, 2, [8, 1, 24]],
  [12, 1.0332156403459376, -0.4665393163833226, 7.052664477589186, 4, [1, 1, 34]],
] as const;

/** Table A.1 of the paper, with the values it prints twice taken in the form that is right. */
const published = [
  [5, 1.17046, -0.2823],
  [6, 1.32053, -0.61814],
  [7, 1.44839, -0.96691],
  [8, 1.55045, -1.29119],
  [12, 1.03322, -0.46654],
] as const;

describe("the regular k-gon", () => {
  test.each(table)("k = %i has the length, bias and loss computed in 40 digits", (k, l, bias, h, active) => {
    const polygon = solveKgon(k);
    // Rounding of the conditions moves the root most at k = 11, where the Hessian is nearly singular: by some 3e-14.
    expect(Math.abs(polygon.l - l)).toBeLessThan(1e-13);
    expect(Math.abs(polygon.bias - bias)).toBeLessThan(1e-13);
    expect(Math.abs(polygon.h - h)).toBeLessThan(1e-13);
    expect(polygon.activeNeighbours).toBe(active);
  });

  test.each(published)("k = %i has the published length and bias in all printed digits", (k, l, bias) => {
    expect(Number(solveKgon(k).l.toFixed(5))).toBe(l);
    expect(Number(solveKgon(k).bias.toFixed(5))).toBe(bias);
  });

  test.each(table)("k = %i has the expected signature at c = k", (k, _l, _bias, _h, _active, expected) => {
    const { nNegative, nZero, nPositive } = kgonReport({ k, c: k, sigma: 0, vestigialBias: -1, rotation: 0.4 }) as {
      nNegative: number;
      nZero: number;
      nPositive: number;
    };
    expect([nNegative, nZero, nPositive]).toEqual(expected);
  });

  test.each([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 24, 40, 64])("k = %i is a critical point of the loss", k => {
    for (const [extra, sigma] of [
      [0, 0],
      [2, 0],
      [2, 1],
      [2, 2],
    ] as const)
      expect(kgonReport({ k, c: k + extra, sigma, vestigialBias: -0.5, rotation: 0.3 * extra }).gradNorm).toBeLessThan(
        1e-14,
      );
  });

  test("the 3-gon and the 4-gon lose nothing when every feature is used", () => {
    for (const k of [3, 4]) {
      const report = kgonReport({ k, c: k, sigma: 0, vestigialBias: -1, rotation: 1 });
      expect(report.loss).toBeLessThan(1e-30);
      expect(report).not.toHaveProperty("hessEig");
    }
  });

  test("half the squared norm does not count negative vestigial biases", () => {
    const report = kgonReport({ k: 5, c: 7, sigma: 1, vestigialBias: -3, rotation: 0 });
    const { l, bias } = solveKgon(5);
    expect(report.halfNormSq).toBeCloseTo(2.5 * (l * l + bias * bias) + 1 / 392, 14);
  });

  test("its point has the vertices first, then positive, then negative vestigial features", () => {
    const w = kgonPoint({ k: 4, c: 6, sigma: 1, vestigialBias: -0.7, rotation: 0 });
    expect([...w].map(value => Number(value.toFixed(12)) + 0)).toEqual([
      ...[1, 0, -1, 0, 0, 0],
      ...[0, 1, 0, -1, 0, 0],
      ...[0, 0, 0, 0, Number((1 / 12).toFixed(12)), -0.7],
    ]);
  });

  test.each([
    ["k", { k: 2, c: 6, sigma: 0 }],
    ["k", { k: 5.5, c: 6, sigma: 0 }],
    ["c", { k: 7, c: 6, sigma: 0 }],
    ["sigma", { k: 5, c: 6, sigma: 2 }],
    ["sigma", { k: 5, c: 6, sigma: -1 }],
  ])("an impossible %s is refused by name", (name, placement) => {
    const attempt = () => kgonPoint({ ...placement, vestigialBias: -0.5, rotation: 0 });
    expect(attempt).toThrow(new RegExp(`^${name} is`));
    try {
      attempt();
    } catch (error) {
      expect(isLandauError(error, "input")).toBe(true);
    }
  });
});

describe("the source's polynomial system", () => {
  test.each([5, 6, 7, 8, 12])("has the solved %i-gon as its only admissible root", k => {
    const admissible = polynomialRoots(k).filter(root => root.admissible);
    expect(admissible).toHaveLength(1);
    const { l, bias } = solveKgon(k);
    expect(Math.abs(admissible[0].l - l)).toBeLessThan(1e-13);
    expect(Math.abs(admissible[0].bias - bias)).toBeLessThan(1e-13);
    for (const residual of polynomialResiduals(k, l, bias)) expect(Math.abs(residual)).toBeLessThan(1e-12);
  });

  test.each([9, 10, 11])("has no admissible root at k = %i, where only nearest neighbours are active", k => {
    expect(polynomialRoots(k).filter(root => root.admissible)).toEqual([]);
    const { l, bias } = solveKgon(k);
    expect(l * l * Math.cos((4 * Math.PI) / k) + bias).toBeLessThan(0);
  });

  test.each([5, 6, 7, 8, 9, 12, 17, 40])(
    "at k = %i a dense grid of starts of Newton's method finds no root that is missing",
    k => {
      const roots = polynomialRoots(k);
      for (const { l, bias } of roots)
        for (const residual of polynomialResiduals(k, l, bias))
          expect(Math.abs(residual)).toBeLessThan(1e-12 * Math.max(1, l) ** 8);
      const equations = (x: number, y: number, out: Float64Array) => {
        const h = 1e-6;
        const at = (dx: number, dy: number) => polynomialResiduals(k, x + dx, y + dy);
        const [f, right, left, up, down] = [at(0, 0), at(h, 0), at(-h, 0), at(0, h), at(0, -h)];
        out.set([f[0], f[1]]);
        [0, 1].forEach(i => {
          out[2 + 2 * i] = (right[i] - left[i]) / (2 * h);
          out[3 + 2 * i] = (up[i] - down[i]) / (2 * h);
        });
      };
      for (let X = 0.2; X < 3; X += 0.1)
        for (let ratio = 0.05; ratio < 1.5; ratio += 0.05) {
          const found = planarNewton(equations, [X, -ratio * X * X]);
          if (!found || found[0] < 0.05 || found[1] > -1e-6) continue;
          const distance = Math.min(...roots.map(({ l, bias }) => Math.abs(l - found[0]) + Math.abs(bias - found[1])));
          expect(distance, String(found)).toBeLessThan(1e-6);
        }
    },
  );

  test("has a second root at k = 12 that is not a critical point of the loss", () => {
    const rejected = polynomialRoots(12).filter(
      ({ l, bias }) => Math.abs(l - 1.24975) < 5e-6 && Math.abs(bias + 0.85483) < 5e-6,
    );
    expect(rejected.map(root => root.admissible)).toEqual([false]);
    const w = kgonPoint({ k: 12, c: 12, sigma: 0, vestigialBias: -1, rotation: 0 });
    const scale = rejected[0].l / solveKgon(12).l;
    for (let i = 0; i < 24; i++) w[i] *= scale;
    w.fill(rejected[0].bias, 24);
    const gradient = new Float64Array(36);
    populationObjective({ c: 12, r: 2 }).lossAndGradient(w, gradient);
    expect(Math.max(...gradient.map(Math.abs))).toBeCloseTo(1.5e-3, 5);
  });
});

test("the 8-gon's second neighbours, at a right angle, stay silent", () => {
  const piece = new Float64Array(6);
  const { l, bias } = solveKgon(8);
  offDiagonal(l * l * Math.cos(Math.PI / 2), bias, piece);
  expect([...piece]).toEqual([0, 0, 0, 0, 0, 0]);
});
