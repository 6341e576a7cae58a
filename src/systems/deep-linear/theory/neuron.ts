import { invalid } from "../../../errors.ts";
import type { Activation } from "../../../numerics/activations.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { minimumByThirds } from "../../../numerics/minimum.ts";
import { normalAt, normalMean } from "../../../numerics/normal-mean.ts";
import { polynomial } from "../../../numerics/polynomial.ts";
import { power } from "../../../numerics/power.ts";
import { bisect } from "../../../numerics/root.ts";

/** The Landau expansion of one neuron u phi(w x) on the balanced line u = w = s. */
export interface Expansion {
  /** gamma at which the origin loses stability: c1 |E[x y]|. */
  readonly gammaLinearStability: number;
  /** F(s) = 2 (gamma - gamma_c) s^2 - 2 r3 s^3 + r4 s^4 + ... */
  readonly r3: number;
  readonly r4: number;
  /** gamma_c + r3^2 / (2 r4), the jump for small r3; null when r3 is 0 or r4 is not positive. */
  readonly landauGammaStar: number | null;
}

/** Expansion for y = sum_k ypoly[k] x^k; of `neurons` equal ones that share the load when it pays to share. */
export const landauExpansion = ({ taylor }: Activation, ypoly: ArrayLike<number>, neurons = 1): Expansion => {
  if (!taylor) throw invalid("act", "relu", "an activation that is smooth at the origin");
  const [c1, c2, c3] = taylor;
  const y = polynomial(ypoly);
  const moment = (k: number): number => exact(normalMean(x => power(x, k) * y(x)));
  const [m1, m2, m3] = [1, 2, 3].map(moment);
  const gammaLinearStability = c1 * Math.abs(m1);
  if (gammaLinearStability === 0) throw invalid("ypoly", [...Array.from(ypoly)], "a y with E[x y] other than 0");
  const r3 = c2 * m2;
  const r4 = c1 * c1 - (2 * c3 * m3 * Math.sign(m1)) / neurons - (r3 * r3) / (4 * gammaLinearStability);
  return {
    gammaLinearStability,
    r3,
    r4,
    landauGammaStar: r3 !== 0 && r4 > 0 ? gammaLinearStability + (r3 * r3) / (2 * r4) : null,
  };
};

/** Moments of polynomials are sums of products of small numbers: what quadrature leaves of a zero is rounding. */
const exact = (value: number): number => (Math.abs(value) < 1e-13 ? 0 : value);

/** E[y phi(w x)] and E[phi(w x)^2]. */
const response = ({ value }: Activation, y: (x: number) => number, w: number) => {
  const { nodes, weights } = normalAt(w);
  let [overlap, square] = [0, 0];
  for (let i = 0; i < nodes.length; i++) {
    const phi = value(w * nodes[i]);
    overlap += weights[i] * y(nodes[i]) * phi;
    square += weights[i] * phi * phi;
  }
  return { overlap, square };
};

export interface NeuronMinimum {
  readonly gamma: number;
  readonly u: number;
  readonly w: number;
  readonly lossMinusEy2: number;
}

const SCAN = 300;
const REFINEMENTS = 80;

/**
 * Global minimum of E(u phi(w x) - y)^2 + gamma (u^2 + w^2) over one neuron, as absolute values: u is minimised away,
 * l(w) = gamma w^2 - E[y phi]^2 / (E[phi^2] + gamma), and l is scanned for |w| <= sqrt(Ey2 / gamma), beyond which it is positive.
 */
export const neuronMinimum = (activation: Activation, ypoly: ArrayLike<number>, gamma: number): NeuronMinimum => {
  const y = polynomial(ypoly);
  const Ey2 = normalMean(x => y(x) * y(x));
  const at = (w: number) => {
    const { overlap, square } = response(activation, y, w);
    return { loss: gamma * w * w - (overlap * overlap) / (square + gamma), u: overlap / (square + gamma) };
  };
  const reach = Math.sqrt(Ey2 / gamma);
  let [best, bestLoss] = [0, 0];
  for (const sign of [1, -1])
    for (let i = 1; i <= SCAN; i++) {
      // Denser near the origin, where the minimum is close to a continuous transition.
      const w = sign * reach * (i / SCAN) * (i / SCAN);
      const { loss } = at(w);
      if (loss < bestLoss) [best, bestLoss] = [w, loss];
    }
  if (best === 0) return { gamma, u: 0, w: 0, lossMinusEy2: 0 };
  const root = Math.sqrt(Math.abs(best) / reach);
  const place = (r: number): number => Math.sign(best) * reach * r * r;
  const w = place(minimumByThirds(r => at(place(r)).loss, Math.max(0, root - 1 / SCAN), root + 1 / SCAN, REFINEMENTS));
  const { u, loss } = at(w);
  return { gamma, u: Math.abs(u), w: Math.abs(w), lossMinusEy2: loss };
};

/** Decays below this are none, and the ratio of those that are looked at. */
const NO_DECAY = 1e-6;
const DOWN = 0.97;

/**
 * Stationary states of the same neuron by its first weight: the gamma at which each `w` is stationary, and u there. With m = E[y phi] and
 * q = E[phi^2], u = m / (q + gamma) and gamma w (q + gamma)^2 = m m' (q + gamma) - m^2 q'/2; the largest gamma that will do, null where none does. Where gamma turns
 * along the branch, a minimum ends.
 */
export const neuronBranch = (
  { value, slope }: Activation,
  ypoly: ArrayLike<number>,
  weights: readonly number[],
): (Pick<NeuronMinimum, "gamma" | "u" | "w"> | null)[] => {
  const y = polynomial(ypoly);
  return weights.map(w => {
    const m = normalMean(x => y(x) * value(w * x), w);
    const mSlope = normalMean(x => y(x) * x * slope(w * x), w);
    const q = normalMean(x => value(w * x) * value(w * x), w);
    const qSlope = normalMean(x => 2 * x * value(w * x) * slope(w * x), w);
    const excess = (gamma: number): number =>
      gamma * w * (q + gamma) * (q + gamma) - m * mSlope * (q + gamma) + 0.5 * m * m * qSlope;
    // Positive for large gamma: from there down to the first change of sign.
    let high = 1;
    while (excess(high) < 0) high *= 2;
    let low = high;
    while (low > NO_DECAY && excess(low) >= 0) low *= DOWN;
    if (low <= NO_DECAY) return null;
    const gamma = bisect(excess, low, low / DOWN);
    return { gamma, u: Math.abs(m / (q + gamma)), w };
  });
};

/** First weights between which the neuron is looked for, and how many in between, evenly in the logarithm. */
const [LEAST_WEIGHT, MOST_WEIGHT] = [1e-3, 1e3];
const WEIGHTS = 400;

/**
 * gamma at which the origin ceases to be the lowest point of the neuron, from above. A state with first weight w is as low as the origin where
 * gamma w^2 (q + gamma) = m^2, m = E[y phi], q = E[phi^2]: the largest such gamma over all w, which for small w is the stability limit. A transition
 * with a jump has it at a finite w.
 */
export const neuronCoexistence = (activation: Activation, ypoly: ArrayLike<number>): number => {
  const y = polynomial(ypoly);
  const gammaAt = (w: number): number => {
    const { overlap, square } = response(activation, y, w);
    const ratio = (overlap / w) * (overlap / w);
    return (2 * ratio) / (square + Math.sqrt(square * square + 4 * ratio));
  };
  const [low, high] = [log(LEAST_WEIGHT), log(MOST_WEIGHT)];
  const step = (high - low) / WEIGHTS;
  const highest = [1, -1].map(sign => {
    const at = (x: number): number => gammaAt(sign * exp(x));
    const values = Array.from({ length: WEIGHTS + 1 }, (_, i) => at(low + i * step));
    // All humps, lest a slightly lower place on the grid has the higher summit.
    const summits = values.map((value, i) =>
      value >= (values[i - 1] ?? 0) && value >= (values[i + 1] ?? 0)
        ? at(
            minimumByThirds(
              x => -at(x),
              low + Math.max(0, i - 1) * step,
              low + Math.min(WEIGHTS, i + 1) * step,
              REFINEMENTS,
            ),
          )
        : value,
    );
    return Math.max(...summits);
  });
  return Math.max(landauExpansion(activation, ypoly).gammaLinearStability, ...highest);
};
