import type { Objective } from "../../contracts/objective.ts";
import { norm } from "../../numerics/norm.ts";
import type { Stream } from "../../numerics/stream.ts";

/** Eigenvectors of a symmetric matrix as rows, the first `rank` of which count as curved and the others as flat. */
export interface SplitSpectrum {
  readonly size: number;
  readonly rank: number;
  /** Eigenvalues by descending magnitude. */
  readonly values: Float64Array;
  /** size x size, row-major; row i belongs to values[i]. */
  readonly vectors: Float64Array;
}

const MOST_STEPS = 200;
/** A walk has settled when Newton's step is this share of how far it went. */
const SETTLED = 1e-9;

/** A random unit vector among the flat directions, all alike. */
export const flatDirection = ({ size, rank, vectors }: SplitSpectrum, random: Stream): Float64Array => {
  const direction = new Float64Array(size);
  for (let row = rank; row < size; row++) {
    const share = random.normal();
    for (let i = 0; i < size; i++) direction[i] += share * vectors[row * size + i];
  }
  const length = norm(direction);
  return direction.map(value => value / length);
};

/**
 * The loss at w + v, v = distance x direction, after it has been brought to its minimum over the curved directions: the
 * reduced function k(v) of the splitting lemma, plus the loss at w. Newton's method with the curvatures of w. Null when
 * it does not settle within `distance` of w + v.
 */
export const lossAlong = (
  objective: Objective,
  w: Float64Array,
  { size, rank, values, vectors }: SplitSpectrum,
  direction: Float64Array,
  distance: number,
): number | null => {
  const at = w.map((value, i) => value + distance * direction[i]);
  const gradient = new Float64Array(size);
  const step = new Float64Array(size);
  for (let k = 0; k < MOST_STEPS; k++) {
    const loss = objective.lossAndGradient(at, gradient);
    step.fill(0);
    for (let row = 0; row < rank; row++) {
      let along = 0;
      for (let i = 0; i < size; i++) along += vectors[row * size + i] * gradient[i];
      for (let i = 0; i < size; i++) step[i] -= (along / values[row]) * vectors[row * size + i];
    }
    const length = norm(step);
    if (!Number.isFinite(loss) || !(length <= Math.abs(distance))) return null;
    if (length <= SETTLED * Math.abs(distance)) return loss;
    for (let i = 0; i < size; i++) at[i] += step[i];
  }
  return null;
};
