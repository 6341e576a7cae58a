import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { integral, integrals } from "../../src/numerics/adaptive-quadrature.ts";
import { scaledBesselK } from "../../src/numerics/bessel-k.ts";
import { canonicalMoments } from "../../src/numerics/canonical-moments.ts";
import { log } from "../../src/numerics/elementary.ts";
import { gaussLegendre, onEvenPanels } from "../../src/numerics/gauss-legendre.ts";
import { normalAt, normalMean, normalRule } from "../../src/numerics/normal-mean.ts";
import { peakedIntegrals } from "../../src/numerics/peaked-integrals.ts";

describe("adaptive quadrature", () => {
  test("a polynomial of degree 19 needs no refinement", () => {
    expect(integral(x => x ** 19, [0, 1], { refinements: 0 }).value).toBeCloseTo(1 / 20, 15);
  });

  test.each([
    ["a square root at an end", (x: number) => Math.sqrt(x), [0, 1], 2 / 3],
    ["a logarithm at an end", (x: number) => Math.log(x), [0, 1], -1],
    ["a kink that is not among the ends", (x: number) => Math.abs(x - 0.3), [0, 1], (0.09 + 0.49) / 2],
    ["many waves", (x: number) => Math.cos(200 * x), [0, 1], Math.sin(200) / 200],
  ] as const)("%s: within the error that it states", (_, f, ends, exact) => {
    const { value, error } = integral(f, ends);
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(error + 1e-15);
    expect(error).toBeLessThan(1e-11);
  });

  test("states an error that it could not remove", () => {
    const { value, error } = integral(x => Math.cos(1e4 * x), [0, 1], { refinements: 20 });
    expect(Math.abs(value - Math.sin(1e4) / 1e4)).toBeLessThan(error);
    expect(error).toBeGreaterThan(1e-3);
  });

  test("several functions at once, one of them zero", () => {
    const { values, error } = integrals(
      (x, out) => {
        out.set([1, x, 0]);
      },
      3,
      [0, 2],
    );
    expect([...values]).toEqual([expect.closeTo(2, 14), expect.closeTo(2, 14), 0]);
    expect(error).toBeLessThan(1e-14);
  });
});

test("peaks of any width and place are found: moments of normal densities", () => {
  fc.assert(
    fc.property(fc.double({ min: -2.5, max: 2.5, noNaN: true }), fc.integer({ min: -7, max: 0 }), (centre, power) => {
      const width = 10 ** power / 30;
      const { values, logScale } = peakedIntegrals(
        x => -0.5 * ((x - centre) / width) ** 2,
        (x, out) => {
          out.set([1, x]);
        },
        2,
        [-3, 3],
      );
      expect(log(values[0]) + logScale).toBeCloseTo(Math.log(width * Math.sqrt(2 * Math.PI)), 8);
      expect(values[1] / values[0]).toBeCloseTo(centre, 8);
    }),
  );
});

test("canonical moments agree with a fixed rule of twice the order, at every size", () => {
  const { nodes, weights } = onEvenPanels(gaussLegendre(20), -3, 3, 8000);
  for (const n of [0.1, 1, 100, 1e4, 1e6]) {
    const L = (x: number) => (x * x - 1) ** 2 + (0.3 * x) / n;
    const lowest = nodes.reduce((least, x) => Math.min(least, L(x)), 1);
    const sums = [0, 0, 0];
    nodes.forEach((x, i) => {
      const mass = weights[i] * Math.exp(-n * (L(x) - lowest));
      sums[0] += mass;
      sums[1] += mass * x * x;
      sums[2] += mass * x ** 4;
    });
    const moments = canonicalMoments(L, { n, lo: -3, hi: 3 });
    expect(moments.m2).toBeCloseTo(sums[1] / sums[0], 10);
    expect(moments.m4).toBeCloseTo(sums[2] / sums[0], 10);
    expect(moments.logZ).toBeCloseTo(Math.log(sums[0]) - n * lowest, 8);
    expect(moments.error).toBeLessThan(1e-9);
  }
});

test("Bessel functions K0 and K1 by adaptive quadrature of another integral", () => {
  // K_n(z) = int_1^inf exp(-z c) c^n / sqrt(c^2 - 1) dc, n = 0 or 1, with c = 1 + r^2.
  for (const z of [1e-3, 0.1, 1, 3, 40, 1e3, 1e6]) {
    const edge = Math.sqrt(45 / z);
    const { values } = integrals(
      (r, out) => {
        const height = (2 * Math.exp(-z * r * r)) / Math.sqrt(2 + r * r);
        out.set([height, height * (1 + r * r)]);
      },
      2,
      [0, edge / 16, edge / 4, edge],
    );
    const [K0, K1] = scaledBesselK(z);
    expect(Math.abs(K0 / values[0] - 1)).toBeLessThan(1e-13);
    expect(Math.abs(K1 / values[1] - 1)).toBeLessThan(1e-13);
  }
});

test("means over a normal input agree with a rule of twice the order, however steep the function", () => {
  for (const scale of [0.1, 1, 4, 5, 30, 1e3, 1e6]) {
    const fine = normalRule(32, 9, 48, 24);
    for (const f of [
      (x: number) => Math.tanh(scale * x) * (x ** 3 + x),
      (x: number) => Math.tanh(scale * x) ** 2,
      (x: number) => x / (1 + Math.exp(-scale * x)),
    ]) {
      const expected = fine.nodes.reduce((sum, x, i) => sum + fine.weights[i] * f(x), 0);
      expect(normalMean(f, scale)).toBeCloseTo(expected, 11);
    }
  }
  expect(normalAt(4)).toBe(normalAt(1));
});
