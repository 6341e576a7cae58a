import { expect, test } from "vitest";
import { learningCoefficient } from "../../../src/coefficient/estimate/index.ts";
import type { Objective } from "../../../src/contracts/objective.ts";
import { objectiveOf, powers } from "./losses.ts";

const bowl = powers([2, 2]);
const origin = new Float64Array(2);
const measure = (objective: Objective, at: Float64Array, settings = {}) =>
  learningCoefficient(objective, at, { samples: 1000, budget: 2e4, ...settings });

test("a step beyond the stable bound", () => {
  expect(measure(bowl, origin, { stepSize: 2.5 })).toMatchObject({
    kind: "failure",
    reason: "unstable",
    text: expect.stringMatching(/2\.5 .* stable bound 2/),
  });
});

test("a point that is no minimum", () => {
  expect(measure(bowl, Float64Array.of(1, 0))).toMatchObject({ kind: "failure", reason: "below the baseline" });
});

test("a saddle", () => {
  expect(measure(powers([2, 2], [1, -1]), origin)).toMatchObject({
    kind: "failure",
    reason: "below the baseline",
    text: expect.stringMatching(/saddle/),
  });
});

test("a minimum of degree four that is none: only the chains can see it", () => {
  expect(measure(powers([4, 4], [1, -0.1]), origin)).toMatchObject({ kind: "failure", reason: "below the baseline" });
});

test("classes that a line separates: the loss falls for ever, and has no number", () => {
  const sides = Array.from({ length: 40 }, (_, i) => [
    i % 2 ? 1 : -1,
    1.7 + 0.6 * ((i * 0.618) % 1),
    0.6 * ((i * 0.414) % 1) - 0.3,
  ]);
  const margin = (w: Float64Array, [side, x, y]: readonly number[]) => w[0] * x + side * (w[1] * y + w[2]);
  const separable = objectiveOf(
    3,
    w => sides.reduce((sum, each) => sum + Math.log1p(Math.exp(-margin(w, each))), 0) / sides.length,
    (w, out) => {
      out.fill(0);
      for (const each of sides) {
        const share = -1 / (1 + Math.exp(margin(w, each))) / sides.length;
        const [side, x, y] = each;
        for (const [i, slope] of [x, side * y, side].entries()) out[i] += share * slope;
      }
    },
  );
  for (const [start, samples] of [
    [12, 100],
    [20, 10_000],
  ])
    expect(learningCoefficient(separable, Float64Array.of(start, 0, 0), { samples })).toMatchObject({
      kind: "failure",
      reason: "no minimum",
      text: expect.stringMatching(
        /^9\d\.\d % of nBeta <K> = [01]\.\d+ is what the localiser is computed to take.*weight decay/,
      ),
    });
});

test("a constant loss", () => {
  const constant = objectiveOf(
    2,
    () => 3,
    (_, out) => out.fill(0),
  );
  expect(measure(constant, origin)).toMatchObject({ kind: "failure", reason: "constant" });
});

test("a loss that is not a number near the point", () => {
  const broken = objectiveOf(
    2,
    w => (w[0] > 0.001 ? Number.NaN : w[0] * w[0] + w[1] * w[1]),
    (w, out) => {
      out[0] = 2 * w[0];
      out[1] = 2 * w[1];
    },
  );
  expect(measure(broken, origin)).toMatchObject({ kind: "failure", reason: "not finite" });
});

test("too little budget", () => {
  expect(measure(bowl, origin, { budget: 100 })).toMatchObject({ kind: "failure", reason: "too little budget" });
});

test("bad arguments are named", () => {
  expect(() => learningCoefficient(bowl, origin)).toThrow(/samples is undefined/);
  expect(() => measure(bowl, new Float64Array(3))).toThrow(/the length of the point is 3: needs 2/);
  expect(() => measure(bowl, Float64Array.of(0, Number.NaN))).toThrow(/entry 1 of the point/);
  expect(() => measure(bowl, origin, { chains: 1 })).toThrow(/chains is 1/);
  expect(() => measure(bowl, origin, { budget: -1 })).toThrow(/budget is -1/);
  expect(() => measure(bowl, origin, { stepSize: 0 })).toThrow(/stepSize is 0/);
  expect(() => measure(bowl, origin, { nBeta: 0.5 })).toThrow(/nBeta is 0.5/);
  expect(() => measure(bowl, origin, { parameters: ["v"] })).toThrow(/parameters is "v": needs names among w/);
});
