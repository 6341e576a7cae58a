import fc from "fast-check";
import { expect, test } from "vitest";
import { sortWithPlaces } from "../../src/numerics/sort-order.ts";

test("the order is that of a stable sort, whatever the numbers", () => {
  const value = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -3, max: 3 }).map(Number),
    fc.double({ min: 1, max: 1 + 1e-9, noNaN: true }),
    fc.constantFrom(-0, 0, 5e-324, -5e-324, Infinity, -Infinity),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), given => {
      const values = Float64Array.from(given);
      const expected = [...values.keys()].sort((a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0));
      const { sorted, order } = sortWithPlaces(values);
      expect(Array.from(order, place => values[place] + 0)).toEqual(Array.from(sorted, each => each + 0));
      expect(Array.from(sorted, each => each + 0)).toEqual(expected.map(place => values[place] + 0));
    }),
    { numRuns: 2000, seed: 5 },
  );
});

test("equal numbers stay in their order", () => {
  expect([...sortWithPlaces(Float64Array.of(2, 1, 2, 1, 1)).order]).toEqual([1, 3, 4, 0, 2]);
});

test("many numbers, many of them nearly equal", () => {
  const values = Float64Array.from({ length: 30_000 }, (_, i) =>
    i % 3 === 0 ? 1 + ((i * 7919) % 1000) * 1e-13 : ((i * 7919) % 30011) - 15000,
  );
  expect([...sortWithPlaces(values).sorted]).toEqual([...values].sort((a, b) => a - b));
});

test.each([
  ["spread evenly", (u: number) => u],
  ["with long tails", (u: number) => Math.tan(3 * (u - 0.5)) ** 3],
  ["over hundreds of powers of ten", (u: number) => 10 ** (600 * (u - 0.5))],
  ["in clumps", (u: number) => Math.round(20 * u) + 1e-9 * u],
])("the order of 20 000 numbers %s is that of a stable sort by comparison", (_, map) => {
  const values = Float64Array.from({ length: 20_000 }, (_, i) => map(((i * 7919) % 20_011) / 20_011));
  const expected = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b);
  expect([...sortWithPlaces(values).order]).toEqual(expected);
});
