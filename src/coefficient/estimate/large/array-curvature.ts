import type { ParameterArray } from "../../../contracts/objective.ts";
import { norm } from "../../../numerics/norm.ts";
import { stream } from "../../../numerics/stream.ts";
import type { DealtBatches } from "./dealt-batches.ts";

/** What is known of the Hessian of a large model: its mean along each array, and how steep it gets. */
export interface ArrayCurvature {
  readonly trace: number;
  /** For every parameter, the mean of the diagonal over the entries of its array. */
  readonly values: Float64Array;
}

const PROBES = 24;
const STEPS = 12;
/** Length of the steps of differences, as a share of the weights': what single precision resolves. */
const SHARE = 1e-3;

/** Overwrites `out` with (gradient at w* + z - gradient at w* - z) / 2 = H z of the batch that is chosen. */
const hessianTimes = (batches: DealtBatches, at: Float64Array, z: Float64Array, out: Float64Array): void => {
  const { size } = batches.excess;
  const [w, down] = [new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < size; i++) w[i] = at[i] + z[i];
  batches.excess.lossAndGradient(w, out);
  for (let i = 0; i < size; i++) w[i] = at[i] - z[i];
  batches.excess.lossAndGradient(w, down);
  for (let i = 0; i < size; i++) out[i] = 0.5 * (out[i] - down[i]);
};

const stepOf = (at: Float64Array): number => SHARE * (norm(at) || Math.sqrt(at.length));

/** Mean curvatures by random signs, each on a batch of its own: E z (H z) is the diagonal. Two gradients a probe.  [Hutchinson 1990] */
export const arrayCurvature = (
  batches: DealtBatches,
  parameters: readonly ParameterArray[],
  at: Float64Array,
  seed: number,
): ArrayCurvature => {
  const { size } = batches.excess;
  const numbers = stream({ seed, purpose: "coefficient probes" });
  const [z, curved] = [new Float64Array(size), new Float64Array(size)];
  const values = new Float64Array(size);
  const step = stepOf(at) / Math.sqrt(size);
  let trace = 0;
  for (let probe = 0; probe < PROBES; probe++) {
    numbers.at(probe);
    for (let i = 0; i < size; i++) z[i] = numbers.word() & 1 ? step : -step;
    batches.choose(probe % batches.count);
    hessianTimes(batches, at, z, curved);
    for (const { offset, shape } of parameters) {
      const length = shape.reduce((product, side) => product * side, 1);
      let sum = 0;
      for (let i = offset; i < offset + length; i++) sum += z[i] * curved[i];
      sum /= step * step * PROBES;
      for (let i = offset; i < offset + length; i++) values[i] += sum / length;
      trace += sum;
    }
  }
  return { trace, values };
};

/** The largest eigenvalue of S H S for a diagonal S, by the power method on changing batches: the largest of the last steps. */
export const steepest = (batches: DealtBatches, scale: Float64Array, at: Float64Array, seed: number): number => {
  const { size } = batches.excess;
  const x = new Float64Array(size);
  const [z, curved] = [new Float64Array(size), new Float64Array(size)];
  stream({ seed, purpose: "coefficient steepest" }).normals(x);
  let largest = 0;
  for (let step = 0; step < STEPS; step++) {
    const length = norm(x);
    for (let i = 0; i < size; i++) {
      x[i] /= length;
      z[i] = scale[i] * x[i];
    }
    const factor = stepOf(at) / norm(z);
    for (let i = 0; i < size; i++) z[i] *= factor;
    batches.choose(step % batches.count);
    hessianTimes(batches, at, z, curved);
    for (let i = 0; i < size; i++) x[i] = (scale[i] * curved[i]) / factor;
    if (2 * step >= STEPS) largest = Math.max(largest, norm(x));
  }
  return largest;
};
