import { expect, test } from "vitest";
import { firstWhole } from "../../src/numerics/first-whole.ts";

test.each([
  [0, 0],
  [0, 1],
  [1, 7],
  [5, 5],
  [3, 1_000_003],
])("from %d the first whole number that is at least %d", (from, least) => {
  let looked = 0;
  const holds = (n: number) => {
    looked++;
    return n >= least;
  };
  expect(firstWhole(holds, from)).toBe(least);
  expect(looked).toBeLessThan(50);
});

test("beyond 2^53 it is the next float64", () => {
  expect(firstWhole(n => n > 2 ** 60, 1)).toBe(2 ** 60 + 256);
});

test("where it holds for none, an error says so", () => {
  expect(() => firstWhole(() => false, 3)).toThrow("no whole number from 3 on is enough");
  for (const from of [Number.POSITIVE_INFINITY, Number.NaN])
    expect(() => firstWhole(() => true, from)).toThrow(`no whole number from ${from} on is enough`);
});
