import type { Objective } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { stream } from "../../../numerics/stream.ts";
import { BATCH, dealtBatches } from "./dealt-batches.ts";

/** What the localiser alone may raise the loss by, as a share of what training has lowered it by. */
const SHARE = 0.1;
const DIRECTIONS = 16;
const FACTOR = 2;
const MOST_FACTORS = 200;

/**
 * The weakest localiser, a power of two, at which points of the localiser alone, w* + N(0, 1 / gamma), lie at most a tenth as high above w* as
 * training has come down. A large model has no weakest localiser that changes nothing any more: its coefficient grows as far as one lets the
 * chains go, and this is as far as what was learnt is still there.
 */
export const localiserOfGain = (objective: Objective, at: Float64Array, gain: number, seed: number): number => {
  if (!(gain > 0))
    throw invalid(
      "the loss that training has gained between the first and the last point",
      gain,
      "a positive number, from which the localiser is found: give points of training in their order, or gamma",
    );
  const { size } = objective;
  const batches = dealtBatches(objective, at, BATCH);
  const numbers = stream({ seed, purpose: "localiser of gain" });
  const [xi, w] = [new Float64Array(size), new Float64Array(size)];
  const raised = (gamma: number): number => {
    let sum = 0;
    for (let k = 0; k < DIRECTIONS; k++) {
      numbers.at(k).normals(xi);
      for (let i = 0; i < size; i++) w[i] = at[i] + xi[i] / Math.sqrt(gamma);
      batches.choose(k % batches.count);
      sum += batches.excess.loss(w);
    }
    return sum / DIRECTIONS;
  };
  const isLocal = (gamma: number): boolean => raised(gamma) <= SHARE * gain;
  let gamma = 1;
  for (let k = 0; k < MOST_FACTORS && !isLocal(gamma); k++) gamma *= FACTOR;
  if (gamma > 1) return gamma;
  for (let k = 0; k < MOST_FACTORS && isLocal(gamma / FACTOR); k++) gamma /= FACTOR;
  return gamma;
};
