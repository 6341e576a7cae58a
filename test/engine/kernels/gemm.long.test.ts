import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  firstDifference,
  multiply,
  normalOperands,
  type Operands,
  type Precision,
  type Product,
  plainProduct,
  rounding,
  transposes,
} from "./gemm-cases.ts";

const expectPlainLoop = (precision: Precision, product: Product, operands = normalOperands(precision, product)) => {
  const at = firstDifference(
    multiply(precision, product, operands),
    plainProduct(product, operands, rounding(precision), 128),
  );
  expect(at, `${JSON.stringify(product)}, f${precision}: first entry that differs`).toBe(-1);
};

const anyProduct = (largest: number) =>
  fc.record({
    m: fc.integer({ min: 1, max: largest }),
    n: fc.integer({ min: 1, max: largest }),
    k: fc.integer({ min: 1, max: largest }),
    transposeA: fc.constantFrom(0 as const, 1 as const),
    transposeB: fc.constantFrom(0 as const, 1 as const),
  });

describe.each([32, 64] as const)("gemm%i", precision => {
  test("has the bits of the plain loop in ascending k, 128 at a time: every residue of the tiles, all transposes", () => {
    for (let m = 1; m <= 13; m++)
      for (let n = 1; n <= 17; n++)
        for (const k of [1, 2, 3, 4, 5, 11])
          for (const transpose of transposes) expectPlainLoop(precision, { m, n, k, ...transpose });
  });

  test("has the bits of the plain loop across the edges of its blocks", () => {
    // Blocks: 128 steps of k; 240 (f32) or 120 (f64) rows; 512 or 256 columns.
    for (const [m, n, k] of [
      [2, 37, 128],
      [13, 36, 129],
      [11, 33, 515],
      [120, 35, 5],
      [121, 34, 6],
      [243, 40, 3],
      [12, 257, 7],
      [12, 513, 9],
      [3, 1030, 4],
      [14, 520, 300],
    ])
      for (const transpose of transposes) expectPlainLoop(precision, { m, n, k, ...transpose });
  });

  test("has the bits of the plain loop for any sizes in 1..300", () => {
    fc.assert(
      fc.property(anyProduct(300), product => expectPlainLoop(precision, product)),
      { seed: 3, numRuns: 40 },
    );
  });

  test("the same call twice gives the same bits", () => {
    const product: Product = { m: 61, n: 45, k: 270, transposeA: 1, transposeB: 0 };
    const operands = normalOperands(precision, product);
    expect(multiply(precision, product, operands)).toEqual(multiply(precision, product, operands));
  });

  test("k = 0 gives zeros, no rows or no columns nothing", () => {
    for (const transpose of transposes) {
      const empty = { m: 7, n: 5, k: 0, ...transpose };
      expect([...multiply(precision, empty, normalOperands(precision, empty))]).toEqual(new Array(35).fill(0));
      for (const [m, n] of [
        [0, 5],
        [7, 0],
      ]) {
        const none = { m, n, k: 3, ...transpose };
        expect(multiply(precision, none, normalOperands(precision, none))).toHaveLength(0);
      }
    }
  });

  test("NaN and infinity in a factor reach the entries they belong to, and no others", () => {
    for (const transpose of transposes)
      for (const [m, n, k] of [
        [7, 11, 5],
        [23, 45, 30],
      ]) {
        const product = { m, n, k, ...transpose };
        const operands: Operands = normalOperands(precision, product);
        operands.a[3] = Number.NaN;
        operands.a[k + 4] = Number.POSITIVE_INFINITY;
        operands.b[n + 2] = Number.NEGATIVE_INFINITY;
        operands.b[operands.b.length - 1] = Number.NaN;
        expectPlainLoop(precision, product, operands);
      }
  });

  test("signed zeros and subnormal numbers are those of the plain loop", () => {
    const tiny = precision === 32 ? 2 ** -140 : 2 ** -1060;
    const product: Product = { m: 6, n: 9, k: 2, transposeA: 0, transposeB: 1 };
    const operands = normalOperands(precision, product);
    operands.a.fill(-0, 0, 4).fill(tiny, 4, 8);
    expectPlainLoop(precision, product, operands);
  });
});
