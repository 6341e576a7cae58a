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
