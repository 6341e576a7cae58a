import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { findChanges } from "../../../src/transitions/change/find-changes.ts";
import { placeOf } from "../../../src/transitions/change/place.ts";
import { spikesOf } from "../../../src/transitions/change/spikes.ts";

const N = 300;
const normals = (seed: number): Float64Array => {
  const values = new Float64Array(N);
  stream({ seed, purpose: "course" }).normals(values);
  return values;
};

test("what comes again in each epoch is a season of any period, beside which a jump is found", () => {
  for (const seed of [1, 2]) {
    const epochs = normals(seed).map((draw, t) => draw + 4 * ((t / 17.3) % 1));
    const none = findChanges(epochs);
    expect(none.period).toBeGreaterThan(17.1);
    expect(none.period).toBeLessThan(17.5);
    expect(none.changes).toEqual([]);
    const { changes } = findChanges(epochs.map((value, t) => value + (t < 180 ? 0 : 2)));
    expect(changes.map(({ type }) => type)).toEqual(["level"]);
    expect(Math.abs(changes[0].at.estimate - 180)).toBeLessThanOrEqual(3);
  }
  expect(findChanges(normals(3)).period).toBeNull();
});

test("spikes are left out and named; levels, slopes and steep beginnings are no spikes", () => {
  const noise = normals(4);
  const spiky = noise.map((value, t) => value + (t === 90 || t === 91 || t === 200 ? 30 : 0));
  expect(spikesOf(spiky)).toEqual([90, 91, 200]);
  const { changes, spikes } = findChanges(spiky.map((value, t) => value + (t < 150 ? 0 : 2)));
  expect(spikes).toEqual([90, 91, 200]);
  expect(changes.map(({ type }) => type)).toEqual(["level"]);
  expect(Math.abs(changes[0].at.estimate - 150)).toBeLessThanOrEqual(3);
  for (const smooth of [
    (t: number) => (t < 150 ? 0 : 30),
    (t: number) => 50 / (t + 1),
    (t: number) => 3 * Math.abs(t - 150),
  ])
    expect(spikesOf(noise.map((value, t) => value + smooth(t)))).toEqual([]);
  // What is frequent is noise.
  expect(spikesOf(noise.map((value, t) => value + (t % 12 === 0 ? 30 : 0)))).toEqual([]);
});

test("jumps that come again at nearly even distances and lead nowhere are the curve's course; a staircase, or uneven ones, are changes", () => {
  const draws = stream({ seed: 5, purpose: "gaps" });
  const even: number[] = [];
  for (let at = 20; at < N - 10; at += 25 + draws.below(7)) even.push(at);
  const levels = (places: readonly number[], size: (k: number) => number) =>
    normals(6).map((draw, t) => 0.3 * draw + places.reduce((sum, at, k) => sum + (at <= t ? size(k) : 0), 0));
  const back = (k: number): number => (k % 2 ? -3 : 3);
  const cycle = findChanges(levels(even, back));
  expect(cycle.changes).toEqual([]);
  expect(cycle.cycle!.count).toBe(even.length);
  const stairs = findChanges(levels(even, () => 3));
  expect(stairs.cycle).toBeNull();
  expect(stairs.changes.length).toBe(even.length);
  const uneven = [20, 34, 90, 104, 150, 170, 178, 230, 260, 275];
  expect(findChanges(levels(uneven, back)).changes.length).toBe(uneven.length);
});

test("the moment of a change has an interval of 95 %, parts of indices where those hold more", () => {
  const scores = (...shares: number[]): Float64Array =>
    Float64Array.from(shares, share => (share > 0 ? Math.log(share) : -Infinity));
  const alone = placeOf(scores(0, 0, 0, 1, 0), 3);
  expect([alone.low, alone.high, alone.probability]).toEqual([3, 3, 1]);
  expect(alone.moment.low).toBeCloseTo(2.025, 12);
  expect(alone.moment.high).toBeCloseTo(2.975, 12);
  // 0.6 + 0.3 and half of 0.1.
  const three = placeOf(scores(0.1, 0.6, 0.3), 1);
  expect(three.moment.low).toBeCloseTo(-0.5, 12);
  expect(three.moment.high).toBe(2);
  const two = placeOf(scores(0.02, 0.9, 0.08), 1);
  expect(two.moment.low).toBe(0);
  expect(two.moment.high).toBeCloseTo(1 + 0.05 / 0.08, 12);
});
