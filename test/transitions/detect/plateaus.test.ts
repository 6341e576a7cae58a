import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { levelStretches } from "../../../src/transitions/detect/plateaus.ts";
import { ranksOf } from "../../../src/transitions/detect/ranks.ts";

const track = (value: Float64Array) => ({ name: "loss", step: Float64Array.from(value, (_, i) => 10 * i), value });

/** Noise of deviation 1 around 0, a value keeping the share phi of the one before. */
const noise = (seed: number, n: number, phi = 0): Float64Array => {
  const random = stream({ seed, purpose: "noise" });
  const out = new Float64Array(n);
  let value = random.normal();
  for (let i = 0; i < n; i++) {
    out[i] = value;
    value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
  }
  return out;
};

test("two plateaus begin and end where they do, and a step too short to be one is left out", () => {
  const values = noise(1, 205).map((value, i) => (i < 100 ? 3 : i < 105 ? 2 : 1) + 0.01 * value);
  const found = levelStretches(track(values))!;
  expect(found.map(({ from, to }) => [from, to])).toEqual([
    [0, 990],
    [1050, 2040],
  ]);
  expect(found[0].level.estimate).toBeCloseTo(3, 2);
  expect(found[1].level.estimate).toBeCloseTo(1, 2);
});

test("the interval of a level in dependent noise holds it", () => {
  let [held, seen] = [0, 0];
  for (let seed = 0; seed < 24; seed++)
    for (const { level } of levelStretches(track(noise(seed, 200, 0.6)))!) {
      seen++;
      if (level.low <= 0 && level.high >= 0) held++;
    }
  expect(seen).toBeGreaterThan(20);
  expect(held / seen).toBeGreaterThan(0.85);
});

test("what falls all along is no plateau", () => {
  const falling = noise(2, 200).map((value, i) => -i + 0.01 * value);
  expect(levelStretches(track(falling))).toEqual([]);
});

test("what drifts by more than its noise is none either, however slowly", () => {
  const drifting = noise(3, 200).map((value, i) => -0.002 * i + 0.01 * value);
  const longest = levelStretches(track(drifting))!.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  expect(longest).toBeLessThan(200);
});

test("a stretch that falls by more than it scatters, and by more than chance, is left out", () => {
  let largest = 0;
  for (let seed = 0; seed < 10; seed++) {
    const falling = noise(seed, 60).map((value, i) => value - i / 30);
    for (const { drift } of levelStretches(track(falling))!) {
      const beyond = Math.abs(drift.estimate) / Math.max(drift.high - drift.estimate, 1);
      largest = Math.max(largest, beyond);
    }
  }
  expect(largest).toBeLessThan(1.3);
});

test("ranks begin at 1, ties share theirs", () => {
  expect([...ranksOf([10, 30, 10, -5])]).toEqual([2.5, 4, 2.5, 1]);
});
