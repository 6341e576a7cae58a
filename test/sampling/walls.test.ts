import fc from "fast-check";
import { expect, test } from "vitest";
import { reflect } from "../../src/sampling/walls.ts";

const box = { low: Float64Array.of(-1, 0, -Infinity), high: Float64Array.of(2, Infinity, 3) };

/** Reflects one wall at a time, as often as it takes. */
const slowly = (x: number, low: number, high: number): { x: number; turns: number } => {
  let turns = 0;
  for (; x < low || x > high; turns++) x = x < low ? 2 * low - x : 2 * high - x;
  return { x, turns };
};

test("is what reflecting wall by wall would give, and turns the momentum as often", () => {
  const far = fc.double({ min: -40, max: 40, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(far, far, far), point => {
      const w = Float64Array.from(point);
      const p = Float64Array.of(1, 2, 3);
      reflect(box, w, p);
      point.forEach((x, i) => {
        const expected = slowly(x, box.low[i], box.high[i]);
        expect(w[i]).toBeCloseTo(expected.x, 10);
        expect(w[i]).toBeGreaterThanOrEqual(box.low[i]);
        expect(w[i]).toBeLessThanOrEqual(box.high[i]);
        expect(p[i]).toBe((expected.turns % 2 ? -1 : 1) * (i + 1));
      });
    }),
    { numRuns: 500, seed: 1 },
  );
});

test("from beyond all measure it still lands inside, at once", () => {
  const w = Float64Array.of(1e300, -1e300, 1e300);
  reflect(box, w);
  expect(w[0]).toBeGreaterThanOrEqual(-1);
  expect(w[0]).toBeLessThanOrEqual(2);
  expect([w[1], w[2]]).toEqual([1e300, -1e300]);
});
