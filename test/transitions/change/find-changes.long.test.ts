import { expect, test } from "vitest";
import { jumpSeries, LENGTH, nullSeries, nulls } from "../../../bench/change/series.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { findChanges } from "../../../src/transitions/change/find-changes.ts";
import { messageOf } from "../../support/message-of.ts";

const normals = (n: number, seed: number): Float64Array => {
  const out = new Float64Array(n);
  stream({ seed, purpose: "noise" }).normals(out);
  return out;
};

const typesOf = (values: ArrayLike<number>, steps?: ArrayLike<number>) =>
  findChanges(values, steps).changes.map(({ type }) => type);

test("smooth curves, walks and noise are no transitions", () => {
  const seeds = [0, 1, 2];
  const alarms = Object.keys(nulls).flatMap(name =>
    seeds.flatMap(seed => {
      const { values, steps } = nullSeries(name, seed);
      return typesOf(values, steps).map(type => `${name} ${seed}: ${type}`);
    }),
  );
  // At 5 % of 42 series, more than 6 come once in two hundred times. [binomial]
  expect(alarms.length, alarms.join("\n")).toBeLessThanOrEqual(6);
});

test("power laws that begin later, such as hyperbolas, are no transitions; a fall that is steep beside them is one", () => {
  const alarms = ["later power law, linear steps", "later power law, log steps"].flatMap(name =>
    [10, 11, 12, 13, 14, 15].flatMap(seed => {
      const { values, steps } = nullSeries(name, seed);
      return typesOf(values, steps).map(type => `${name} ${seed}: ${type}`);
    }),
  );
  expect(alarms.length, alarms.join("\n")).toBeLessThanOrEqual(1);
  const falls = normals(LENGTH, 1).map((draw, i) => 1 / (1 + Math.exp((i - 180) / 4)) + 0.03 * draw);
  const { changes } = findChanges(falls);
  expect(changes.map(({ type }) => type)).toContain("level");
  expect(Math.abs(changes[0].at.estimate - 170)).toBeLessThan(15);
});

test("a jump is found where it is, with its size", () => {
  let [held, covered] = [0, 0];
  const cases = [0, 0.5, 0.9].flatMap(phi => [0, 1, 2, 3].map(seed => ({ phi, seed })));
  for (const { phi, seed } of cases) {
    const { values, at } = jumpSeries(phi, 4, seed);
    const { changes, health } = findChanges(values);
    const jump = changes.find(({ type }) => type === "level");
    if (jump && jump.at.low <= at && at <= jump.at.high) held++;
    if (jump?.level && jump.level.low <= 4 && 4 <= jump.level.high) covered++;
    expect(typeof health.isHealthy).toBe("boolean");
  }
  expect(held).toBeGreaterThanOrEqual(cases.length - 2);
  expect(covered).toBeGreaterThanOrEqual(cases.length - 3);
});

test("a jump on a power law is told from its bend, on linear and on log steps", () => {
  const seeds = [3, 4, 5, 6, 7, 8, 9, 10];
  let [alarms, others, held] = [0, 0, 0];
  for (const steps of [
    Float64Array.from({ length: LENGTH }, (_, i) => i + 1),
    Float64Array.from({ length: LENGTH }, (_, i) => 1e5 ** (i / (LENGTH - 1))),
  ])
    for (const seed of seeds) {
      const noise = normals(LENGTH, seed);
      const smooth = steps.map((step, i) => step ** -0.4 + 0.02 * noise[i]);
      if (typesOf(smooth, steps).length > 0) alarms++;
      const { changes } = findChanges(
        smooth.map((value, i) => value - (i >= 190 ? 0.06 : 0)),
        steps,
      );
      const jump = changes.find(({ type, at }) => type === "level" && Math.abs(at.estimate - 190) <= 3)!;
      expect(jump, `seed ${seed}`).toBeDefined();
      expect(jump.step).toBe(steps[jump.at.estimate]);
      if (changes.length > 1) others++;
      if (jump.level!.low < -0.06 && -0.06 < jump.level!.high) held++;
    }
  // At 5 % of 16, more than 3 come once in a hundred times. [binomial]
  expect([alarms, others, 16 - held].filter(count => count > 3)).toEqual([]);
});

test("each type is named: slope, variance, dependence, several jumps", () => {
  const noise = normals(400, 5);
  const bends = [5, 6, 7, 8, 9, 10].map(
    seed =>
      findChanges(
        normals(400, seed).map((value, i) => value + 0.15 * Math.max(0, i - 220) - 0.1 * Math.max(0, 220 - i)),
      ).changes,
  );
  // Beside the bend a false alarm may come, about once in thirty curves.
  expect(bends.filter(changes => changes.length > 1).length).toBeLessThanOrEqual(1);
  const bent = bends.map(changes => changes.find(({ type }) => type === "slope")!);
  const held = (low: number, value: number, high: number): boolean => low <= value && value <= high;
  expect(bent.filter(({ slope }) => held(slope!.low, 0.05, slope!.high)).length).toBeGreaterThanOrEqual(4);
  expect(bent.filter(({ at }) => held(at.low, 220, at.high)).length).toBeGreaterThanOrEqual(4);

  const louder = findChanges(noise.map((value, i) => (i < 150 ? 1 : 3) * value)).changes;
  expect(louder.map(({ type }) => type)).toEqual(["variance"]);
  expect(Math.abs(louder[0].at.estimate - 150)).toBeLessThan(15);
  expect(louder[0].ratio!.low).toBeLessThan(3);
  expect(louder[0].ratio!.high).toBeGreaterThan(3);
  expect(louder[0].ratio!.low).toBeGreaterThan(2);

  let last = 0;
  const sticky = noise.map((value, i) => {
    last = i < 200 ? value : 0.85 * last + Math.sqrt(1 - 0.85 * 0.85) * value;
    return last;
  });
  const stickier = findChanges(sticky).changes.find(({ type }) => type === "dependence")!;
  expect(stickier.at.low).toBeLessThanOrEqual(200);
  expect(stickier.at.high).toBeGreaterThanOrEqual(200);
  expect(stickier.difference!.low).toBeLessThan(0.85);
  expect(stickier.difference!.high).toBeGreaterThan(0.85);

  const stairs = findChanges(noise.map((value, i) => value + 5 * [0, 1, -1, 0.5][Math.floor(i / 100)])).changes;
  expect(stairs.map(({ type }) => type)).toEqual(["level", "level", "level"]);
  stairs.forEach(({ at }, i) => {
    expect(Math.abs(at.estimate - 100 * (i + 1))).toBeLessThanOrEqual(1);
  });
});

test("units of curve and steps do not matter", () => {
  const { values } = jumpSeries(0.5, 3, 7);
  const plain = findChanges(values);
  const steps = Float64Array.from(values, (_, i) => 64 * i);
  const other = findChanges(
    values.map(value => 1024 * value),
    steps,
  );
  expect(other.changes.map(({ at, type }) => ({ at, type }))).toEqual(
    plain.changes.map(({ at, type }) => ({ at, type })),
  );
  expect(other.changes[0].level!.estimate).toBeCloseTo(1024 * plain.changes[0].level!.estimate, 6);
  const shifted = findChanges(values.map(value => value + 50));
  const placesOf = ({ changes }: typeof plain) =>
    changes.map(({ at: { estimate, low, high } }) => ({ estimate, low, high }));
  expect(placesOf(shifted)).toEqual(placesOf(plain));
});

test("curves without noise, constant ones, and what cannot be used", () => {
  expect(findChanges(new Float64Array(60).fill(2)).changes).toEqual([]);
  const stairs = findChanges(Float64Array.from({ length: 60 }, (_, i) => (i < 25 ? 0 : 1)));
  expect(stairs.changes.map(({ at }) => at.estimate)).toEqual([25]);
  expect(stairs.health.isHealthy).toBe(false);
  expect(messageOf(() => findChanges(new Float64Array(14)))).toBe("the length of values is 14: needs at least 15");
  expect(messageOf(() => findChanges(normals(50, 1).with(3, Infinity)))).toMatch(/^values\[3\] is Infinity/);
  expect(messageOf(() => findChanges(normals(50, 1), new Float64Array(50)))).toMatch(/^steps\[1\] is 0/);
  expect(messageOf(() => findChanges(normals(50, 1), normals(49, 1)))).toMatch(/^the length of steps is 49/);
});

test("noise that is remembered for long leaves the level of the drawn mean open: it lies nearest to the curve", () => {
  const fittedOff = (values: Float64Array): number => {
    const { fitted } = findChanges(values);
    return values.reduce((sum, value, t) => sum + (value - fitted![t]), 0) / values.length;
  };
  const slow = (phi: number): Float64Array => {
    let noise = 3;
    return normals(300, 11).map((draw, t) => {
      noise = phi * noise + 0.05 * draw;
      return noise + (t < 150 ? 0 : 2);
    });
  };
  for (const phi of [0.98, 0.99, 1]) expect(Math.abs(fittedOff(slow(phi)))).toBeLessThan(1e-10);
});

test("twenty jumps in two thousand values are all found, each where it is", () => {
  const n = 2000;
  const draws = stream({ seed: 12, purpose: "places" });
  let place = 0;
  const places = Array.from({ length: 20 }, () => {
    place += Math.round(40 + 105 * draws.uniform());
    return place;
  });
  let noise = 0;
  const values = normals(n, 12).map((draw, t) => {
    noise = 0.5 * noise + Math.sqrt(0.75) * draw;
    return noise + 4 * (places.filter(at => at <= t).length % 2);
  });
  const { changes } = findChanges(values);
  expect(changes.map(({ type }) => type)).toEqual(places.map(() => "level"));
  changes.forEach(({ at }, i) => {
    expect(Math.abs(at.estimate - places[i])).toBeLessThanOrEqual(2);
  });
});
