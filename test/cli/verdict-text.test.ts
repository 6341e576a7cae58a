import { Ansis } from "ansis";
import { expect, test } from "vitest";
import { verdictCount, verdictLines } from "../../src/cli/verdict-text.ts";
import type { Claim, Verdict } from "../../src/contracts/index.ts";

const claim = (id: string, statement: string): Claim => ({
  id,
  where: "eq. 7",
  statement,
  routes: { measured: "descent", predicted: "a closed form", kind: "formula" },
  studies: [],
  measure: () => [],
});

const claims = [
  claim("levels", "Plateaus are levels."),
  claim("six-gon", "The 6-gon is rare."),
  claim("order", "Losses descend."),
];

const verdicts: Verdict[] = [
  {
    claim: "levels",
    outcome: "holds",
    reason: "all 2 within",
    comparisons: [
      { quantity: "level of 5", measured: 0.0687, predicted: 0.06874, tolerance: 1e-4 },
      { quantity: "level of 6", measured: 0.0482, predicted: 0.0482, tolerance: 1e-4 },
    ],
  },
  {
    claim: "six-gon",
    outcome: "fails",
    reason: "ends at 6 is outside",
    comparisons: [
      { quantity: "ends at 5", measured: 0.2, predicted: [0.1, 0.3] },
      { quantity: "ends at 6", measured: 0.2, interval: [0.1, 0.3], predicted: { below: 0.02 }, members: 60 },
    ],
  },
  { claim: "order", outcome: "undecided", reason: "nothing was measured", comparisons: [] },
];

test("the outcome is a word and a symbol, and the deciding numbers stand beside what was predicted", () => {
  expect(verdictLines(verdicts, { claims }, { width: 92, colours: new Ansis(0) })).toEqual([
    "outcome      prediction  claim and what was compared",
    "✓ holds      formula     levels",
    "                         Plateaus are levels.",
    "                         level of 5: 0.06870, predicted 0.06874 ± 0.0001, and 1 more",
    "✗ fails      formula     six-gon",
    "                         The 6-gon is rare.",
    "                         ends at 6: 0.20 (95 %: 0.10 to 0.30; 60 members), predicted < 0.02",
    "                         ends at 6 is outside [eq. 7]",
    "? undecided  formula     order",
    "                         Losses descend.",
    "                         nothing was measured [eq. 7]",
  ]);
});

test("colour only adds: without it the lines are the same", () => {
  const plain = verdictLines(verdicts, { claims }, { width: 60, colours: new Ansis(0) });
  const painter = new Ansis(1);
  const painted = verdictLines(verdicts, { claims }, { width: 60, colours: painter });
  expect(painted.map(line => painter.strip(line).trimEnd())).toEqual(plain);
  expect(painted.join()).not.toEqual(plain.join());
});

test("no line is wider than the width", () => {
  for (const line of verdictLines(verdicts, { claims }, { width: 50, colours: new Ansis(0) }))
    expect(line.length).toBeLessThanOrEqual(50);
});

test("counts", () => {
  expect(verdictCount(verdicts)).toBe("1 holds, 1 fails, 1 undecided");
  expect(verdictCount([])).toBe("0 hold, 0 fail, 0 undecided");
});
