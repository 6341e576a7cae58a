import { describe, expect, test } from "vitest";
import { rankFloor } from "../../../src/coefficient/exact/rank-floor.ts";
import type { Objective } from "../../../src/contracts/objective.ts";
import { fraction } from "../../../src/numerics/fraction.ts";

/** An objective with its gradient written out. */
const objective = (
  size: number,
  loss: (w: Float64Array) => number,
  slope: (w: Float64Array) => number[],
): Objective => ({
  parameters: [{ name: "w", shape: [size], offset: 0 }],
  size,
  loss,
  lossAndGradient(w, gradient) {
    gradient.set(slope(w));
    return loss(w);
  },
});

const circle = objective(
  2,
  ([x, y]) => (x * x + y * y - 1) ** 2,
  ([x, y]) => [4 * x * (x * x + y * y - 1), 4 * y * (x * x + y * y - 1)],
);
const valley = objective(
  2,
  ([x, y]) => (x - y * y) ** 2 + y ** 4,
  ([x, y]) => [2 * (x - y * y), -4 * y * (x - y * y) + 4 * y ** 3],
);

describe("the floor is the value", () => {
  test("on a circle of minima, whose curvature is no rise", () => {
    const found = rankFloor(circle, Float64Array.of(0.6, 0.8));
    expect(found).toMatchObject({ status: "value", lambda: fraction(1, 2), multiplicity: 1, rank: 1 });
    expect(found.gap!.ratio).toBeGreaterThan(1e5);
    expect(found.gap!.above).toBeCloseTo(8, 6);
  });

  test("at a regular minimum, with the singular values of the Hessian", () => {
    const bowl = objective(
      3,
      ([x, y, z]) => x * x + 3 * y * y + 0.5 * z * z + 7,
      ([x, y, z]) => [2 * x, 6 * y, z],
    );
    const found = rankFloor(bowl, new Float64Array(3));
    expect(found).toMatchObject({ status: "value", lambda: fraction(3, 2), rank: 3 });
    [6, 2, 1].forEach((value, i) => {
      expect(found.singularValues![i]).toBeCloseTo(value, 8);
    });
  });

  test("with the objective's own Hessian", () => {
    const line: Objective = {
      ...objective(
        2,
        ([x, y]) => (x - y) ** 2,
        ([x, y]) => [2 * (x - y), 2 * (y - x)],
      ),
      hessian: (_w, hessian) => hessian.set([2, -2, -2, 2]),
    };
    expect(rankFloor(line, Float64Array.of(4, 4))).toMatchObject({ status: "value", lambda: fraction(1, 2) });
  });

  test("of a function that is constant: rank 0, lambda 0", () => {
    const flat = objective(
      2,
      () => 3,
      () => [0, 0],
    );
    expect(rankFloor(flat, Float64Array.of(1, 2))).toMatchObject({ status: "value", lambda: fraction(0), rank: 0 });
  });
});

describe("the floor is no more than a floor", () => {
  test.each<[string, Objective, number]>([
    ["a quartic valley, 1/2 + 1/4", valley, 1],
    [
      "a crossing",
      objective(
        2,
        ([x, y]) => (x * y) ** 2,
        ([x, y]) => [2 * x * y * y, 2 * x * x * y],
      ),
      0,
    ],
    [
      "a power of ten",
      objective(
        1,
        ([x]) => x ** 10,
        ([x]) => [10 * x ** 9],
      ),
      0,
    ],
  ])("%s", (_, loss, rank) => {
    const found = rankFloor(loss, new Float64Array(loss.size));
    expect(found).toMatchObject({ status: "floor", lambdaAbove: fraction(rank, 2), rank });
  });
});

describe("undecided, with the reason", () => {
  test.each<[string, Objective, number[], RegExp]>([
    [
      "a saddle",
      objective(
        2,
        ([x, y]) => x * x - y * y,
        ([x, y]) => [2 * x, -2 * y],
      ),
      [0, 0],
      /no minimum: it has the curvature -2/,
    ],
    ["a slope", circle, [0.7, 0.8], /no minimum: its gradient has length/],
    [
      "a cubic",
      objective(
        2,
        ([x, y]) => x * x + y ** 3,
        ([x, y]) => [2 * x, 3 * y * y],
      ),
      [0, 0],
      /no minimum: the loss falls by/,
    ],
    [
      "no clear gap",
      objective(
        2,
        ([x, y]) => x * x + 1e-7 * y * y + x ** 4,
        ([x, y]) => [2 * x + 4 * x ** 3, 2e-7 * y],
      ),
      [0, 0],
      /no clear gap: singular value \d is/,
    ],
    [
      "a kink",
      objective(
        1,
        ([x]) => Math.abs(x),
        ([x]) => [x === 0 ? NaN : Math.sign(x) / 0],
      ),
      [0],
      /not finite/,
    ],
  ])("%s", (_, loss, w, reason) => {
    const found = rankFloor(loss, Float64Array.from(w));
    expect(found.status).toBe("undecided");
    expect((found as { reason: string }).reason).toMatch(reason);
  });

  test("unless small curvatures are declared to be zero", () => {
    const almost = objective(
      2,
      ([x, y]) => x * x + 1e-7 * y * y + x ** 4,
      ([x, y]) => [2 * x + 4 * x ** 3, 2e-7 * y],
    );
    expect(rankFloor(almost, new Float64Array(2), { zeroBelow: 1e-6 })).toMatchObject({ rank: 1 });
  });
});

test("the same seed walks the same directions", () => {
  const rise = (seed: number) => (rankFloor(valley, new Float64Array(2), { seed, probes: 1 }) as { rise: number }).rise;
  expect(rise(3)).toBe(rise(3));
});

test.each([
  [{ gap: 1 }, /^gap is 1/],
  [{ zeroBelow: 2 }, /^zeroBelow is 2/],
  [{ radius: 0 }, /^radius is 0/],
  [{ probes: 0 }, /^probes is 0/],
])("settings %j are refused", (settings, message) => {
  expect(() => rankFloor(circle, Float64Array.of(1, 0), settings)).toThrow(message);
});

test("a point of another size is refused", () => {
  expect(() => rankFloor(circle, new Float64Array(3))).toThrow(/^the length of w is 3: needs 2/);
});

test("a loss that falls on one side of a flat direction is seen on whichever side it is", () => {
  const fall = objective(
    2,
    ([x, y]) => x * x + y ** 3,
    ([x, y]) => [2 * x, 3 * y * y],
  );
  for (let seed = 0; seed < 8; seed++)
    expect(rankFloor(fall, new Float64Array(2), { probes: 1, seed })).toMatchObject({
      status: "undecided",
      reason: expect.stringMatching(/^w is no minimum: the loss falls/),
    });
});
