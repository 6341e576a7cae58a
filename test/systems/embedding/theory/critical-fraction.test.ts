import { expect, test } from "vitest";
import { addToRowSpace, rowSpace } from "../../../../src/numerics/modular-row-space.ts";
import { stream } from "../../../../src/numerics/stream.ts";
import { countUnique, halfSize, uniqueCounts } from "../../../../src/systems/embedding/theory/critical-fraction.ts";
import { allParallelograms } from "../../../../src/systems/embedding/theory/pairs.ts";
import { rowsOf, within } from "../../../../src/systems/embedding/theory/training-set.ts";

test.each([3, 4, 5])("p = %i: the counts are those of every subset looked at", p => {
  const links = allParallelograms(p);
  const pairCount = (p * (p + 1)) / 2;
  const unique = new Float64Array(pairCount + 1);
  for (let mask = 0; mask < 2 ** pairCount; mask++) {
    const marks = Uint8Array.from({ length: pairCount }, (_, i) => (mask >> i) & 1);
    const size = marks.reduce((sum, mark) => sum + mark, 0);
    if (size < 2) continue;
    const space = rowSpace(p);
    for (const row of rowsOf(p, within(links, marks))) addToRowSpace(space, row);
    if (space.rank === p - 2) unique[size]++;
  }
  const counted = uniqueCounts(p);
  expect([...counted.unique]).toEqual([...unique]);
  expect(counted.all.reduce((sum, count) => sum + count, 0)).toBe(2 ** pairCount);
});

test.each([
  [6, 12.415],
  [8, 17.491],
])("p = %i: half of the sets are unique at %d pairs", (p, half) => {
  const { unique, all } = uniqueCounts(p);
  expect(halfSize(unique.map((count, k) => count / all[k]))).toBeCloseTo(half, 3);
});

test("random training sets of ten symbols are unique as often as the count says", () => {
  const random = stream({ seed: 3, purpose: "test" });
  const draws = 400;
  for (const [k, P] of [
    [20, 0.17286],
    [23, 0.57399],
    [28, 0.94791],
  ])
    expect(Math.abs(countUnique(10, k, draws, random) / draws - P)).toBeLessThan(4 * Math.sqrt((P * (1 - P)) / draws));
});
