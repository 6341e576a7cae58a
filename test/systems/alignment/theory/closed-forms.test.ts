import { describe, expect, test } from "vitest";
import { equalSteps } from "../../../../src/numerics/ode/equal-steps.ts";
import { dormandPrince } from "../../../../src/numerics/ode/tableau.ts";
import {
  collapseAt,
  finalDistance,
  positiveRoot,
  regimeOf,
} from "../../../../src/systems/alignment/theory/final-distance.ts";
import { distancesOf, pairwiseFinalDistances } from "../../../../src/systems/alignment/theory/pairwise.ts";
import { scalarSolution } from "../../../../src/systems/alignment/theory/scalar-solution.ts";
import { mainCoordinates, mergingRatio } from "../../../../src/systems/alignment/theory/structure.ts";

/** ds/dt by equal steps that know no closed form, with A and kappa as they follow from the start. */
const steppedTo = (t: number, { h0, s0, dx2, dy2, etaH, etaY }: { [name: string]: number }): number => {
  const kappa = (etaH * dx2) / etaY;
  const half = (h0 - (kappa * s0 * s0) / h0) / 2;
  const s = Float64Array.of(s0);
  const slope = (_: number, [value]: Float64Array, out: Float64Array) => {
    out[0] = etaY * (Math.sqrt(dy2) - value) * Math.sqrt(half * half + kappa * value * value);
  };
  equalSteps(dormandPrince, slope, s, { dt: t / 4000, steps: 4000 });
  return s[0];
};

const base = { h0: 0.05, s0: 0.03, dx2: 1, dy2: 0.5, etaH: 0.02, etaY: 0.05 };

describe("scalar solution", () => {
  test.each([
    ["small start", base],
    ["above the target", { ...base, s0: 1.3, h0: 0.4 }],
    ["negative, A > 0", { ...base, s0: -0.3, h0: 0.6 }],
    ["negative, A < 0: through h = 0", { ...base, s0: -0.2 }],
    ["negative, A tiny: parts of F nearly cancel", { ...base, s0: -0.3, h0: 0.3 * Math.sqrt(0.4) * (1 + 1e-9) }],
    ["negative, A = 0: stays below 0", { ...base, s0: -0.25, h0: 0.25, etaH: 0.05 }],
    ["positive, A = 0: logistic", { ...base, s0: 0.25, h0: 0.25, etaH: 0.05 }],
    ["one target, A > 0", { ...base, dy2: 0 }],
    ["one target, A = 0: a power law", { ...base, dy2: 0, s0: 0.25, h0: 0.25, etaH: 0.05 }],
    ["inputs that are the same", { ...base, dx2: 0 }],
    ["at the target", { ...base, s0: Math.sqrt(0.5) }],
  ])("%s", (_, at) => {
    const solution = scalarSolution(at, at, at);
    for (const t of [1, 40, 300]) expect(solution.differenceAt(t)).toBeCloseTo(steppedTo(t, at), 9);
    expect(solution.at(0).h).toBeCloseTo(at.s0 < 0 && solution.aHigh < 0 ? solution.at(0).h : at.h0, 12);
    expect(Number.isFinite(solution.differenceAt(1e9))).toBe(true);
  });

  test("times are those at which the solution is there; null for what is passed or never reached", () => {
    for (const s0 of [0.03, -0.2, 1.3]) {
      const solution = scalarSolution({ ...base, s0 }, base, base);
      for (const fraction of [0.1, 0.5, 0.9, 1.2]) {
        const t = solution.timeTo(fraction);
        const goal = fraction * Math.SQRT1_2;
        const isAhead = (s0 < goal && fraction < 1) || (goal < s0 && fraction > 1);
        if (isAhead) expect(solution.differenceAt(t as number)).toBeCloseTo(goal, 11);
        else expect(t).toBeNull();
      }
    }
    expect(scalarSolution({ h0: 0.25, s0: -0.25 }, base, { etaH: 0.05, etaY: 0.05 }).timeTo(0.5)).toBeNull();
  });
});

test("the positive root keeps its digits where a is negative and large", () => {
  expect(positiveRoot(-1e8, 1)).toBeCloseTo(1e-8, 22);
  expect(positiveRoot(-3, 0)).toBe(0);
  expect(positiveRoot(3, 0)).toBe(3);
  for (const a of [-2, 0, 5]) {
    const h = positiveRoot(a, 0.7);
    expect(h * h - a * h).toBeCloseTo(0.49, 12);
  }
});

test("collapse is exp(asinh(rho)); regimes by rho", () => {
  for (const rho of [-3, 0, 0.5, 40]) expect(collapseAt(rho)).toBeCloseTo(Math.exp(Math.asinh(rho)), 12);
  expect([0, 0.25, 0.26, 1.99, 2].map(regimeOf)).toEqual(["rich", "rich", "intermediate", "intermediate", "lazy"]);
});

test("pairs by distances agree with the closed form of one pair by squares", () => {
  const [x, y, h, y0, ratio] = [1.3, 0.4, 0.2, 0.05, 0.3];
  const both = (value: number) => [[0, value], [value, 0]]; // biome-ignore format: a matrix
  const of = { distX: both(x), distY: both(y), distH0: both(h), distY0: both(y0) };
  const { hFinal } = finalDistance({ h0: h * h, y0: y0 * y0 }, { dx2: x * x, dy2: y * y }, { etaH: ratio, etaY: 1 });
  expect(pairwiseFinalDistances(of, ratio)[0][1]).toBeCloseTo(Math.sqrt(hFinal), 13);
  expect(pairwiseFinalDistances({ ...of, distH0: both(0), distY0: both(0) }, ratio)[1][0]).toBeCloseTo(
    Math.sqrt(Math.sqrt(ratio) * x * y),
    13,
  );
  expect(() => pairwiseFinalDistances({ ...of, distH0: both(0) }, ratio)).toThrow(/^distH0\[0\]\[1\] is 0/);
});

test("points at known places: merging and main coordinates", () => {
  const places = [[0, 0], [3, 0], [0, 4], [3, 4]]; // biome-ignore format: a rectangle
  const distances = distancesOf(places);
  expect(mergingRatio(distances, [[0], [1], [1], [0]], [0, 0, 0, 0])).toBeCloseTo(5 / 3.5, 12);
  expect(mergingRatio(distances, [[0], [0], [1], [1]], [0, 0, 0, 0])).toBeCloseTo(3 / 4.5, 12);
  const found = mainCoordinates(distances, 2);
  distancesOf(found).forEach((row, i) => {
    row.forEach((value, j) => {
      expect(value).toBeCloseTo(distances[i][j], 10);
    });
  });
});
