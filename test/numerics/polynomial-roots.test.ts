import fc from "fast-check";
import { expect, test } from "vitest";
import { polynomial } from "../../src/numerics/polynomial.ts";
import { realRootsOf } from "../../src/numerics/polynomial-roots.ts";

/** Coefficients of the product of (x - root), lowest power first. */
const withRoots = (roots: readonly number[]): number[] =>
  roots.reduce<number[]>(
    (product, root) => {
      const next = new Array<number>(product.length + 1).fill(0);
      product.forEach((value, k) => {
        next[k] -= root * value;
        next[k + 1] += value;
      });
      return next;
    },
    [1],
  );

test("all roots of a product of linear factors and of a positive quadratic are found, and no others", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 20 }),
      (whole, height) => {
        const roots = whole.map(each => each / 8).sort((a, b) => a - b);
        const [real, rest] = [withRoots(roots), [height, 0, 1]];
        const product = new Array<number>(real.length + 2).fill(0);
        real.forEach((a, i) => {
          rest.forEach((b, j) => {
            product[i + j] += a * b;
          });
        });
        const found = realRootsOf(product);
        expect(found).toHaveLength(roots.length);
        found.forEach((x, i) => void expect(x).toBeCloseTo(roots[i], 6));
      },
    ),
  );
});

test("a double root is one root, and what has none has none", () => {
  expect(realRootsOf(withRoots([1, 1, 2]))).toEqual([expect.closeTo(1, 7), expect.closeTo(2, 12)]);
  expect(realRootsOf([1, 0, 1])).toEqual([]);
  expect(realRootsOf([5])).toEqual([]);
  expect(realRootsOf([-4, 2, 0])).toEqual([2]);
  const [low, high] = realRootsOf([-1, 0, 3]);
  expect(polynomial([-1, 0, 3])(low)).toBeCloseTo(0, 14);
  expect(high).toBeCloseTo(-low, 15);
});
