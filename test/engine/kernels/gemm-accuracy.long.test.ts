import v8 from "node:v8";
import fc from "fast-check";
import { expect, test } from "vitest";
import { relaxedKernelsAvailable } from "../../../src/engine/kernels/kernels.ts";
import { multiply, normalOperands, type Precision, type Product, plainProduct, transposes } from "./gemm-cases.ts";

// Node 20 knows relaxed SIMD, but not by itself.
if (!relaxedKernelsAvailable()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const largestError = (precision: Precision, product: Product, relaxed: boolean): number => {
  const operands = normalOperands(precision, product);
  const c = multiply(precision, product, operands, relaxed);
  const reference = plainProduct(product, operands, x => x, product.k);
  return reference.reduce((largest, value, i) => Math.max(largest, Math.abs(value - c[i])), 0);
};

const products = fc.record({
  m: fc.integer({ min: 1, max: 300 }),
  n: fc.integer({ min: 1, max: 300 }),
  k: fc.integer({ min: 1, max: 300 }),
  transpose: fc.constantFrom(...transposes),
});

test.each([
  { name: "deterministic", precision: 32, relaxed: false, unit: 3e-6 },
  { name: "relaxed", precision: 32, relaxed: true, unit: 3e-6 },
  // Both sides round in float64 here: this is the distance between two such sums.
  { name: "relaxed", precision: 64, relaxed: true, unit: 1e-14 },
] as const)(
  "$name gemm$precision is within $unit sqrt(k) of the loop in float64 for standard normals of sizes 1..300",
  ({ precision, relaxed, unit }) => {
    fc.assert(
      fc.property(products, ({ m, n, k, transpose }) => {
        expect(largestError(precision, { m, n, k, ...transpose }, relaxed)).toBeLessThan(unit * Math.sqrt(k));
      }),
      { seed: 4, numRuns: 30 },
    );
  },
);

test("the relaxed products are right for every residue of the tiles", () => {
  for (let m = 1; m <= 6; m++)
    for (let n = 1; n <= 9; n++)
      for (const transpose of transposes) {
        expect(largestError(32, { m, n, k: 7, ...transpose }, true)).toBeLessThan(8e-6);
        expect(largestError(64, { m, n, k: 7, ...transpose }, true)).toBeLessThan(3e-14);
      }
});
