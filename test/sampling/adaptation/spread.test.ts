import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { freshSpread, restartSpread, scaleFrom, takeIn } from "../../../src/sampling/adaptation/spread.ts";

const draws = Array.from({ length: 40 }, (_, i) => {
  const [a, b] = [0, 1].map(k => stream({ seed: 1, step: 2 * i + k, purpose: "draws" }).normal());
  return Float64Array.of(100 + 2 * a, -5 + a + 0.5 * b);
});

/** Covariance of all draws, drawn towards 1e-3. */
const covariance = (i: number, j: number): number => {
  const mean = (k: number) => draws.reduce((sum, w) => sum + w[k], 0) / 40;
  const sum = draws.reduce((total, w) => total + (w[i] - mean(i)) * (w[j] - mean(j)), 0);
  return (40 / 45) * (sum / 39) + (i === j ? (1e-3 * 5) / 45 : 0);
};

test("diagonal: the root of each variance", () => {
  const state = freshSpread(2, "diagonal");
  const scale = new Float64Array(2);
  // What an earlier window saw is forgotten.
  takeIn(state, Float64Array.of(7, 7), "diagonal", new Float64Array(2));
  restartSpread(state);
  for (const w of draws) takeIn(state, w, "diagonal", new Float64Array(2));
  scaleFrom(state, "diagonal", scale);
  for (let i = 0; i < 2; i++) expect(scale[i] ** 2).toBeCloseTo(covariance(i, i), 12);
});

test("dense: a lower triangle whose square is the covariance", () => {
  const state = freshSpread(2, "dense");
  const scale = new Float64Array(4);
  for (const w of draws) takeIn(state, w, "dense", new Float64Array(2));
  scaleFrom(state, "dense", scale);
  expect(scale[1]).toBe(0);
  expect(scale[0] ** 2).toBeCloseTo(covariance(0, 0), 12);
  expect(scale[0] * scale[2]).toBeCloseTo(covariance(0, 1), 12);
  expect(scale[2] ** 2 + scale[3] ** 2).toBeCloseTo(covariance(1, 1), 12);
});
