import { describe, expect, test } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { adaptive } from "../../../src/numerics/ode/adaptive.ts";
import { explicit } from "../../../src/numerics/ode/explicit.ts";
import { integrate } from "../../../src/numerics/ode/integrate.ts";
import { dormandPrince } from "../../../src/numerics/ode/tableau.ts";
import { bogackiShampine } from "./problems.ts";

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

test("a first step that is far too long is refused: its error is not taken", () => {
  const growth = explicit(
    dormandPrince,
    (_, y, dydt) => {
      dydt[0] = y[0];
    },
    1,
  );
  const y = Float64Array.of(1);
  adaptive(growth, { tolerance: 1e-6, length: 1 }).advance(y, 0, 1);
  expect(Math.abs(y[0] / Math.E - 1)).toBeLessThan(1e-6);
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

test("a solution that blows up is reported as diverged", () => {
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

test("logistic growth and linear decay against their closed forms", () => {
  const times = [0, 1, 5, 20];
  const solution = integrate(
    (_, y, dydt) => {
      dydt[0] = y[0] * (1 - y[0]);
      dydt[1] = -3 * y[1];
    },
    [0.01, 2],
    times,
    { tolerance: 1e-11 },
  );
  times.forEach((t, i) => {
    expect(Math.abs(solution[i][0] - 0.01 / (0.01 + 0.99 * Math.exp(-t)))).toBeLessThan(1e-9);
    expect(Math.abs(solution[i][1] - 2 * Math.exp(-3 * t))).toBeLessThan(1e-9);
  });
});

test("interrupted at any of its times and continued there: the same bits", () => {
  const swing = (t: number, y: Float64Array, dydt: Float64Array): void => {
    dydt[0] = y[1] * (1 + t);
    dydt[1] = -y[0] * (1 + t);
  };
  const times = [0.1, 0.3, 1, 1.1, 4];
  const whole = integrate(swing, [1, 0], times, { tolerance: 1e-7 });
  for (let i = 1; i < times.length; i++) {
    const rest = integrate(swing, whole[i], times.slice(i), { tolerance: 1e-7 });
    expect(rest).toEqual(whole.slice(i));
  }
});

test("another tableau does as well: a method is data", () => {
  const [, end] = integrate(oscillator, [1, 0], [0, 5], { tolerance: 1e-9, method: bogackiShampine });
  expect(Math.abs(end[0] - Math.cos(5))).toBeLessThan(1e-6);
  expect(end).not.toEqual(integrate(oscillator, [1, 0], [0, 5], { tolerance: 1e-9 })[1]);
});

describe("what ends a solution is named, with its time", () => {
  const one = (f: (t: number, y: number) => number, times: number[]) => () =>
    integrate(
      (t, y, dydt) => {
        dydt[0] = f(t, y[0]);
      },
      [1],
      times,
      { tolerance: 1e-8 },
    );

  test.each<[string, () => unknown, RegExp]>([
    ["a slope of NaN at the start", one(() => NaN, [2, 3]), /t = 2 to 3 ended at t = 2: dy\[0\]\/dt is NaN/],
    [
      "a slope that ends on the way",
      one(t => Math.sqrt(0.5 - t), [0, 1]),
      /ended at t = (0\.49999|0\.5)\d*: the step length fell/,
    ],
    ["growth without end", one((_, y) => y * y, [0, 2]), /ended at t = (0\.9999|1\.0)\d*: the step length fell/],
    [
      "too stiff a problem",
      one((t, y) => -1e9 * (y - t), [0, 1]),
      /ended at t = 0\.\d+: 1000000 steps were not enough, needs .* implicit/,
    ],
    ["overflow of |y|^2", one((_, y) => 1e3 * y, [0, 1]), /ended at t = 0\.35\d*: the step length fell/],
  ])("%s", (_, run, message) => {
    let reported: unknown;
    try {
      run();
    } catch (error) {
      reported = error;
    }
    expect(isLandauError(reported, "diverged")).toBe(true);
    expect((reported as Error).message).toMatch(message);
  });
});
