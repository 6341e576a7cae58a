import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { pelt } from "../../../src/transitions/change/pelt.ts";
import { noiseVariance, penalties } from "../../../src/transitions/change/penalties.ts";
import type { SegmentCost } from "../../../src/transitions/change/segment-cost.ts";
import { slopeCost } from "../../../src/transitions/change/slope-cost.ts";

const totalOf = ({ at, length }: SegmentCost, changes: readonly number[], penalty: number): number =>
  [...changes, length].reduce((sum, end, i) => sum + at(changes[i - 1] ?? 0, end) + (i > 0 ? penalty : 0), 0);

/** The cheapest partition, all of them looked at from every end. */
const cheapest = ({ at, length, least }: SegmentCost, penalty: number): number => {
  const best = new Float64Array(length + 1).fill(Infinity);
  best[0] = -penalty;
  for (let end = least; end <= length; end++)
    for (let start = 0; start <= end - least; start++)
      best[end] = Math.min(best[end], best[start] + at(start, end) + penalty);
  return best[length];
};

test("pruning loses no partition, however long segments have to be", () => {
  const random = stream({ seed: 8, purpose: "pelt" });
  for (let trial = 0; trial < 200; trial++) {
    const length = 12 + random.below(20);
    const values = Float64Array.from({ length }, () => random.normal() + (random.uniform() < 0.2 ? 4 : 0));
    const cost = { ...slopeCost(values), least: 2 + (trial % 4) };
    const penalty = 0.5 + 3 * random.uniform();
    const changes = pelt(cost, penalty);
    expect(changes.every((end, i) => end - (changes[i - 1] ?? 0) >= cost.least)).toBe(true);
    expect(totalOf(cost, changes, penalty)).toBeCloseTo(cheapest(cost, penalty), 9);
  }
});

test("penalties by their definitions, and the variance of noise from its differences", () => {
  expect(penalties.aic(100, 2)).toBe(6);
  expect(penalties.bic(100, 2)).toBeCloseTo(3 * Math.log(100), 12);
  expect(penalties.mbic(100, 2)).toBeCloseTo(4 * Math.log(100), 12);
  const noise = new Float64Array(20_000);
  stream({ seed: 9, purpose: "noise" }).normals(noise);
  expect(noiseVariance(noise.map((value, i) => 3 * value + (i > 10_000 ? 50 : 0))) / 9).toBeCloseTo(1, 1);
});
