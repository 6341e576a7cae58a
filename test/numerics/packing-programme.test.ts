import fc from "fast-check";
import { expect, test } from "vitest";
import { compareFractions, type Fraction, fraction, signOf, sumOf, times } from "../../src/numerics/fraction.ts";
import { packingOptimum } from "../../src/numerics/packing-programme.ts";

const entries = (rows: readonly (readonly number[])[]) => rows.map(row => row.map(value => fraction(value)));
const dot = (a: readonly Fraction[], b: readonly Fraction[]) => sumOf(a.map((value, i) => times(value, b[i])));

test("two products that share a machine", () => {
  // max y1 + y2 with 2 y1 + y2 <= 4, y1 + 3 y2 <= 6: y = (6/5, 8/5).
  const { value, prices } = packingOptimum(
    entries([
      [2, 1],
      [1, 3],
    ]),
    [fraction(4), fraction(6)],
  );
  expect(value).toEqual(fraction(14, 5));
  expect(prices).toEqual([fraction(2, 5), fraction(1, 5)]);
});

test("weak and strong duality on random programmes: the prices are feasible and cost the optimum", () => {
  const programme = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
    fc.tuple(
      fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: rows, maxLength: rows }),
    ),
  );
  fc.assert(
    fc.property(programme, ([matrix, bounds]) => {
      fc.pre(matrix[0].every((_, j) => matrix.some(row => row[j] > 0)));
      const rows = entries(matrix);
      const limits = bounds.map(value => fraction(value));
      const { value, prices, columns, rows: spare } = packingOptimum(rows, limits);
      expect(dot(prices, limits)).toEqual(value);
      expect(prices.every(price => signOf(price) >= 0)).toBe(true);
      const coverage = rows[0].map((_, j) =>
        dot(
          prices,
          rows.map(row => row[j]),
        ),
      );
      expect(coverage.every(sum => compareFractions(sum, fraction(1)) >= 0)).toBe(true);
      // Complementary slackness at these prices.
      for (const j of columns) expect(coverage[j]).toEqual(fraction(1));
      for (const i of spare) expect(signOf(prices[i])).toBe(0);
    }),
    { seed: 4 },
  );
});

test("a column without a positive entry has no bound", () => {
  expect(() => packingOptimum(entries([[1, 0]]), [fraction(1)])).toThrow("column 1 has no positive entry");
});

test("a degenerate programme ends", () => {
  // Three constraints through one point.
  const { value, columns } = packingOptimum(
    entries([
      [1, 1],
      [2, 1],
      [1, 2],
    ]),
    [fraction(2), fraction(3), fraction(3)],
  );
  expect(value).toEqual(fraction(2));
  expect(columns).toEqual([0, 1]);
});
