import { expect, test } from "vitest";
import { levenbergMarquardt } from "../../src/numerics/levenberg-marquardt.ts";

test("the bottom of Rosenbrock's valley, which is a sum of two squares", () => {
  const fit = levenbergMarquardt(([x, y]) => Float64Array.of(10 * (y - x * x), 1 - x), [-1.2, 1], { difference: 1e-6 });
  expect(fit!.parameters[0]).toBeCloseTo(1, 6);
  expect(fit!.parameters[1]).toBeCloseTo(1, 6);
  expect(fit!.squares).toBeLessThan(1e-12);
  expect(fit!.converged).toBe(true);
});

test("a linear problem has the residual of least squares, and its slopes are the columns", () => {
  const [x, y] = [
    [0, 1, 2, 3],
    [1, 2, 4, 4],
  ];
  const fit = levenbergMarquardt(([a, b]) => Float64Array.from(x, (value, i) => a + b * value - y[i]), [0, 0])!;
  // Normal equations: slope 1.1, intercept 1.1, residual sum 0.7.
  expect(fit.parameters[0]).toBeCloseTo(1.1, 9);
  expect(fit.parameters[1]).toBeCloseTo(1.1, 9);
  expect(fit.squares).toBeCloseTo(0.7, 9);
  expect([...fit.slopes[1]].map(value => Math.round(value * 1e6) / 1e6)).toEqual(x);
});

test("stops at the edge of where residuals are known, and has no answer beyond", () => {
  const residuals = ([x]: readonly number[]) => (x < 2 ? Float64Array.of(x - 5) : null);
  const fit = levenbergMarquardt(residuals, [0]);
  expect(fit!.parameters[0]).toBeGreaterThan(1.5);
  expect(fit!.parameters[0]).toBeLessThan(2);
  expect(levenbergMarquardt(residuals, [3])).toBeNull();
});

test("a parameter that changes nothing stays where it is", () => {
  const fit = levenbergMarquardt(([x]) => Float64Array.of(x - 1), [0, 7]);
  expect(fit!.parameters[0]).toBeCloseTo(1, 8);
  expect(fit!.parameters[1]).toBe(7);
});
