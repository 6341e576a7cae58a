import { expect, test } from "vitest";
import { CRITICAL_TEMPERATURE } from "../../../src/systems/output-distribution/theory/ising.ts";

test("at the critical temperature a square lattice is dual to itself: sinh(2 / T) = 1", () => {
  expect(Math.sinh(2 / CRITICAL_TEMPERATURE)).toBeCloseTo(1, 14);
});
