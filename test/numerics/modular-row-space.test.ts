import { expect, test } from "vitest";
import { fraction } from "../../src/numerics/fraction.ts";
import { fractionRank } from "../../src/numerics/fraction-rank.ts";
import { addToRowSpace, copyRowSpace, isInRowSpace, rowSpace } from "../../src/numerics/modular-row-space.ts";
import { stream } from "../../src/numerics/stream.ts";

const random = stream({ seed: 4, purpose: "test" });
const rowsOf = (count: number, columns: number) =>
  Array.from({ length: count }, () => Array.from({ length: columns }, () => random.below(5) - 2));

test("the rank of small random matrices is that of exact fractions, and rows added are in the space", () => {
  for (let trial = 0; trial < 40; trial++) {
    const rows = rowsOf(1 + random.below(6), 5);
    const space = rowSpace(5);
    let rose = 0;
    for (const row of rows) if (addToRowSpace(space, row)) rose++;
    expect(space.rank).toBe(rose);
    expect(rose).toBe(fractionRank(rows.map(row => row.map(entry => fraction(entry)))));
    for (const row of rows) expect(isInRowSpace(space, row)).toBe(true);
    const other = rowsOf(1, 5)[0];
    const grown = fractionRank([...rows, other].map(row => row.map(entry => fraction(entry))));
    expect(isInRowSpace(space, other)).toBe(grown === rose);
  }
});

test("the same space has the same rows, whatever the order of what spans it", () => {
  const rows = rowsOf(4, 6);
  const [one, other, copy] = [rowSpace(6), rowSpace(6), rowSpace(6)];
  for (const row of rows) addToRowSpace(one, row);
  for (const row of rows.toReversed()) addToRowSpace(other, row);
  copyRowSpace(copy, one);
  for (const space of [other, copy]) {
    expect(space.rank).toBe(one.rank);
    expect(space.rows.slice(0, space.rank)).toEqual(one.rows.slice(0, one.rank));
  }
});
