import { expect, test } from "vitest";
import { scaledBesselK } from "../../src/numerics/bessel-k.ts";

// Of 1/2, by K_1/2(z) = sqrt(pi / 2 z) exp(-z) between both; at large z, 1 - 1 / 8 z and 1 + 3 / 8 z times it.  [DLMF 10.40.2]
test.each([1e6, 1e10, 1e15, 1e17, 1e300, Number.POSITIVE_INFINITY])("at %d both are near sqrt(pi / 2 z)", z => {
  const both = Math.sqrt(Math.PI / 2 / z);
  for (const [value, correction] of [
    [scaledBesselK(z)[0], -1 / 8],
    [scaledBesselK(z)[1], 3 / 8],
  ] as const)
    expect(Math.abs(value - both * (1 + correction / z))).toBeLessThanOrEqual(1e-6 * both);
});

// K_0 is -ln(z / 2) - 0.5772..., K_1 is 1 / z at small z.  [DLMF 10.30]
test.each([1e-6, 1e-100, 1e-300])("at %d they are a logarithm and a pole", z => {
  const [zeroth, first] = scaledBesselK(z);
  expect(Math.abs(zeroth / (-Math.log(z / 2) - 0.5772156649015329) - 1)).toBeLessThan(1e-5);
  expect(Math.abs(first * z - 1)).toBeLessThan(1e-5);
});

test.each([0, -1, 1e-310, Number.NaN])("%d is refused", z => {
  expect(() => scaledBesselK(z)).toThrow(`the argument of a Bessel function is ${z}: needs at least 1e-300`);
});
