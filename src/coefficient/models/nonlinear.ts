import { homogeneous } from "../exact/homogeneous.ts";
import { independentSum } from "../exact/independent.ts";
import { regular } from "../exact/regular.ts";
import { tanhNetwork } from "../exact/tanh-network.ts";
import { type BinomialMixture, binomialMixture } from "./binomial-mixture.ts";
import { type ExactModel, SAMPLES } from "./exact-model.ts";
import { tanhObjective } from "./tanh-objective.ts";

/** At the origin, the deepest minimum when the true function is zero. */
const tanh = (hidden: number, minibatches = false): ExactModel => {
  const name = `tanh-1-${hidden}-1${minibatches ? "-minibatch" : ""}`;
  const { lambda, multiplicity } = tanhNetwork({ hidden });
  return {
    name,
    family: "tanh network",
    dimension: 2 * hidden,
    lambda,
    multiplicity,
    samples: SAMPLES,
    minibatches,
    objective: () => tanhObjective(hidden, minibatches ? name : undefined),
    point: () => new Float64Array(2 * hidden),
  };
};

/**
 * All components at the one true atom, with equal weights. Around it K is comparable to |mean error|^2 + spread^2, the
 * spread a positive quadratic form in the other (H - 1) d locations, at any weights near these: d regular directions, a form
 * of degree 4, and H - 1 flat directions, the weights.
 */
const mixture = (settings: BinomialMixture): ExactModel => {
  const { components, trials, dim } = settings;
  const { lambda, multiplicity } = independentSum(
    regular({ dim }),
    homogeneous({ dim: (components - 1) * dim, degree: 4 }),
  );
  const dimension = components - 1 + components * dim;
  return {
    name: `binomial-mixture-${components}-of-${trials}-in-${dim}`,
    family: "mixture",
    dimension,
    lambda,
    multiplicity,
    samples: SAMPLES,
    minibatches: true,
    objective: () => binomialMixture(settings),
    point: () => new Float64Array(dimension),
  };
};

export const nonlinearModels = (): readonly ExactModel[] => [
  tanh(1),
  tanh(2),
  tanh(3, true),
  tanh(4),
  tanh(5),
  tanh(9, true),
  mixture({ components: 2, trials: 4, dim: 1 }),
  mixture({ components: 3, trials: 4, dim: 1 }),
  mixture({ components: 2, trials: 2, dim: 2 }),
];
