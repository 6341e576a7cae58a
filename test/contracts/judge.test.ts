import fc from "fast-check";
import { expect, test } from "vitest";
import { type Claim, type Comparison, judge, judgeComparison, type Predicted } from "../../src/contracts/claim.ts";
import { above, below, known, near } from "../../src/contracts/comparisons.ts";

const CLAIM: Claim = {
  id: "c",
  where: "",
  statement: "",
  routes: { measured: "", predicted: "", kind: "formula" },
  studies: [],
  measure: () => [],
};

const judged = (interval: readonly [number, number] | undefined, predicted: Predicted, tolerance?: number) =>
  judgeComparison({
    quantity: "q",
    measured: interval ? (interval[0] + interval[1]) / 2 : 1,
    ...(interval && { interval }),
    predicted,
    ...(tolerance !== undefined && { tolerance }),
  });

test.each([
  // The value is inside, its interval sticks out: two chains do not tell.
  [[47.3, 58.3], 52.5, 0.75, "undecided"],
  [[52.2, 52.9], 52.5, 0.75, "holds"],
  [[53.3, 54], 52.5, 0.75, "fails"],
  [[51, 51.7], 52.5, 0.75, "fails"],
  [[0.1, 0.3], [0, 0.2], undefined, "undecided"],
  [[0.1, 0.2], [0.1, 0.2], undefined, "holds"],
  [[0.1, 0.3], { above: 0 }, undefined, "holds"],
  [[0, 0.3], { above: 0 }, undefined, "undecided"],
  [[-0.3, 0], { above: 0 }, undefined, "fails"],
  [[-0.3, -0.1], { below: 0 }, undefined, "holds"],
] as const)("an interval %j against %j with margin %j: %s", (interval, predicted, tolerance, outcome) => {
  expect(judged(interval, predicted, tolerance)).toBe(outcome);
});

test("a number without an interval is inside or outside, and an open range leaves its end out", () => {
  expect(judgeComparison(near("q", 1, 1.1, 0.2))).toBe("holds");
  expect(judgeComparison(near("q", 1, 1.1, 0.05))).toBe("fails");
  expect(judgeComparison(above("q", 0, 0))).toBe("fails");
  expect(judgeComparison(below("q", -1e-300, 0))).toBe("holds");
  expect(judgeComparison(above("q", Number.NaN, 0))).toBe("fails");
});

test("a wrong prediction is never said to hold: off by the margin and half the interval it fails", () => {
  const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      positive,
      positive,
      positive,
      (truth, half, margin, shift) => {
        const interval = [truth - half, truth + half] as const;
        const off = truth + margin + half + shift;
        expect(judged(interval, off, margin)).toBe("fails");
        // More members never turn what holds into what doesn't.
        if (judged(interval, truth, margin) === "holds")
          expect(judged([truth - half / 2, truth + half / 2], truth, margin)).toBe("holds");
      },
    ),
  );
});

test("what rests on no members is undecided, whatever it says; a claim fails with its first comparison that does", () => {
  expect(judgeComparison({ ...near("q", 1, 1), members: 0 })).toBe("undecided");
  expect(judgeComparison({ ...near("q", 5, 1), members: 0 })).toBe("undecided");
  const outcome = (...comparisons: readonly Comparison[]) => judge(CLAIM, comparisons).outcome;
  const [holds, fails, open] = [near("q", 1, 1), near("q", 2, 1), { ...near("q", 1, 1), members: 0 }];
  expect(outcome()).toBe("undecided");
  expect(outcome(holds, holds)).toBe("holds");
  expect(outcome(holds, open)).toBe("undecided");
  expect(outcome(open, fails, holds)).toBe("fails");
});

test("each comparison of a verdict says how its prediction is known", () => {
  const verdict = judge(CLAIM, [near("a", 1, 1), ...known("published", near("b", 2, 2))]);
  expect(verdict.comparisons.map(({ kind }) => kind)).toEqual(["formula", "published"]);
});
