import { describe, expect, test } from "vitest";
import {
  covarianceLimit,
  localDraws,
  meanLimit,
  powerMoment,
  type Quartic,
  quarticAverages,
  quarticLimits,
} from "../../../src/coefficient/response/index.ts";
import { objectiveOf } from "../../../src/contracts/objective.ts";
import { full } from "../../support/full.ts";

const slope = ({ lambda, alpha, gamma }: Quartic, x: number) => x * (lambda + x * (alpha / 2 + (x * gamma) / 6));
const height = ({ lambda, alpha, gamma }: Quartic, x: number) =>
  x * x * (lambda / 2 + x * (alpha / 6 + (x * gamma) / 24));

const one: Quartic = { lambda: 1, alpha: 1, gamma: 1 };
const line = objectiveOf({ x: [1] }, ([x], gradient) => {
  gradient[0] = slope(one, x);
  return height(one, x);
});
const powers = { count: 2, write: ([x]: Float64Array, out: Float64Array) => out.set([x, x * x]) };

/** What a measured number misses a right one by, in standard errors. */
const missed = ({ value, standardError }: { value: number; standardError: number }, right: number) =>
  Math.abs(value - right) / standardError;

const TEMPERATURES = [1e2, 1e3, 1e4];
const WEAK = 1e-9;

describe.each(TEMPERATURES)(
  "six laws at t = %i, within three standard errors, of which one in twenty passes two",
  t => {
    const draws = localDraws(line, new Float64Array(1), powers, { nBeta: t, gamma: WEAK, seed: 5, draws: 2000 });
    const exact = quarticAverages(one, t);
    const limits = quarticLimits(one);

    test("1: t^2 Cov(x^2, x) -> -2 alpha / lambda^3", () => {
      const found = draws.covariance(1, 0);
      expect(missed(found, exact.squareAndSelf / (t * t))).toBeLessThan(3);
      expect(found.standardError * t * t).toBeLessThan(0.05);
      expect(Math.abs(exact.squareAndSelf - limits.squareAndSelf)).toBeLessThan(1 / t);
    });

    test("2: t^2 kappa_3(x, x, x) -> -alpha / lambda^3, and 3: t d/dh Cov_h(x, x) -> alpha / lambda^3", () => {
      const found = draws.cumulant3(0, 0, 0);
      expect(missed(found, exact.thirdCumulant / (t * t))).toBeLessThan(3);
      expect(found.standardError * t * t).toBeLessThan(0.05);
      expect(Math.abs(exact.thirdCumulant - limits.thirdCumulant)).toBeLessThan(1 / t);
      // A derivative by h of exp(-t (U + h x)) is -t times the next cumulant; by the difference of two tilted wells it comes by another way.
      const step = 1e-3;
      const tilted = (h: number) => {
        const well = objectiveOf({ x: [1] }, ([x], gradient) => {
          gradient[0] = slope(one, x) + h;
          return height(one, x) + h * x;
        });
        // The minimum of the tilted well, by Newton's method.
        let x = 0;
        for (let i = 0; i < 20; i++) x -= (slope(one, x) + h) / (one.lambda + x * (one.alpha + (x * one.gamma) / 2));
        return localDraws(well, Float64Array.of(x), powers, { nBeta: t, gamma: WEAK, seed: 6, draws: 2000 }).covariance(
          0,
          0,
        );
      };
      const [up, down] = [tilted(step), tilted(-step)];
      const derivative = (t * (up.value - down.value)) / (2 * step);
      const error = (t * Math.hypot(up.standardError, down.standardError)) / (2 * step);
      expect(Math.abs(derivative - exact.tiltedVariance)).toBeLessThan(3 * error);
      expect(error).toBeLessThan(0.1);
      expect(Math.abs(exact.tiltedVariance - limits.tiltedVariance)).toBeLessThan(1 / t);
    });

    // Two independent wells, turned: limits come from Sigma and the third derivatives, values at t from quadrature of each.
    const other: Quartic = { lambda: 3, alpha: -2, gamma: 2 };
    const [c, s] = [0.8, 0.6];
    const plane = objectiveOf({ w: [2] }, ([a, b], gradient) => {
      const [x, y] = [c * a + s * b, c * b - s * a];
      const [dx, dy] = [slope(one, x), slope(other, y)];
      gradient[0] = c * dx - s * dy;
      gradient[1] = s * dx + c * dy;
      return height(one, x) + height(other, y);
    });
    const seen = {
      count: 3,
      write: ([a, b]: Float64Array, out: Float64Array) => out.set([a, b, a + a * b]),
    };
    const turned = localDraws(plane, new Float64Array(2), seen, { nBeta: t, gamma: WEAK, seed: 7, draws: 2000 });
    const parts = [one, other].map(well => quarticAverages(well, t));
    const rows = [
      [c, -s],
      [s, c],
    ];
    const sigma = rows.map(p => rows.map(q => p[0] * q[0] + (p[1] * q[1]) / 3));

    test("4: t Cov(phi, psi) -> grad phi . Sigma grad psi", () => {
      const right = (c * s * (parts[0].variance - parts[1].variance)) / t;
      const found = turned.covariance(0, 1);
      expect(missed(found, right)).toBeLessThan(3);
      expect(Math.abs(t * right - covarianceLimit({ sigma }, [1, 0], [0, 1]))).toBeLessThan(3 / t);
      expect(found.standardError).toBeLessThan(0.01 * Math.abs(right));
    });

    test("5: t (<phi> - phi(0)) -> (tr(A Sigma) - (Sigma grad phi) . (T : Sigma)) / 2", () => {
      // phi = a + a b.
      const [x, y] = parts.map(({ mean }) => mean / t);
      const squares = parts.map(({ variance, mean }) => variance / t + (mean / t) ** 2);
      const right = c * x - s * y + c * s * (squares[0] - squares[1]) + (c * c - s * s) * x * y;
      const found = turned.mean(2);
      expect(missed(found, right)).toBeLessThan(3);
      const third = [0, 1].map(i =>
        [0, 1].map(j =>
          [0, 1].map(k => rows[i][0] * rows[j][0] * rows[k][0] - 2 * rows[i][1] * rows[j][1] * rows[k][1]),
        ),
      );
      const hessian = [
        [0, 1],
        [1, 0],
      ];
      expect(Math.abs(t * right - meanLimit({ sigma, third }, [1, 0], hessian))).toBeLessThan(10 / t);
      expect(found.standardError).toBeLessThan(0.01 * Math.abs(right));
    });

    test("6: <x^(2 j1) y^(2 j2)> = C t^(-j1/k1 - j2/k2) for x^4 + y^6", () => {
      const singular = objectiveOf({ x: [1], y: [1] }, ([x, y], gradient) => {
        gradient.set([4 * x * x * x, 6 * y ** 5]);
        return x ** 4 + y ** 6;
      });
      const moments = {
        count: 2,
        write: ([x, y]: Float64Array, out: Float64Array) => out.set([x * x * y * y, y ** 4]),
      };
      const found = localDraws(singular, new Float64Array(2), moments, { nBeta: t, gamma: 1e-6, seed: 8, draws: 2000 });
      const exact = [
        [1, 1],
        [0, 2],
      ].map(([j1, j2]) =>
        powerMoment(t, [
          { k: 2, j: j1 },
          { k: 3, j: j2 },
        ]),
      );
      exact.forEach((right, index) => {
        expect(missed(found.mean(index), right)).toBeLessThan(3);
        expect(found.mean(index).standardError).toBeLessThan(0.03 * right);
      });
    });
  },
);

test.skipIf(!full)("intervals of 95 % hold the value of quadrature in 93 to 97 % of 200 repeats", () => {
  const t = 1000;
  const exact = quarticAverages(one, t);
  const counts = [0, 0, 0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const draws = localDraws(line, new Float64Array(1), powers, { nBeta: t, gamma: WEAK, seed, draws: 1000 });
    const found = [draws.covariance(1, 0), draws.cumulant3(0, 0, 0), draws.covariance(0, 0), draws.mean(0)];
    const right = [exact.squareAndSelf / t / t, exact.thirdCumulant / t / t, exact.variance / t, exact.mean / t];
    found.forEach(({ interval: [low, high] }, i) => {
      if (low <= right[i] && right[i] <= high) counts[i]++;
    });
  }
  // Out of 800, of which 95 % are 760; each alone has a spread of 3.1 of 200.
  const share = counts.reduce((a, b) => a + b) / 800;
  expect(share).toBeGreaterThan(0.93);
  expect(share).toBeLessThan(0.97);
});
