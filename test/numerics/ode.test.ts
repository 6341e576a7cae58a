import { expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import { integrate } from "../../src/numerics/ode.ts";

const oscillator = (_: number, y: Float64Array, dydt: Float64Array): void => {
  dydt[0] = y[1];
  dydt[1] = -y[0];
};

test("a harmonic oscillator over ten periods is back where it started, and right in between", () => {
  const times = Float64Array.from({ length: 41 }, (_, i) => (i * Math.PI) / 2);
  const solution = integrate(oscillator, [1, 0], times, { tolerance: 1e-12 });
  solution.forEach((y, i) => {
    expect(Math.abs(y[0] - Math.cos(times[i]))).toBeLessThan(1e-10);
    expect(Math.abs(y[1] + Math.sin(times[i]))).toBeLessThan(1e-10);
  });
});

test("a tighter tolerance gives a smaller error", () => {
  const error = (tolerance: number) =>
    Math.abs(integrate(oscillator, [1, 0], [0, 20 * Math.PI], { tolerance })[1][0] - 1);
  expect(error(1e-4)).toBeGreaterThan(100 * error(1e-10));
});

test("time enters, and may run backwards: y' = 2 t y", () => {
  const [, end] = integrate(
    (t, y, dydt) => {
      dydt[0] = 2 * t * y[0];
    },
    [Math.E],
    [1, -0.5],
    { tolerance: 1e-12 },
  );
  expect(Math.abs(end[0] - Math.exp(0.25))).toBeLessThan(1e-11);
});

test("the first vector is a copy of the start; one time is enough", () => {
  const start = Float64Array.of(1, 2);
  const [first] = integrate(oscillator, start, [3], { tolerance: 1e-6 });
  expect(first).toEqual(start);
  expect(first).not.toBe(start);
});

test("a solution that blows up is told as diverged", () => {
  const blowUp = () =>
    integrate(
      (_, y, dydt) => {
        dydt[0] = y[0] * y[0];
      },
      [1],
      [0, 2],
      { tolerance: 1e-10 },
    );
  expect(blowUp).toThrow(/at t = 1\.0|from t = 0 to 2/);
  try {
    blowUp();
  } catch (error) {
    expect(isLandauError(error, "diverged")).toBe(true);
  }
});

test("refuses what it cannot use", () => {
  const run = (y0: number[], times: number[], tolerance: number) => () =>
    integrate(oscillator, y0, times, { tolerance });
  expect(run([], [0, 1], 1e-6)).toThrow("the length of y0 is 0");
  expect(run([1, Number.NaN], [0, 1], 1e-6)).toThrow("y0[1] is NaN: needs");
  expect(run([1, 0], [], 1e-6)).toThrow("the length of times is 0");
  expect(run([1, 0], [0, 1, 0.5], 1e-6)).toThrow("times[2] is 0.5: needs");
  expect(run([1, 0], [0, Infinity], 1e-6)).toThrow("times[1] is Infinity: needs");
  for (const tolerance of [0, 1e-16, 1, Number.NaN])
    expect(run([1, 0], [0, 1], tolerance)).toThrow(`tolerance is ${tolerance}: needs`);
});
