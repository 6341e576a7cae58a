import fc from "fast-check";
import { expect, test } from "vitest";
import { turnWatch } from "../../src/sampling/u-turn.ts";

type Vector = readonly number[];
const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const add = (a: Vector, b: Vector): Vector => a.map((value, i) => value + b[i]);
const total = (q: readonly Vector[]): Vector => q.reduce(add);

/** Goes on: neither end of the stretch would come closer to the other. */
const goesOn = (rho: Vector, first: Vector, last: Vector): boolean => dot(rho, first) > 0 && dot(rho, last) > 0;

/** The definition, by recursion on halves: the tree of Betancourt 2017 with the checks across halves of Stan 2.21. */
const treeTurns = (q: readonly Vector[]): boolean => {
  if (q.length === 1) return false;
  const [a, b] = [q.slice(0, q.length / 2), q.slice(q.length / 2)];
  if (treeTurns(a) || treeTurns(b)) return true;
  return !(
    goesOn(total(q), q[0], q[q.length - 1]) &&
    goesOn(add(total(a), b[0]), a[0], b[0]) &&
    goesOn(add(total(b), a[a.length - 1]), a[a.length - 1], b[b.length - 1])
  );
};

/** Small integers, for which running sums and sums anew are the same number. */
const momenta = (leaves: number, size: number, spread: number) =>
  fc.array(fc.array(fc.integer({ min: -spread, max: 10 }), { minLength: size, maxLength: size }), {
    minLength: leaves,
    maxLength: leaves,
  });

test.each([1, 2, 4, 8, 16, 32])(
  "a subtree of %d leaves turns exactly when the recursive definition says so",
  leaves => {
    let [turns, goes] = [0, 0];
    const watch = turnWatch(3, 6);
    fc.assert(
      fc.property(momenta(leaves, 3, leaves === 2 ? 8 : 1), q => {
        watch.start();
        const seen = q.some((momentum, leaf) => watch.turnsAt(leaf, Float64Array.from(momentum)));
        expect(seen).toBe(treeTurns(q));
        if (seen) turns++;
        else {
          goes++;
          expect([...watch.sum]).toEqual(total(q));
          expect([...watch.first]).toEqual(q[0]);
        }
      }),
      { numRuns: 1500, seed: leaves },
    );
    // Both answers are met.
    expect(goes).toBeGreaterThan(20);
    if (leaves > 1) expect(turns).toBeGreaterThan(20);
  },
);

test("it stops at the first leaf at which a stretch that has turned is complete", () => {
  const watch = turnWatch(1, 3);
  watch.start();
  const q = [1, 1, 1, -1, 1, 1, 1, 1];
  expect(q.findIndex((momentum, leaf) => watch.turnsAt(leaf, Float64Array.of(momentum)))).toBe(3);
});

test("a turn that just fits between the ends is seen by the checks across halves only", () => {
  // A circle in steps of 105 degrees: after four of them the ends point alike again, and so do both halves.
  const q = [0, 105, 210, 315].map(angle => [angle, angle - 90].map(a => Math.cos((a * Math.PI) / 180)));
  expect(goesOn(total(q), q[0], q[3])).toBe(true);
  expect([q.slice(0, 2), q.slice(2)].map(treeTurns)).toEqual([false, false]);
  const watch = turnWatch(2, 2);
  watch.start();
  expect(q.map((momentum, leaf) => watch.turnsAt(leaf, Float64Array.from(momentum)))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
