import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { findChanges } from "../../../src/transitions/change/find-changes.ts";
import { findJointChanges } from "../../../src/transitions/change/joint-changes.ts";
import { full } from "../../support/full.ts";
import { messageOf } from "../../support/message-of.ts";

const N = 300;
const SERIES = [0, 1, 2];
/** Stationary AR(1) noise of coefficient 1/2 and standard deviation 1. */
const noise = (seed: number, chain: number): Float64Array => {
  const random = stream({ seed, chain, purpose: "joint" });
  let value = random.normal();
  return Float64Array.from({ length: N }, () => {
    const now = value;
    value = 0.5 * value + Math.sqrt(0.75) * random.normal();
    return now;
  });
};
const placeOf = (seed: number): number => 120 + ((7 * seed) % 60);
/** Levels of some series change by `size`, up in one and down in the next. */
const series = (seed: number, size: number, members: readonly boolean[]): Float64Array[] =>
  SERIES.map(i =>
    noise(seed, i).map((value, t) => value + (members[i] && t >= placeOf(seed) ? (i % 2 ? -size : size) : 0)),
  );

const seeds = Array.from({ length: full ? 200 : 6 }, (_, seed) => 500 + seed);
const TIMEOUT = full ? 900_000 : 60_000;

test(
  "a change that all series share is seen where few of them show it alone",
  () => {
    let [together, alone, held] = [0, 0, 0];
    for (const seed of seeds) {
      const curves = series(seed, 1.3, [true, true, true]);
      const near = findJointChanges(curves).changes.find(({ at }) => Math.abs(at.estimate - placeOf(seed)) <= 15);
      if (near) together++;
      if (near && near.at.low <= placeOf(seed) && placeOf(seed) <= near.at.high) held++;
      alone += curves.filter(values => findChanges(values).changes.length > 0).length / SERIES.length;
    }
    expect(together).toBeGreaterThanOrEqual(0.8 * seeds.length);
    expect(together).toBeGreaterThan(alone + 0.2 * seeds.length);
    expect(held).toBeGreaterThanOrEqual(0.8 * together - 1);
  },
  TIMEOUT,
);

test(
  "independent noise shares no change, in at most 5 % of the cases",
  () => {
    const alarms = seeds.filter(seed => findJointChanges(series(seed, 0, [])).changes.length > 0).length;
    expect(alarms).toBeLessThanOrEqual(0.05 * seeds.length + 3.1 * Math.sqrt(0.0475 * seeds.length));
  },
  TIMEOUT,
);

test("series that do not take part are named, and sizes are those that were put in", () => {
  const { changes, series: laws } = findJointChanges(series(3, 4, [true, false, true]));
  expect(changes).toHaveLength(1);
  const [{ at, levels, step, evidence }] = changes;
  expect(Math.abs(at.estimate - placeOf(3))).toBeLessThanOrEqual(2);
  expect(step).toBe(at.estimate);
  expect(evidence).toBeGreaterThan(20);
  expect(levels[1]).toBeNull();
  for (const i of [0, 2]) {
    expect(levels[i]!.low).toBeLessThan(4);
    expect(levels[i]!.high).toBeGreaterThan(4);
  }
  expect(laws.map(({ law }) => law)).toHaveLength(3);
  for (const { phi } of laws) expect(Math.abs(phi - 0.5)).toBeLessThan(0.25);
});

test("one series gives what findChanges gives; what cannot be used is named", () => {
  const [values] = series(4, 4, [true]);
  const joint = findJointChanges([values]).changes.map(({ at }) => at.estimate);
  expect(joint).toEqual(findChanges(values).changes.map(({ at }) => at.estimate));
  expect(messageOf(() => findJointChanges([]))).toBe("the number of series is 0: needs at least one");
  expect(messageOf(() => findJointChanges([values, values.subarray(1)]))).toMatch(
    /^the length of series\[1\] is 299: needs 300/,
  );
  expect(findJointChanges([new Float64Array(60).fill(1)]).changes).toEqual([]);
});
