import { expect, test } from "vitest";
import { fitForm } from "../../../src/transitions/order/scaling-form.ts";

test("averages that follow a form give its exponents and its critical control", () => {
  const [critical, inverseNu, betaOverNu] = [0.1, 0.8, 0.25];
  const points = [0, 1, 2].flatMap(octave =>
    Array.from({ length: 21 }, (_, i) => {
      const [size, control] = [octave * Math.LN2, -1 + i / 10];
      const x = (control - critical) * Math.exp(inverseNu * size);
      const value = -betaOverNu * size - 0.4 * x + 0.05 * x * x;
      return { quantity: "mean", size, control, value, error: 1e-3, correlation: 0 } as const;
    }),
  );
  const found = fitForm(points, { critical: 0, inverseNu: 1 }, { degree: 3, omega: 1, bend: 0 });
  expect(found?.critical).toBeCloseTo(critical, 2);
  expect(found?.inverseNu).toBeCloseTo(inverseNu, 2);
  expect(found?.betaOverNu).toBeCloseTo(betaOverNu, 2);
  expect(found!.chi2).toBeLessThan(1);
});
