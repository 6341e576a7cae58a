import { describe, expect, test } from "vitest";
import { equalSteps } from "../../../src/numerics/ode/equal-steps.ts";
import { explicit } from "../../../src/numerics/ode/explicit.ts";
import { rosenbrock } from "../../../src/numerics/ode/rosenbrock.ts";
import { classical, dormandPrince } from "../../../src/numerics/ode/tableau.ts";
import { bogackiShampine, dense, endOf } from "./problems.ts";

const tableaus = { classical, dormandPrince, bogackiShampine };

/** y0' = y1 cos t, y1' = -y0 cos t: y = (sin(sin t), cos(sin t)). */
const swing = (t: number, y: Float64Array, out: Float64Array) => {
  out[0] = y[1] * Math.cos(t);
  out[1] = -y[0] * Math.cos(t);
};
const swingError = (y: Float64Array) =>
  Math.max(Math.abs(y[0] - Math.sin(Math.sin(2))), Math.abs(y[1] - Math.cos(Math.sin(2))));

/** A predator and its prey. */
const hunt = (_: number, y: Float64Array, out: Float64Array) => {
  out[0] = y[0] * (1 - y[1]);
  out[1] = y[1] * (y[0] - 2);
};
const huntJacobian = (y: Float64Array) => [1 - y[1], -y[0], y[1], y[0] - 2];

const expectOrder = (coarse: number, fine: number, order: number) => {
  const measured = Math.log2(coarse / fine);
  expect(measured).toBeGreaterThan(order - 0.2);
  expect(measured).toBeLessThan(order + 0.3);
};

describe.each(Object.entries(tableaus))("%s", (_, tableau) => {
  test("rows add up to their nodes, weights to 1", () => {
    const sum = (row: readonly number[]) => row.reduce((a, b) => a + b, 0);
    tableau.stages.forEach((row, s) => {
      expect(row).toHaveLength(s);
      expect(Math.abs(sum(row) - tableau.nodes[s])).toBeLessThan(1e-14);
    });
    expect(Math.abs(sum(tableau.weights) - 1)).toBeLessThan(1e-15);
  });

  test("the error at the end falls with the order of the method, where time enters", () => {
    const [coarse, fine] = [40, 80].map(steps => {
      const y = Float64Array.of(0, 1);
      equalSteps(tableau, swing, y, { dt: 2 / steps, steps });
      return swingError(y);
    });
    expectOrder(coarse, fine, tableau.order);
  });
});

describe.each([
  ["Dormand and Prince", 5, explicit(dormandPrince, hunt, 2)],
  ["Bogacki and Shampine", 3, explicit(bogackiShampine, hunt, 2)],
  ["Kaps and Rentrop", 4, rosenbrock(dense(2, (y, out) => hunt(0, y, out), huntJacobian))],
] as const)("%s", (_, order, method) => {
  const exact = endOf(explicit(dormandPrince, hunt, 2), [2, 0.5], 2, 2000).y;

  test(`order ${order} in equal steps`, () => {
    const [coarse, fine] = [40, 80].map(count => {
      const { y } = endOf(method, [2, 0.5], 2, count);
      return Math.max(Math.abs(y[0] - exact[0]), Math.abs(y[1] - exact[1]));
    });
    expectOrder(coarse, fine, order);
  });

  test("the estimated error of one step falls with the power it is said to", () => {
    const [coarse, fine] = [50, 100].map(count => endOf(method, [2, 0.5], 2, count).estimate);
    expectOrder(coarse, fine, method.errorOrder);
  });
});

test("equal steps refuse what they cannot use, and report where the numbers end", () => {
  const run = (dt: number, steps: number) => () => equalSteps(classical, swing, Float64Array.of(0, 1), { dt, steps });
  expect(run(0, 1)).toThrow("dt is 0: needs");
  expect(run(1, 0.5)).toThrow("steps is 0.5: needs");
  const square = (_: number, y: Float64Array, out: Float64Array) => {
    out[0] = y[0] * y[0];
  };
  const blowUp = (place?: string) => () =>
    equalSteps(classical, square, Float64Array.of(1), { dt: 0.5, steps: 100 }, place);
  expect(blowUp()).toThrow(/^y\[0\] is not finite after step (\d+) at t = [\d.]+: needs a dt smaller than 0.5$/);
  expect(blowUp("sigma 3")).toThrow(/after step \d+ at sigma 3: /);
});
