import { expect, test } from "vitest";
import { normalQuantile } from "../../src/numerics/normal-quantile.ts";
import fixture from "./fixtures/elementary.json" with { type: "json" };

test("is within 5e-16 relative of mpmath", () => {
  for (const [p, x] of fixture.normalQuantile)
    expect(Math.abs(normalQuantile(p) - x), `at ${p}`).toBeLessThanOrEqual(5e-16 * Math.abs(x));
});

test.each([0, 1, -0.1, 1.1, Number.NaN])("p = %d is refused", p => {
  expect(() => normalQuantile(p)).toThrow(`p is ${p}: needs`);
});
