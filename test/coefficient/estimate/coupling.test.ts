import { expect, test } from "vitest";
import { betweenBlocks, couplingAt } from "../../../src/coefficient/estimate/coupling.ts";
import { problemAt } from "../../../src/coefficient/estimate/problem.ts";
import { scaleMoves } from "../../../src/coefficient/estimate/scale-moves.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { objectiveOf } from "./losses.ts";

/** K = sum of w_i^2 w_(i + pairs)^2: each parameter shares the loss with one other. */
const pairs = 8;
const crossings = objectiveOf(
  2 * pairs,
  w => Array.from({ length: pairs }, (_, i) => (w[i] * w[i + pairs]) ** 2).reduce((sum, each) => sum + each, 0),
  (w, out) => {
    for (let i = 0; i < 2 * pairs; i++) out[i] = 2 * w[i] * w[(i + pairs) % (2 * pairs)] ** 2;
  },
);
const size = 2 * pairs;
const coupling = couplingAt(problemAt(crossings, new Float64Array(size)), 1);

test("parameters are coupled that share the loss, and blocks as their parameters are", () => {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) if (i !== j) expect(coupling[i * size + j] > 1e-6).toBe((i + pairs) % size === j);
  const [first, second, third] = [
    [0, 1],
    [2, 3],
    [8, 4],
  ].map(block => Int32Array.from(block));
  const [a, b, c] = betweenBlocks(coupling, size, [first, second, third]);
  expect([...a].map(each => each > 1e-6)).toEqual([false, false, true]);
  expect([...b].map(each => each > 1e-6)).toEqual([false, false, false]);
  expect(c[0]).toBeCloseTo(a[2], 12);
});

test("scales are exchanged with whom the loss is shared, so that the arms of a crossing are met again and again", () => {
  const nBeta = 1e10;
  const energy = (w: Float64Array): number => nBeta * crossings.loss(w) + 0.5 * w.reduce((sum, x) => sum + x * x, 0);
  const blocks = Array.from({ length: size }, (_, i) => Int32Array.of(i));
  const turnsOf = (known?: Float64Array): number => {
    const move = scaleMoves([blocks], new Float64Array(size), energy, { most: 3, coupling: known });
    const random = stream({ seed: 3, purpose: "test of coupling" });
    const w = new Float64Array(size).fill(1e-3);
    let [turns, before] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      move(w, random.at(i));
      // On which arm the first pair is, of those far from the crossing.
      const arm = Math.sign(Math.log(Math.abs(w[0] / w[pairs])));
      if (arm !== before) turns++;
      before = arm;
    }
    return turns;
  };
  expect(turnsOf(coupling)).toBeGreaterThan(2 * turnsOf());
});
