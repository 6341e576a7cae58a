import { describe, expect, test } from "vitest";
import { boxAverage } from "../../../src/coefficient/exact/box-average.ts";
import { linearNetworkAverage, pfaffianAverage } from "../../../src/coefficient/exact/linear-network-average.ts";
import { localisedPower } from "../../../src/coefficient/exact/localised-power.ts";
import { localisedQuadratic } from "../../../src/coefficient/exact/localised-quadratic.ts";
import { normalCrossing } from "../../../src/coefficient/exact/normal-crossing.ts";
import { erf } from "../../../src/numerics/elementary.ts";
import { toNumber } from "../../../src/numerics/fraction.ts";
import { gaussLegendre, onPanels } from "../../../src/numerics/gauss-legendre.ts";

/** Composite Gauss-Legendre on [0, 1], graded towards 0. */
const unit = onPanels(gaussLegendre(16), [0, ...[...Array(60).keys()].map(i => 2 ** (i - 59))]);
const coarse = onPanels(gaussLegendre(12), [0, ...[...Array(12).keys()].map(i => 2 ** (i - 11))]);
const integrateCoarsely = (f: (w: number) => number) =>
  coarse.nodes.reduce((sum, w, i) => sum + coarse.weights[i] * f(w), 0);
const integrate = (f: (w: number) => number) => unit.nodes.reduce((sum, w, i) => sum + unit.weights[i] * f(w), 0);

describe("normal crossings on the unit box", () => {
  test("one factor is an incomplete gamma function: k = 1 by erf", () => {
    for (const t of [1e-3, 1, 50, 1e6]) {
      const z = (Math.sqrt(Math.PI) * erf(Math.sqrt(t))) / (2 * Math.sqrt(t));
      const { logZ, tMeanK } = boxAverage([1], t);
      expect(logZ).toBeCloseTo(Math.log(z), 12);
      // By parts: t <K> = 1/2 - exp(-t) / (2 Z).
      expect(tMeanK).toBeCloseTo(0.5 - Math.exp(-t) / (2 * z), 11);
    }
  });

  test.each([[[1, 2]], [[3, 1, 2]], [[2, 2, 1, 1]], [[1, 2, 3, 4, 5]], [[1, 1, 1, 1, 2, 2]]])(
    "%j from one factor less, Z(t) = int Z'(t w^2k) dw",
    halfExponents => {
      const [first, ...rest] = halfExponents;
      for (const t of [3, 1e5]) {
        const z = integrateCoarsely(w => Math.exp(boxAverage(rest, t * w ** (2 * first)).logZ));
        expect(boxAverage(halfExponents, t).logZ).toBeCloseTo(Math.log(z), 10);
      }
    },
  );

  test("t <K> is minus the slope of log Z, and a factor with exponent zero takes no part", () => {
    for (const halfExponents of [[1, 1, 2], [5], [1, "3/2"]])
      for (const t of [0.5, 200, 1e9]) {
        const step = 1e-4;
        const slope =
          boxAverage(halfExponents, t * Math.exp(-step)).logZ - boxAverage(halfExponents, t * Math.exp(step)).logZ;
        const { tMeanK, logZ } = boxAverage(halfExponents, t);
        expect(slope / (2 * step)).toBeCloseTo(tMeanK, 7);
        expect(boxAverage([...halfExponents, 0], t)).toEqual({ tMeanK, logZ });
      }
  });

  test("free energy: -log Z - lambda log t + (m - 1) log log t stays bounded while t grows by e^200", () => {
    for (const halfExponents of [
      [1, 1],
      [1, 2],
      [2, 2, 2],
      [1, 1, 1, 1],
    ]) {
      const { lambda, multiplicity } = normalCrossing({ halfExponents });
      const rest = [100, 300].map(
        logT =>
          -boxAverage(halfExponents, Math.exp(logT)).logZ -
          toNumber(lambda) * logT +
          (multiplicity - 1) * Math.log(logT),
      );
      // log(log t + c) - log log t.
      expect(Math.abs(rest[1] - rest[0])).toBeLessThan(multiplicity > 1 ? 0.13 : 1e-9);
    }
  });
});

describe("powers under a localiser", () => {
  test("the square is the closed form", () => {
    for (const [gamma, t] of [
      [1, 10],
      [100, 0.1],
      [1e6, 1],
      [0.01, 1e12],
    ]) {
      const closed = localisedQuadratic([2], gamma, t);
      const { tMeanK, logZ } = localisedPower({ power: 2, localisation: gamma }, t);
      expect(Math.abs(tMeanK / closed.tMeanK - 1)).toBeLessThan(1e-12);
      expect(logZ).toBeCloseTo(closed.logZ, 11);
    }
  });

  test("without one, exactly 1/p at every t", () => {
    for (const t of [1e-9, 1, 1e30]) expect(localisedPower({ power: 6, localisation: 0 }, t).tMeanK).toBe(1 / 6);
  });

  test("powers that are not even, against plain quadrature", () => {
    for (const [power, gamma, t] of [
      [1, 2, 3],
      [3, 10, 50],
      [0.5, 1, 4],
      [5, 300, 2000],
    ]) {
      // w in [0, 40]: beyond, the Gaussian has underflowed.
      const weight = (w: number) => Math.exp(-t * (40 * w) ** power - (gamma / 2) * (40 * w) ** 2);
      const z = integrate(weight);
      const energy = integrate(w => t * (40 * w) ** power * weight(w));
      const { tMeanK, logZ } = localisedPower({ power, localisation: gamma }, t);
      expect(tMeanK).toBeCloseTo(energy / z, 10);
      expect(logZ).toBeCloseTo(Math.log(80 * z), 10);
    }
  });

  test("a localiser lowers the average, the more the stronger it is", () => {
    const values = [0, 1, 10, 100].map(localisation => localisedPower({ power: 4, localisation }, 1000).tMeanK);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values[0]).toBe(0.25);
  });

  test("a quadratic that is not held anywhere has no average", () => {
    expect(() => localisedQuadratic([1, 0], 0, 5)).toThrow(
      /^localisation is 0: needs a number above 0, as curvatures\[1\] is 0/,
    );
  });
});

describe("two-layer linear networks with standard normal entries", () => {
  test("one hidden unit is two chi-squares: by plain quadrature over the length of A", () => {
    for (const [inputs, outputs, t] of [
      [1, 1, 7],
      [3, 2, 100],
      [4, 6, 1e4],
    ]) {
      // |A|^2 = x has density x^(M/2 - 1) e^(-x/2); B gives (1 + 2 t x)^(-N/2).
      const rule = onPanels(
        gaussLegendre(16),
        [...Array(81).keys()].map(i => -60 + i),
      );
      let [z, energy] = [0, 0];
      rule.nodes.forEach((y, i) => {
        const x = Math.exp(y);
        const mass = rule.weights[i] * x ** (inputs / 2) * Math.exp(-x / 2) * (1 + 2 * t * x) ** (-outputs / 2);
        z += mass;
        energy += (mass * (outputs / 2) * 2 * t * x) / (1 + 2 * t * x);
      });
      expect(linearNetworkAverage({ inputs, hidden: 1, outputs }, t).tMeanK).toBeCloseTo(energy / z, 10);
    }
  });

  test.each([
    [2, 3, 5],
    [3, 2, 4],
    [4, 7, 3],
    [5, 5, 6],
    [12, 20, 13],
  ])("%i-%i-%i: integrating A out agrees with integrating B out", (inputs, hidden, outputs) => {
    for (const t of [0.01, 1, 1e4, 1e9]) {
      const overA = pfaffianAverage(
        { q: Math.min(hidden, inputs), p: Math.max(hidden, inputs), exponent: outputs / 2 },
        t,
      );
      const overB = pfaffianAverage(
        { q: Math.min(hidden, outputs), p: Math.max(hidden, outputs), exponent: inputs / 2 },
        t,
      );
      expect(Math.abs(overA / overB - 1)).toBeLessThan(1e-11);
    }
  });

  test("at small t the average is t E ||B A||^2 = t M H N", () => {
    for (const [inputs, hidden, outputs] of [
      [2, 3, 4],
      [6, 1, 2],
      [3, 500, 2],
    ])
      expect(linearNetworkAverage({ inputs, hidden, outputs }, 1e-9).tMeanK / 1e-9).toBeCloseTo(
        inputs * hidden * outputs,
        2,
      );
  });

  test("a network of more eigenvalues than are practical is refused", () => {
    expect(() => linearNetworkAverage({ inputs: 90, hidden: 90, outputs: 90 }, 1)).toThrow(/^the smallest width is 90/);
    expect(() => linearNetworkAverage({ inputs: 2, hidden: 2, outputs: 2 }, 1e200)).toThrow(/^t is 1e\+200/);
  });
});
