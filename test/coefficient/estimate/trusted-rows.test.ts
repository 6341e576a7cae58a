import { expect, test } from "vitest";
import type { Row } from "../../../src/coefficient/estimate/row.ts";
import { trustedRows } from "../../../src/coefficient/estimate/trusted-rows.ts";

/** Rows whose control variates differ from plain averages by so many errors of these. */
const rowsOf = (gaps: readonly number[]): Row[] =>
  gaps.map((gap, k) => {
    const [plain, ess] = [1, 100];
    const energy = plain + gap * Math.sqrt(plain / ess);
    const value = Math.abs(gap) > 3 ? plain : energy;
    return {
      nBeta: 10 ** k,
      plain,
      ess,
      energy,
      value,
      error: 0.001,
      slopeError: 0,
      pullError: 0,
      truncations: 0,
      draws: 100,
    } as Row;
  });

test("control variates that differ from plain averages by chance are kept, with a tenth of the error of these", () => {
  for (const row of trustedRows(rowsOf([0, 1, -1.5, 0.4, 2, -0.6, 1.1, -0.3]))) {
    expect(row.value).toBe(row.energy);
    expect(row.error).toBeCloseTo(Math.hypot(0.001, 0.01), 12);
  }
});

test("they give way in all rows where they differ by more, in each by little", () => {
  const trusted = trustedRows(rowsOf([0.2, 1.9, 2.4, 1.8, 2.6, 2.1, 4]));
  for (const row of trusted) expect(row.value).toBeCloseTo(1, 12);
  for (const row of trusted.slice(0, -1)) expect(row.error).toBeCloseTo(Math.hypot(0.001, 0.1), 12);
});

test("two colder rows are too few to tell", () => {
  expect(trustedRows(rowsOf([0, 2.9, 2.9])).map(({ value }) => value)).toEqual(
    rowsOf([0, 2.9, 2.9]).map(({ value }) => value),
  );
  expect(trustedRows([])).toEqual([]);
});
