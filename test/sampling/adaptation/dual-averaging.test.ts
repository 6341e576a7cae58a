import { expect, test } from "vitest";
import {
  average,
  averaged,
  freshAveraging,
  restartAveraging,
} from "../../../src/sampling/adaptation/dual-averaging.ts";

test("its first two steps, written out", () => {
  const state = freshAveraging();
  restartAveraging(state, 0.1);
  // centre = log 1 = 0.
  const first = average(state, 0.5, 0.8);
  const error = 0.3 / 11;
  expect(Math.log(first)).toBeCloseTo(-error / 0.05, 12);
  expect(averaged(state)).toBeCloseTo(first, 12);
  const second = average(state, 1, 0.8);
  const next = error * (1 - 1 / 12) - 0.2 / 12;
  expect(Math.log(second)).toBeCloseTo((-Math.sqrt(2) / 0.05) * next, 12);
  const weight = 2 ** -0.75;
  expect(Math.log(averaged(state))).toBeCloseTo(weight * Math.log(second) + (1 - weight) * Math.log(first), 12);
});

test("finds the step size at which the acceptance is the target", () => {
  const state = freshAveraging();
  restartAveraging(state, 10);
  let step = 10;
  // Acceptance 1 / (1 + step): 0.8 at step = 1/4.
  for (let i = 0; i < 20_000; i++) step = average(state, 1 / (1 + step), 0.8);
  expect(averaged(state)).toBeCloseTo(0.25, 2);
});
