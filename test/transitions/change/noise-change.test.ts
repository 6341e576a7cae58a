import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { varianceChange } from "../../../src/transitions/change/noise-change.ts";

const [N, AT] = [20_000, 8000];

const innovations = (draw: (normal: number, uniform: number) => number): Float64Array => {
  const random = stream({ seed: 6, purpose: "innovations" });
  return Float64Array.from({ length: N }, (_, i) => draw(random.normal(), random.uniform()) * (i < AT ? 1 : 2));
};

/** ln of a spread of n normal values has the standard error 1 / sqrt(2 n); heavy tails multiply its square by (kurtosis - 1) / 2. */
const plain = Math.sqrt(1 / (2 * AT) + 1 / (2 * (N - AT)));

test("a doubled spread of normal noise is found with its error", () => {
  const found = varianceChange(innovations(normal => normal));
  expect(Math.abs(found.at - AT)).toBeLessThan(20);
  expect(found.before).toBeCloseTo(1, 1);
  expect(found.after).toBeCloseTo(2, 1);
  expect(found.error / plain).toBeGreaterThan(0.95);
  expect(found.error / plain).toBeLessThan(1.1);
});

test("Laplace's noise, of kurtosis 6, knows it less well", () => {
  const laplace = (_: number, u: number) => (u < 0.5 ? 1 : -1) * Math.log(1 - 2 * Math.abs(u - 0.5));
  const { error } = varianceChange(innovations(laplace));
  const factor = (error / plain) ** 2;
  expect(factor).toBeGreaterThan(2.2);
  expect(factor).toBeLessThan(2.9);
});
