import { invalid } from "../../../errors.ts";
import { cubeRoot } from "../../../numerics/cube-root.ts";
import { checkModulus } from "../model/modulus.ts";

/**
 * What is left of the network under the decay (mu/2) |w|^2 when nothing of the table is: one constant neuron A = B = C = s that gives
 * every answer the output 4 s^3 = psi/p. On pairs whose answers are all equally frequent, as on the whole table, its loss with the decay is
 *
 *     1/2 - (psi - psi^2/2)/p + (3/2) mu p (psi/(4p))^(2/3)
 *
 * stationary where mu p^(4/3) = 4^(2/3) psi^(1/3) (1 - psi). The origin is a minimum at every mu > 0, since the outputs are cubic in
 * the weights: the phase is the lower one below mu* = p^(-4/3), where psi = 1/2, and ends at the spinodal (3/4) 4^(1/3) p^(-4/3), where
 * psi = 1/4: a jump, with the ratio (3/4) 4^(1/3) = 1.1906 of a linear network with two hidden layers.
 */
export interface ConstantPhase {
  /** Decay mu* at which it is as deep as the origin. */
  readonly coexistence: number;
  /** Decay at which it ends. */
  readonly spinodal: number;
  /** p times the output; null above the spinodal. */
  readonly psi: number | null;
  /** |w|; 0 above the spinodal. */
  readonly norm: number;
  /** Loss with the decay; 1/2 above the spinodal. */
  readonly loss: number;
}

/** The entries s of the constant neuron whose output is 1/p, psi = 1. */
export const constantNeuron = (p: number): number => cubeRoot(1 / (4 * p));

export const constantPhase = (p: number, weightDecay: number): ConstantPhase => {
  checkModulus(p);
  if (!(weightDecay >= 0)) throw invalid("weightDecay", weightDecay, "a number from 0");
  const coexistence = 1 / (p * cubeRoot(p));
  const spinodal = 0.75 * cubeRoot(4) * coexistence;
  if (!(weightDecay < spinodal)) return { coexistence, spinodal, psi: null, norm: 0, loss: 0.5 };
  const psi = filling(weightDecay / (cubeRoot(16) * coexistence));
  const s = cubeRoot(psi / (4 * p));
  return {
    coexistence,
    spinodal,
    psi,
    norm: Math.sqrt(3 * p) * s,
    loss: 0.5 - (psi - (psi * psi) / 2) / p + 1.5 * weightDecay * p * s * s,
  };
};

/**
 * The least loss with the decay among the multiples of a zero w* of the loss, whose outputs are psi times the targets: D (1 - psi)^2 +
 * (mu/2) |w*|^2 psi^(2/3), D the loss of zero weights. An upper bound of the loss of its phase; null above the decay at which no multiple is stationary.
 */
export const scaledLoss = (
  { depth, squaredNorm }: { readonly depth: number; readonly squaredNorm: number },
  weightDecay: number,
): number | null => {
  const reduced = (weightDecay * squaredNorm) / (6 * depth);
  if (!(reduced < 0.75 / cubeRoot(4))) return null;
  const psi = filling(reduced);
  const scale = cubeRoot(psi);
  return depth * (1 - psi) * (1 - psi) + 0.5 * weightDecay * squaredNorm * scale * scale;
};

/** The larger root of psi^(1/3) (1 - psi) = reduced by bisection: it falls from its maximum at 1/4 to 0 at 1. */
const filling = (reduced: number): number => {
  let [low, high] = [0.25, 1];
  for (;;) {
    const psi = (low + high) / 2;
    if (!(psi > low && psi < high)) return low;
    if (cubeRoot(psi) * (1 - psi) > reduced) low = psi;
    else high = psi;
  }
};
