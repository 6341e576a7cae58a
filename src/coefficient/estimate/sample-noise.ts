import type { SampledObjective } from "../../contracts/objective.ts";
import { stream } from "../../numerics/stream.ts";
import type { Problem } from "./problem.ts";

/** Parts that the samples are dealt into, and the least number of samples of one. */
const PARTS = 16;
const LEAST_SAMPLES = 4;
const DIRECTIONS = 8;
/** n K of the points that are looked at is at most this: below what the coldest chains see. */
const ENERGY = 1e-8;
const HALVINGS = 60;
/** K in units of its standard error over parts: chance gives values of order 1. */
const CANCELS = 0.01;
const ABSENT = 20;
/** What parts differ by is seen where it is this many times their rounding. */
const SEEN = 100;
/** Parts that differ by no larger share are the same. */
const ALIKE = 1e-9;

/**
 * Whether K is known to be free of the noise of its samples. Where it is not, K of n samples says nothing of what is finer than 1 / n: near the minimum the noise,
 * of order sqrt(K / n), outweighs K itself.
 *
 * Looked at is where noise would show, along directions in which K has no curvature, at points where n K is 1e-8 or less. There K, the mean over parts of the
 * samples, is of the order of its standard error by these parts if it is noise. It is a small part of that where the noise cancels between samples (as in designs
 * in which every input is met with opposite residuals), and many times that where there is none (as where a network fits all its labels exactly). Directions in which
 * parts do not differ say nothing.
 */
export const isFreeOfNoise = (problem: Problem, objective: SampledObjective): boolean => {
  const { size, at, curvature, baseline, excess } = problem;
  const { samples } = objective;
  const { values, vectors, matrix, noise } = curvature;
  const parts = Math.min(PARTS, Math.floor(samples / LEAST_SAMPLES));
  const flat = Array.from(values.keys()).filter(row => values[row] <= noise);
  if (!matrix || parts < 2 || flat.length === 0) return false;
  const numbers = stream({ seed: 0, purpose: "coefficient sample noise" });
  const order = Int32Array.from({ length: samples }, (_, i) => i);
  numbers.shuffle(order);
  const w = new Float64Array(size);
  const unused = new Float64Array(size);
  const partAt = (point: Float64Array, part: number): number => {
    const [from, to] = [part, part + 1].map(k => Math.floor((k * samples) / parts));
    problem.called();
    problem.evaluations += (to - from) / samples;
    return objective.batchLossAndGradient(point, unused, order, from, to);
  };
  const baselines = Array.from({ length: parts }, (_, part) => partAt(at, part));
  const rounding = 1e-16 * Math.max(Math.abs(baseline), ...baselines.map(Math.abs));
  let seen = 0;
  for (let k = 0; k < DIRECTIONS; k++) {
    const direction = new Float64Array(size);
    for (const row of flat) {
      const along = numbers.normal();
      if (vectors) for (let i = 0; i < size; i++) direction[i] += along * vectors[row * size + i];
      else direction[row] += along;
    }
    let whole = Infinity;
    for (let step = 0, length = 1; step < HALVINGS && samples * Math.abs(whole) > ENERGY; step++, length /= 2) {
      for (let i = 0; i < size; i++) w[i] = at[i] + length * direction[i];
      whole = excess.loss(w);
    }
    const each = baselines.map((loss, part) => partAt(w, part) - loss);
    const mean = each.reduce((sum, value) => sum + value, 0) / parts;
    const square = each.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const error = Math.sqrt(square / (parts - 1) / parts);
    const largest = each.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (!(error > SEEN * rounding + ALIKE * largest)) continue;
    const share = Math.abs(whole) / error;
    if (share > CANCELS && share < ABSENT) return false;
    seen++;
  }
  return seen > 0;
};
