import type { PhasePoint } from "../contracts/learner.ts";
import type { Objective } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import { adam } from "../learning/adam.ts";
import { descend } from "../learning/descend.ts";
import { fullBatch } from "../learning/gradients.ts";
import { addProduct } from "../learning/loops/affine.ts";
import type { OptimiserChoice, ParameterGroup } from "../learning/parameter-groups.ts";
import { fastest } from "../numerics/native-loops.ts";

/*
 * What networks with embeddings, the array E that comes first, and a decoder behind them have in common.
 */

export interface Recipe {
  readonly embeddingRate: number;
  readonly decoderRate: number;
  /** Decoupled decay of the decoder. */
  readonly weightDecay: number;
  readonly embeddingDecay: number;
}

/** AdamW twice: for the embeddings and for the decoder, each with a rate and a decay of its own. */
export const optimisersOf = (recipe: Recipe): readonly ParameterGroup[] => [
  { parameters: "E", optimiser: adam({ stepSize: recipe.embeddingRate, weightDecay: recipe.embeddingDecay }) },
  { parameters: "*", optimiser: adam({ stepSize: recipe.decoderRate, weightDecay: recipe.weightDecay }) },
];

/** An optimiser for a number of steps, its memory empty at first; moves `w` in place and returns the loss. */
export const moveBy = (objective: Objective, optimiser: OptimiserChoice, w: Float64Array, steps: number): number => {
  const { parameters } = objective;
  descend({ gradients: fullBatch(objective), optimiser, parameters, w, checkpoints: [steps], visit: () => {} });
  return objective.loss(w);
};

/** Steps that fit a decoder to embeddings that stand still, at most, and the loss at which it fits. */
const FIT_STEPS = 20_000;
const [FIT_SLICE, FITTED] = [500, 1e-7];

/** Embeddings stay, the decoder learns the training data: moves `w` in place. */
const fitDecoder = (objective: Objective, w: Float64Array): void => {
  const [{ offset, shape }] = objective.parameters;
  const end = offset + shape[0] * shape[1];
  const lossAndGradient = (point: Float64Array, gradient: Float64Array): number => {
    const loss = objective.lossAndGradient(point, gradient);
    gradient.fill(0, offset, end);
    return loss;
  };
  // Many steps at once would move the embeddings.
  const still = { ...objective, steps: undefined, lossAndGradient };
  for (let steps = 0; steps < FIT_STEPS && objective.loss(w) > FITTED; steps += FIT_SLICE)
    moveBy(still, adam({ stepSize: 3e-3 }), w, FIT_SLICE);
};

export interface Fit {
  readonly objective: Objective;
  /** Where the fit starts; moved in place. */
  readonly w: Float64Array;
  /** Puts embeddings in place that generalise. */
  perfect(w: Float64Array): void;
  /** The phase of a state. */
  labelOf(w: Float64Array): string;
}

/**
 * A minimum of the loss in a phase: the decoder fitted to perfect embeddings, or to those of the start. Throws a LandauError of kind "input" for a phase
 * without a minimum, and for one that the fit does not reach.
 */
export const fittedPoint = (phase: string, { objective, w, perfect, labelOf }: Fit): PhasePoint => {
  if (phase !== "generalised" && phase !== "memorised")
    throw invalid("--at", phase, "a phase with a minimum of the loss, generalised or memorised; or a file of weights");
  if (phase === "generalised") perfect(w);
  fitDecoder(objective, w);
  if (labelOf(w) !== phase)
    throw invalid("--at", phase, `a phase that ${FIT_STEPS} steps of the decoder reach; or a file of weights`);
  return { w, objective };
};

/** Writes the activation of input W + b, W row-major [inputs, outputs], into `out`. */
export const affine = (
  input: Float64Array,
  weights: Float64Array,
  biases: Float64Array,
  out: Float64Array,
  activation: (value: number) => number,
): void => {
  out.set(biases);
  const add = fastest("addProduct", addProduct, weights.length);
  add(input, weights, out, input.length, out.length);
  for (let j = 0; j < out.length; j++) out[j] = activation(out[j]);
};
