import { log } from "../../../numerics/elementary/log.ts";
import type { Dimensions } from "../model/layout.ts";

/**
 * Learning coefficients and ranks in closed form for one-hot pairs, with the published formulas beside them. The published count
 * K(3p - 1) is one for each neuron too many here: a common shift of A_k and -B_k changes no output, as every input has
 * exactly one 1 in each half.
 */
export interface Count extends Dimensions {
  /** Training pairs. */
  readonly N: number;
}

/** Ranks of the Jacobian of the residuals. */
export const ranks = {
  /** A generic zero, whole table. */
  genericFull: ({ p, K }: Dimensions) => Math.min(K * (3 * p - 2), p * p * p),
  genericFullCentred: ({ p, K }: Dimensions) => Math.min(K * (3 * p - 2), p * (p * p - 1)),
  /** A generic zero on N pairs: an upper bound, reached where `isCountExact` of the pairs holds. */
  genericTrain: ({ p, K, N }: Count) => Math.min(K * (3 * p - 2), p * N),
  genericTrainCentred: ({ p, K, N }: Count) => Math.min(K * (3 * p - 2), p * (N - 1)),
  /** N pairs whose graph has this many nodes and components: p + nodes - components - 1 for each neuron. An upper bound. */
  graph: ({ p, K, N, nodes, components }: Count & { nodes: number; components: number }) =>
    Math.min(K * (p + nodes - components - 1), p * N),
  /** A and B frozen, only C trained. */
  lazy: ({ p, K, N }: Count) => p * Math.min(K, N),
  /**
   * The solution of width 2p - 1, whole table. Where 3 divides p, twice the frequency p/3 is that frequency again, reflected: two
   * directions that change the outputs elsewhere coincide with others.
   */
  narrow: (p: number) => 6 * p * p - 10 * p + 5 - (p % 3 === 0 ? 2 : 0),
  /** Six phases for each frequency, one group, no constant neuron, whole table. */
  sixPhases: (p: number) => (13 * p * p - 29 * p + 18) / 2,
  sixPhasesConstant: (p: number) => (13 * p * p - 29 * p + 18) / 2 + p - 1,
  /** Neurons of one frequency each, at least nine phases for every frequency, whole table. */
  waves: (p: number) => 8 * p * p - 19 * p + 12,
  wavesCentred: (p: number) => 4 * (p - 1) * (2 * p - 3),
  /** The same on N pairs; an upper bound within a few pairs of its two thresholds. */
  wavesTrain: ({ p, N }: Pick<Count, "p" | "N">) => (p - 1) * Math.min(N, 8 * p - 15) + Math.min(N, 4 * p - 3),
  wavesTrainCentred: ({ p, N }: Pick<Count, "p" | "N">) =>
    (p - 1) * Math.min(N - 1, 8 * p - 16) + Math.min(N - 1, 4 * p - 4),
} as const;

/** What one all-zero neuron more can add at most: min(p / 2, (2p - 1) / 4). */
export const deadNeuronIncrement = (p: number): number => Math.min(p / 2, (2 * p - 1) / 4);

/** r / 2 + n / 4: the n = (3p - 2) K - r directions left over enter the residual at second order. */
export const quarticBound = ({ p, K, rank }: Dimensions & { rank: number }): number =>
  rank / 2 + ((3 * p - 2) * K - rank) / 4;

/** The fewest neurons that the wave solution of all frequencies with nine phases each has. */
const wavesWidth = (p: number): number => Math.floor((9 * (p - 1)) / 2);

/** Every coefficient by the name that test vectors call it; null where the formula does not apply. */
export const closedForms = ({ p, K, N }: Count) => {
  const when = (holds: boolean, value: number): number | null => (holds ? value : null);
  const lazyPublished = 2 * p - 1 < K;
  const waves = K >= wavesWidth(p);
  return {
    published_generic: Math.min(K * (3 * p - 1), p * p * (2 * p + 1)) / 2,
    onehot_generic_full: ranks.genericFull({ p, K }) / 2,
    onehot_generic_full_centred: ranks.genericFullCentred({ p, K }) / 2,
    onehot_generic_train: ranks.genericTrain({ p, K, N }) / 2,
    onehot_generic_train_centred: ranks.genericTrainCentred({ p, K, N }) / 2,
    plateau_full: (p * p * p) / 2,
    plateau_train: (p * N) / 2,
    lazy_train: ranks.lazy({ p, K, N }) / 2,
    published_lazy_low: when(lazyPublished, (p * (2 * p - 1)) / 2),
    published_lazy_high: when(lazyPublished, (p * K) / 2),
    wF_exact_at_K_2p_minus_1: ranks.narrow(p) / 2,
    wF_plus_one_dead: when(p % 3 !== 0, ranks.narrow(p) / 2 + deadNeuronIncrement(p)),
    dead_neuron_increment_max: deadNeuronIncrement(p),
    order6_floor_at_K_3p_minus_3: ranks.sixPhases(p) / 2,
    fourier_saturated_floor_full: when(waves, ranks.waves(p) / 2),
    fourier_saturated_floor_full_centred: when(waves, ranks.wavesCentred(p) / 2),
    fourier_saturated_floor_train_max: when(waves, ranks.wavesTrain({ p, N }) / 2),
    fourier_saturated_upper_full: when(waves, quarticBound({ p, K, rank: ranks.waves(p) })),
  };
};

/**
 * Where the rank counts of memorising and of waves part: below N = 8p - 15 they are equal in every output mode that carries the
 * answer. A prediction of where generalisation sets in under weak decay; strong decay crosses it.
 */
export const dataThreshold = (p: number): { pairs: number; fraction: number } => ({
  pairs: 8 * p - 15,
  fraction: (8 * p - 15) / (p * p),
});

/** Of two basins, the free energy nBeta L + lambda log nBeta of the complex one less that of the simple one: positive where the simple one wins. */
export const simplicityMargin = (
  complex: { readonly loss: number; readonly lambda: number },
  simple: { readonly loss: number; readonly lambda: number },
  nBeta: number,
): number => (complex.lambda - simple.lambda) * log(nBeta) - nBeta * (simple.loss - complex.loss);
