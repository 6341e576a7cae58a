import { describe, expect, test } from "vitest";
import {
  constant,
  cosineDecay,
  exponentialDecay,
  piecewiseLinear,
  type Schedule,
  stepDecay,
  warmUp,
} from "../../src/learning/schedules.ts";

const rates = (schedule: Schedule, steps: readonly number[]) => steps.map(step => schedule.at(step));

describe.each([
  constant(0.1),
  warmUp({ steps: 5, stepSize: 0.1 }),
  cosineDecay({ stepSize: 0.1, steps: 50 }),
  stepDecay({ stepSize: 0.1, factor: 0.5, every: 10 }),
  exponentialDecay({ stepSize: 0.1, factor: 0.5, every: 10 }),
  piecewiseLinear([
    [0, 0],
    [10, 0.1],
    [90, 0.01],
  ]),
])("$name", schedule => {
  test("stays finite, from 0 and at most its top over many steps", () => {
    for (let step = 0; step < 2000; step++) {
      expect(schedule.at(step)).toBeGreaterThanOrEqual(0);
      expect(schedule.at(step)).toBeLessThanOrEqual(0.1);
    }
  });

  test("is described by what survives JSON", () => {
    expect(JSON.parse(JSON.stringify(schedule.settings))).toEqual(schedule.settings);
    expect(Object.keys(schedule.settings).length).toBeGreaterThan(0);
  });
});

test("a constant is the same at every step", () => {
  expect(rates(constant(0.3), [0, 1, 1e9])).toEqual([0.3, 0.3, 0.3]);
});

test("warm-up rises in equal parts to the first step size of what follows, which then begins at its own step 0", () => {
  expect(rates(warmUp({ steps: 4, stepSize: 2 }), [0, 1, 2, 3, 4, 100])).toEqual([0.5, 1, 1.5, 2, 2, 2]);
  const rate = stepDecay({ stepSize: 2, factor: 0.5, every: 3 });
  expect(rates(warmUp({ steps: 2, stepSize: rate }), [0, 1, 2, 3, 4, 5])).toEqual([1, 2, 2, 2, 2, 1]);
});

test("cosine decay is half a period: whole, 3/4, half and 1/4 at 0, 1/3, 1/2 and 2/3, then its end", () => {
  const schedule = cosineDecay({ stepSize: 1, steps: 12, end: 0.5 });
  const expected = [1, 0.875, 0.75, 0.625, 0.5, 0.5];
  rates(schedule, [0, 4, 6, 8, 12, 13]).forEach((rate, i) => {
    expect(Math.abs(rate - expected[i])).toBeLessThan(2 * Number.EPSILON);
  });
  expect(schedule.at(12)).toBe(0.5);
});

test("step decay halves exactly, on the step, and sinks to 0 without leaving the numbers", () => {
  const schedule = stepDecay({ stepSize: 0.1, factor: 0.5, every: 10 });
  expect(rates(schedule, [0, 9, 10, 19, 20, 110])).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.1 / 2048]);
  expect(schedule.at(1e9)).toBe(0);
});

test("exponential decay meets the staircase at its steps and is its geometric mean half way", () => {
  const smooth = exponentialDecay({ stepSize: 0.1, factor: 0.7, every: 10 });
  const stairs = stepDecay({ stepSize: 0.1, factor: 0.7, every: 10 });
  for (const step of [0, 10, 20, 100])
    expect(Math.abs(smooth.at(step) / stairs.at(step) - 1)).toBeLessThan(16 * Number.EPSILON);
  expect(Math.abs(smooth.at(5) / Math.sqrt(stairs.at(0) * stairs.at(10)) - 1)).toBeLessThan(8 * Number.EPSILON);
});

test("piecewise linear goes through its points, straight between and level outside", () => {
  const schedule = piecewiseLinear([
    [2, 1],
    [6, 3],
    [8, 0],
  ]);
  expect(rates(schedule, [0, 2, 3, 4, 6, 7, 8, 99])).toEqual([1, 1, 1.5, 2, 3, 1.5, 0, 0]);
});

test.each([
  ["stepSize", () => constant(0)],
  ["steps", () => warmUp({ steps: 0, stepSize: 1 })],
  ["stepSize", () => warmUp({ steps: 1, stepSize: -1 })],
  ["stepSize", () => warmUp({ steps: 1, stepSize: {} as Schedule })],
  ["steps", () => cosineDecay({ stepSize: 1, steps: 1.5 })],
  ["end", () => cosineDecay({ stepSize: 1, steps: 1, end: -1 })],
  ["factor", () => stepDecay({ stepSize: 1, factor: 0, every: 1 })],
  ["factor", () => exponentialDecay({ stepSize: 1, factor: 1.1, every: 1 })],
  ["every", () => stepDecay({ stepSize: 1, factor: 0.5, every: 0 })],
  ["points", () => piecewiseLinear([])],
  ["stepSize of points\\[0\\]", () => piecewiseLinear([[0, -1]])],
  [
    "step of points\\[1\\]",
    () =>
      piecewiseLinear([
        [3, 1],
        [3, 2],
      ]),
  ],
])("a bad %s is refused by name", (name, make) => {
  expect(make).toThrow(new RegExp(`^${name} is `));
});
