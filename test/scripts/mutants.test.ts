import { expect, test } from "vitest";
import { moved, reasonOf } from "../../scripts/mutants/moved.mjs";
import { type Comparison, judgeComparison, type Predicted } from "../../src/contracts/claim.ts";

const comparison = (predicted: Predicted, more: Partial<Comparison> = {}): Comparison => ({
  quantity: "q",
  measured: 1,
  predicted,
  ...more,
});

test.each([
  [2.5, 0.1, [2.375, 2.625]],
  // A count is moved by one, a round number with a tolerance by its share.
  [70, 0, [69, 71]],
  [40, 1, [38, 42]],
  [0, 1e-9, [-1, 1]],
  [[-2, 4], 0, [[-1.9, 3.8], [-2.1, 4.2]]],
  [{ below: 20 }, 0, [{ below: 19 }, { below: 21 }]],
  [{ above: 0 }, 0, [{ above: 0 }, { above: 0 }]],
] as const)("%j with tolerance %d is moved down and up to %j", (predicted, tolerance, others) => {
  const own = comparison(predicted, { tolerance, interval: [0.9, 1.1] });
  for (const [i, sign] of [-1, 1].entries()) expect(moved(own, sign)).toEqual({ ...own, predicted: others[i] });
}); // biome-ignore format: a case in each line

test("a prediction that is met within 5 % less its margin no longer holds; one with a wider margin does", () => {
  const outcomes = (tolerance: number) =>
    [-1, 1].map(sign => judgeComparison(moved(comparison(1, { tolerance }), sign)));
  expect(outcomes(0.04)).toEqual(["fails", "fails"]);
  expect(outcomes(0.06)).toEqual(["holds", "holds"]);
});

test("what does not feel the move says what kind of statement it is", () => {
  expect(reasonOf(comparison(2, { tolerance: 0.3 }))).toBe("a margin of 15 %");
  expect(reasonOf(comparison({ above: 0 }))).toBe("a sign");
  expect(reasonOf(comparison({ below: 1 }, { kind: "formula" }))).toBe("a bound of the theory, which is not reached");
  expect(reasonOf(comparison({ below: 1e-9 }, { kind: "recomputed" }))).toBe("a limit on rounding");
  expect(reasonOf(comparison([1, 2], { kind: "bound" }))).toBe("a range stated beforehand");
});
