import type { Objective } from "../../contracts/objective.ts";
import { stream } from "../../numerics/stream.ts";
import { substituted } from "./substituted.ts";

/** Powers of 2 beyond which a parameter counts as one that the loss does not feel alone: further out, high powers of it overflow, which feels like a rise. */
const FARTHEST = 50;
/** Powers of 1/2 that are looked at. */
const NEAREST = 100;
const DIRECTIONS = 8;
/**
 * Curved and quartic directions of one loss differ by nBeta^(1/4), and units of dead ends by more: a free parameter may be felt only where another phase begins. Localisers
 * are weakened by up to a thousand in length.
 */
const FAR_APART = 256;

export interface OwnLengths {
  /** One power of 2 for each parameter; all 1 where none is much longer than another. */
  readonly lengths: Float64Array;
  /** Evaluations of the loss that they took. */
  readonly evaluations: number;
}

/**
 * A length for each parameter: the least power of 2 over which nBeta K reaches 1 along it, on either side. Those along which it never does share one:
 * the least at which nBeta K reaches their number on average over random moves of all of them, or the longest of the others.
 *
 * Where they are far apart, in units of these lengths no direction is out of reach of a localiser that is right for another, and an estimate does not depend
 * on the units of the parameters. Where they are not, one localiser for all keeps the symmetry between parameters that the loss may have.
 */
export const ownLengths = (objective: Objective, at: Float64Array, nBeta: number): OwnLengths => {
  const { size } = objective;
  const baseline = objective.loss(at);
  let evaluations = 1;
  const w = at.slice();
  const energyAt = (): number => {
    evaluations++;
    return nBeta * Math.abs(objective.loss(w) - baseline);
  };
  const feltAlong = (i: number, length: number): boolean => {
    for (const sign of [1, -1]) {
      w[i] = at[i] + sign * length;
      const energy = energyAt();
      w[i] = at[i];
      if (!(energy < 1)) return true;
    }
    return false;
  };
  const lengths = Float64Array.from({ length: size }, (_, i) => leastPower(length => feltAlong(i, length)) ?? 0);

  const free = Array.from(lengths.keys()).filter(i => lengths[i] === 0);
  if (free.length > 0) {
    const numbers = stream({ seed: 0, purpose: "coefficient lengths" });
    const directions = Array.from({ length: DIRECTIONS }, () => {
      const direction = new Float64Array(size);
      numbers.normals(direction);
      return direction;
    });
    const feltTogether = (length: number): boolean => {
      let sum = 0;
      for (const direction of directions) {
        for (const i of free) w[i] = at[i] + length * direction[i];
        sum += energyAt();
      }
      for (const i of free) w[i] = at[i];
      return !(sum < free.length * DIRECTIONS);
    };
    const shared = leastPower(feltTogether) ?? (lengths.reduce((most, each) => Math.max(most, each), 0) || 1);
    for (const i of free) lengths[i] = shared;
  }
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  return { lengths: most < FAR_APART * least ? lengths.fill(1) : lengths, evaluations };
};

/** The least power of 2 at which something holds that holds from there on, in doubling strides from 1; null when it does not hold up to 2^50. */
const leastPower = (holds: (length: number) => boolean): number | null => {
  // Between a power at which it does not hold and one at which it does.
  let [fails, succeeds] = [0, 0];
  if (holds(1)) {
    for (let stride = 1; ; stride *= 2) {
      fails = Math.max(succeeds - stride, -NEAREST);
      if (!holds(powerOf2(fails))) break;
      if (fails === -NEAREST) return powerOf2(fails);
      succeeds = fails;
    }
  } else
    for (let stride = 1; ; stride *= 2) {
      succeeds = Math.min(fails + stride, FARTHEST);
      if (holds(powerOf2(succeeds))) break;
      if (succeeds === FARTHEST) return null;
      fails = succeeds;
    }
  while (succeeds - fails > 1) {
    const middle = Math.floor((fails + succeeds) / 2);
    if (holds(powerOf2(middle))) succeeds = middle;
    else fails = middle;
  }
  return powerOf2(succeeds);
};

const powerOf2 = (exponent: number): number => {
  let power = 1;
  for (let k = 0; k < Math.abs(exponent); k++) power *= exponent > 0 ? 2 : 0.5;
  return power;
};

/** The same objective as a function of u_i = w_i / length_i, and the point there. */
export const inLengths = (
  objective: Objective,
  at: Float64Array,
  lengths: Float64Array,
): { objective: Objective; at: Float64Array } => {
  const { size, parameters, hessian } = objective;
  const w = new Float64Array(size);
  const put = (u: Float64Array): Float64Array => {
    for (let i = 0; i < size; i++) w[i] = lengths[i] * u[i];
    return w;
  };
  const scaled = substituted(objective, {
    parameters,
    at: at.map((value, i) => value / lengths[i]),
    put,
    take(gradient, out) {
      for (let i = 0; i < size; i++) out[i] = gradient[i] * lengths[i];
    },
  });
  if (!hessian) return scaled;
  const withHessian: Objective = {
    ...scaled.objective,
    hessian(u, matrix) {
      hessian.call(objective, put(u), matrix);
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) matrix[i * size + j] *= lengths[i] * lengths[j];
    },
  };
  return { ...scaled, objective: withHessian };
};
