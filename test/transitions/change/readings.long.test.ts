import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { findChanges } from "../../../src/transitions/change/find-changes.ts";

const normals = (n: number, seed: number): Float64Array => {
  const values = new Float64Array(n);
  stream({ seed, purpose: "readings" }).normals(values);
  return values;
};

/** Values whose differences are AR(1) noise of coefficient 0.6 around a slope. */
const smoothWalk = (seed: number, slope: (t: number) => number, jump: (t: number) => number = () => 0) => {
  let [difference, value] = [0, 0];
  return normals(240, seed).map((draw, t) => {
    difference = 0.6 * difference + draw;
    value += difference + slope(t);
    return value + jump(t);
  });
};

const holds = (interval: { low: number; high: number }, value: number): boolean =>
  interval.low <= value && value <= interval.high;

test("growth in proportion is read as logarithms, its changes told in units of the values", () => {
  let held = 0;
  for (const seed of [1, 2]) {
    const noise = normals(240, seed);
    const season = (t: number): number => 0.2 * Math.sin((2 * Math.PI * t) / 12);
    const grown = noise.map((draw, t) => Math.exp(5 + 0.01 * t + season(t) + 0.03 * draw));
    const none = findChanges(grown);
    expect([none.scale, none.changes.length, Math.round(none.period!)]).toEqual(["log value", 0, 12]);
    const { scale, changes, fitted } = findChanges(grown.map((value, t) => (t < 150 ? value : 0.8 * value)));
    expect([scale, changes.map(({ type }) => type)]).toEqual(["log value", ["level"]]);
    expect(Math.abs(changes[0].at.estimate - 150)).toBeLessThanOrEqual(1);
    // A fifth of what the curve was at the value before.
    if (holds(changes[0].level!, -0.2 * Math.exp(5 + 0.01 * 149 + season(149)))) held++;
    for (const t of [20, 120, 200])
      expect(fitted![t] / ((t < 150 ? 1 : 0.8) * Math.exp(5 + 0.01 * t + season(t)))).toBeCloseTo(1, 1);
  }
  expect(held).toBeGreaterThanOrEqual(1);
});

test("noise smoother than AR(1) is read by differences: no change in it, a bend where their level changes, a jump where one is far from the others", () => {
  for (const seed of [1, 2]) {
    const none = findChanges(smoothWalk(seed, () => 0.5));
    expect([none.isIntegrated, none.changes.length]).toEqual([true, 0]);
    const [bend] = findChanges(smoothWalk(seed, t => (t > 130 ? -5 : 0.5))).changes;
    expect(bend.type).toBe("slope");
    expect(Math.abs(bend.at.estimate - 130)).toBeLessThanOrEqual(3);
    expect(bend.slope!.low).toBeGreaterThan(-8);
    expect(bend.slope!.high).toBeLessThan(-3);
    const [jump] = findChanges(
      smoothWalk(
        seed,
        () => 0.5,
        t => (t < 90 ? 0 : 25),
      ),
    ).changes;
    expect([jump.type, jump.at.estimate]).toEqual(["level", 90]);
    expect(Math.abs(jump.level!.estimate - 25)).toBeLessThan(4);
  }
});

test("a jump over several values is one change, one that comes back none, and one beside a bend both", () => {
  const shapeOf = (slope: (t: number) => number, jump: (t: number) => number) =>
    findChanges(smoothWalk(5, slope, jump)).changes.map(({ type, at, width }) => ({ type, at: at.estimate, width }));
  const flat = (): number => 0.5;
  expect(shapeOf(flat, t => (t < 90 ? 0 : t < 93 ? 25 : 60))).toEqual([{ type: "level", at: 90, width: 4 }]);
  expect(shapeOf(flat, t => (t < 90 || t > 93 ? 0 : 40))).toEqual([]);
  const [both, ...others] = shapeOf(
    t => (t > 90 ? -5 : 0.5),
    t => (t < 90 ? 0 : 40),
  );
  expect([both.type, both.at, others.length]).toEqual(["level and slope", 90, 0]);
});

test("values without noise beyond the unit in which they are written are read as they are", () => {
  const smooth = Float64Array.from({ length: 200 }, (_, t) => 0.9 * Math.exp(-t / 60) + 0.05);
  const written = findChanges(smooth.map(value => Math.round(value * 50) / 50));
  expect([written.scale, written.isIntegrated]).toEqual(["value", false]);
  const accuracy = findChanges(
    Float64Array.from({ length: 200 }, (_, t) => Math.min(66, 2 + 4 * Math.floor(t / 3)) / 66),
  );
  expect([accuracy.scale, accuracy.isIntegrated]).toEqual(["value", false]);
});
