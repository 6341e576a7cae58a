import { describe, expect, test } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { adaptive } from "../../../src/numerics/ode/adaptive.ts";
import { explicit } from "../../../src/numerics/ode/explicit.ts";
import { rosenbrock } from "../../../src/numerics/ode/rosenbrock.ts";
import { dormandPrince } from "../../../src/numerics/ode/tableau.ts";
import { dense } from "./problems.ts";

/** Eigenvalues -1 and -stiffness, on the diagonals of the plane. */
const linear = (stiffness: number) => {
  const [own, other] = [-(1 + stiffness) / 2, (stiffness - 1) / 2];
  const force = (y: Float64Array, out: Float64Array) => {
    out[0] = own * y[0] + other * y[1];
    out[1] = other * y[0] + own * y[1];
  };
  return dense(2, force, () => [own, other, other, own]);
};
const logistic = dense(
  1,
  (y, out) => {
    out[0] = y[0] * (1 - y[0]);
  },
  y => [1 - 2 * y[0]],
);
const logisticAt = (y0: number, t: number) => y0 / (y0 + (1 - y0) * Math.exp(-t));

describe("exact solutions", () => {
  test.each([1, 1e3, 1e9])("a linear problem of stiffness %d", stiffness => {
    const y = Float64Array.of(2, 0);
    const solver = adaptive(rosenbrock(linear(stiffness)), { tolerance: 1e-9 });
    solver.advance(y, 0, 3);
    const [slow, fast] = [Math.exp(-3), Math.exp(-3 * stiffness)];
    expect(Math.abs(y[0] - (slow + fast))).toBeLessThan(1e-7);
    expect(Math.abs(y[1] - (slow - fast))).toBeLessThan(1e-7);
    expect(solver.steps()).toBeLessThan(1000);
  });

  test("an oscillator", () => {
    const turn = (y: Float64Array, out: Float64Array) => out.set([y[1], -y[0]]);
    const y = Float64Array.of(1, 0);
    adaptive(rosenbrock(dense(2, turn, () => [0, 1, -1, 0])), { tolerance: 1e-10 }).advance(y, 0, 10);
    expect(Math.abs(y[0] - Math.cos(10))).toBeLessThan(1e-7);
    expect(Math.abs(y[1] + Math.sin(10))).toBeLessThan(1e-7);
  });

  test("logistic growth, there and back", () => {
    const y = Float64Array.of(0.01);
    const solver = adaptive(rosenbrock(logistic), { tolerance: 1e-11 });
    solver.advance(y, 0, 6);
    expect(Math.abs(y[0] - logisticAt(0.01, 6))).toBeLessThan(1e-8);
    solver.advance(y, 6, 0);
    expect(Math.abs(y[0] - 0.01)).toBeLessThan(1e-8);
  });
});

test("a stiff problem takes the explicit method a thousand times the steps", () => {
  const problem = linear(1e5);
  const steps = [rosenbrock(problem), explicit(dormandPrince, (_, y, out) => problem.force(y, out), 2)].map(method => {
    const solver = adaptive(method, { tolerance: 1e-5 });
    solver.advance(Float64Array.of(2, 0), 0, 3);
    return solver.steps();
  });
  expect(steps[1]).toBeGreaterThan(1000 * steps[0]);
});

test("interrupted between two times and continued with the step length left behind: the same bits", () => {
  const times = [0, 0.7, 2, 2.1, 6];
  const along = (fresh: boolean) => {
    const y = Float64Array.of(0.01);
    const begin = (length?: number) => adaptive(rosenbrock(logistic), { tolerance: 1e-6, length });
    let solver = begin();
    return times.slice(1).map((to, i) => {
      if (fresh && i > 0) solver = begin(solver.length()!);
      solver.advance(y, times[i], to);
      return y[0];
    });
  };
  expect(along(true)).toEqual(along(false));
});

test("a step that its solver refuses is halved", () => {
  const shifts: number[] = [];
  const growth = dense(
    1,
    (y, out) => {
      out[0] = y[0];
    },
    () => [1],
  );
  const careful = {
    ...growth,
    factorise: (y: Float64Array, shift: number) => {
      shifts.push(shift);
      return shift > 1 && growth.factorise(y, shift);
    },
  };
  const y = Float64Array.of(1);
  adaptive(rosenbrock(careful), { tolerance: 1e-8, length: 8 }).advance(y, 0, 8);
  expect(shifts.slice(0, 4)).toEqual([1 / 4, 1 / 2, 1, 2]);
  expect(Math.abs(y[0] / Math.exp(8) - 1)).toBeLessThan(1e-6);
});

describe("errors", () => {
  const square = dense(
    1,
    (y, out) => {
      out[0] = y[0] * y[0];
    },
    y => [2 * y[0]],
  );
  const thrown = (run: () => void): Error => {
    try {
      run();
    } catch (error) {
      expect(isLandauError(error, "diverged")).toBe(true);
      return error as Error;
    }
    throw new Error("nothing was thrown");
  };

  test("a solution that ends before the time: its time, by name", () => {
    const solver = adaptive(rosenbrock(square), { tolerance: 1e-8, name: "the square" });
    const { message } = thrown(() => solver.advance(Float64Array.of(0.5), 1, 9));
    expect(message).toMatch(/^the square from t = 1 to 9 ended at t = (2\.9999|3\.0000)\d*: the step length fell to/);
  });

  test("a slope that is not a number", () => {
    const solver = adaptive(rosenbrock(square), { tolerance: 1e-8 });
    const { message } = thrown(() => solver.advance(Float64Array.of(1e200), 1, 9));
    expect(message).toMatch(/^the solution from t = 1 to 9 ended at t = 1: dy\[0\]\/dt is Infinity, needs/);
  });
});
