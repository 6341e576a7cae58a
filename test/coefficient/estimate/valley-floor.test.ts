import { expect, test } from "vitest";
import { controlVariatesFor } from "../../../src/coefficient/estimate/control-variates.ts";
import { problemAt } from "../../../src/coefficient/estimate/problem.ts";
import { scaleMoves } from "../../../src/coefficient/estimate/scale-moves.ts";
import { valleyFloor } from "../../../src/coefficient/estimate/valley-floor.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { objectiveOf, powers } from "./losses.ts";

/** Curved upwards in x where y is small, and downwards beyond. */
const turning = objectiveOf(
  2,
  ([x, y]) => x * x * (1 - y * y) + y ** 4 + 1e-3 * x * y,
  ([x, y], out) => out.set([2 * x * (1 - y * y) + 1e-3 * y, -2 * y * x * x + 4 * y ** 3 + 1e-3 * x]),
);

/** K = (2 + y^2) (x - y^2)^2 + y^4 / 2: a valley along x = y^2, with another curvature everywhere. */
const bent = objectiveOf(
  2,
  ([x, y]) => (2 + y * y) * (x - y * y) ** 2 + y ** 4 / 2,
  ([x, y], out) => {
    const height = x - y * y;
    out[0] = 2 * (2 + y * y) * height;
    out[1] = 2 * y * height * height - 4 * y * (2 + y * y) * height + 2 * y ** 3;
  },
);
const nBeta = 1e8;
const problem = problemAt(bent, new Float64Array(2));
const floor = valleyFloor(problem, nBeta)!;

test("the curved parameter follows the floor of a bent valley, far beyond the reach of the curvature at the point", () => {
  expect(floor.following).toEqual([0]);
  for (const y of [0.01, -0.3, 1, 3]) {
    const v = Float64Array.of(7, y);
    expect(floor.put(v)).toBe(true);
    expect(v[1]).toBe(y);
    expect(nBeta * (2 + y * y) * (v[0] - y * y) ** 2).toBeLessThan(1e-3);
    const elsewhere = Float64Array.of(-2, y);
    floor.put(elsewhere);
    expect([...elsewhere]).toEqual([...v]);
  }
});

test("it moves with the free parameters as its slopes say, and has none where K is not curved", () => {
  const slopes = new Float64Array(1);
  for (const y of [0.01, -0.3, 1]) {
    expect(floor.slopesAt(Float64Array.of(y * y, y), slopes)).toBe(true);
    // x = y^2.
    expect(Math.abs(slopes[0] - 2 * y)).toBeLessThan(1e-8);
  }
  const other = valleyFloor(problemAt(turning, new Float64Array(2)), nBeta)!;
  expect(other.slopesAt(Float64Array.of(0, 2), slopes)).toBe(false);
});

test("of parameters that share one curvature one follows the others", () => {
  const sum = objectiveOf(
    3,
    w => (w[0] + 2 * w[1]) ** 2 + w[2] ** 4,
    (w, out) => {
      const s = w[0] + 2 * w[1];
      out.set([2 * s, 4 * s, 4 * w[2] ** 3]);
    },
  );
  const one = valleyFloor(problemAt(sum, new Float64Array(3)), nBeta)!;
  expect(one.following).toEqual([1]);
  const v = Float64Array.of(0.4, 5, 0.1);
  one.put(v);
  expect(v[1]).toBeCloseTo(-0.2, 6);
});

test("there is none where nothing is curved, or everything; and none is found where K falls on and on", () => {
  expect(valleyFloor(problemAt(powers([4, 4]), new Float64Array(2)), nBeta)).toBeUndefined();
  expect(valleyFloor(problemAt(powers([2, 2]), new Float64Array(2)), nBeta)).toBeUndefined();
  // A saddle without a curved parameter.
  const saddle = objectiveOf(
    3,
    w => w[0] * w[1] + w[2] ** 4,
    (w, out) => out.set([w[1], w[0], 4 * w[2] ** 3]),
  );
  expect(valleyFloor(problemAt(saddle, new Float64Array(3)), nBeta)).toBeUndefined();
  expect(valleyFloor(problemAt(turning, new Float64Array(2)), nBeta)!.put(Float64Array.of(0, 2))).toBe(false);
});

test("moves along the floor leave the density as it is, where others do not move at all", () => {
  // The height above the floor is of 1e-4, y of 1.
  const energy = ([x, y]: Float64Array): number => 0.5 * nBeta * (x - y * y) ** 2 + 0.5 * y * y;
  const moved = (along?: typeof floor) => {
    const move = scaleMoves([[Int32Array.of(0), Int32Array.of(1)]], new Float64Array(2), energy, { floor: along });
    const random = stream({ seed: 2, purpose: "test of floors" });
    const v = Float64Array.of(0.09, 0.3);
    let [square, height] = [0, 0];
    for (let i = 0; i < 6000; i++) {
      move(v, random.at(i));
      square += (v[1] * v[1]) / 6000;
      height += (nBeta * (v[0] - v[1] * v[1]) ** 2) / 6000;
    }
    return { square, height };
  };
  const { square, height } = moved(floor);
  expect(Math.abs(square - 1)).toBeLessThan(0.1);
  expect(Math.abs(height - 1)).toBeLessThan(0.1);
  expect(Math.abs(moved().square - 1)).toBeGreaterThan(0.5);
});

test("the height above the floor and the way along it are control variates: of mean 0, and K of the valley wherever it bends", () => {
  const gamma = 1e-6;
  const [straight, along] = [undefined, floor].map(each => controlVariatesFor(problem, gamma, each));
  const slope = new Float64Array(2);
  const at = (variates: typeof along, y: number, height: number) => {
    const w = Float64Array.of(y * y + height, y);
    bent.lossAndGradient(w, slope);
    const [z, pull, dimension] = Array.from({ length: 3 }, () => new Float64Array(variates.count));
    const byW = slope.map((each, i) => nBeta * each + gamma * w[i]);
    variates.write(w, byW, { z, pull, dimension });
    return { z, pull };
  };
  const height = 3e-5;
  for (const y of [0.1, 1]) {
    const { z, pull } = at(along, y, height);
    // 2 nBeta K of the height, less 1.
    expect(z[1]).toBeCloseTo(2 * nBeta * (2 + y * y) * height * height - 1, 3);
    // y d/dy at that height, less 1; and the same of the localiser.
    const pulled = gamma * (y * y + 2 * y * y * (y * y + height));
    expect(z[2] / (nBeta * (2 * y * y * height * height + 2 * y ** 4) + pulled - 1)).toBeCloseTo(1, 3);
    expect(2 * pull[2]).toBeCloseTo(pulled, 12);
    expect(Math.abs(at(straight, y, height).z[0])).toBeGreaterThan(100);
  }
});

test("where no floor is found a free parameter is a control variate by itself, so that its mean stays 0", () => {
  const away = problemAt(turning, new Float64Array(2));
  const variates = controlVariatesFor(away, 1, valleyFloor(away, nBeta));
  const [z, pull, dimension] = Array.from({ length: 3 }, () => new Float64Array(variates.count));
  variates.write(Float64Array.of(0.5, 2), Float64Array.of(-3, 7), { z, pull, dimension });
  expect([...z]).toEqual([0.5 * -3 - 1, 0, 2 * 7 - 1]);
  expect([...pull]).toEqual([0.125, 0, 2]);
  expect([...dimension]).toEqual([1, 0, 1]);
});
