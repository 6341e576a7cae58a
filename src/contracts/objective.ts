/** A named array inside the flat parameter vector; row-major. */
export interface ParameterArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Index of its first entry in the flat vector. */
  readonly offset: number;
}

/**
 * All that optimisers and samplers know of a model: a loss (a mean over samples, in the units the system states) and its
 * gradient at a point of one flat float64 vector. Methods write into buffers of the caller, allocate nothing, and keep
 * no reference to them.
 */
export interface Objective {
  readonly parameters: readonly ParameterArray[];
  /** Length of the flat vector. */
  readonly size: number;
  loss(w: Float64Array): number;
  /** Overwrites `gradient` (length `size`) and returns the loss. */
  lossAndGradient(w: Float64Array, gradient: Float64Array): number;
  /** Overwrites `hessian` (size x size, row-major) with the matrix of second derivatives. */
  hessian?(w: Float64Array, hessian: Float64Array): void;
  /**
   * Where it costs less than one step after the other: makes `count` steps of a rule, `velocity` being its memory, of no length without momentum. How many were made
   * before the first whose loss is not finite; then `w` and `velocity` are those before it.
   */
  steps?(w: Float64Array, gradient: Float64Array, velocity: Float64Array, count: number, rule: StepRule): number;
  /** Where several points at once cost less than one after the other: `points` and `gradients` have a row for each of `losses`. */
  lossesAndGradients?(points: Float64Array, losses: Float64Array, gradients: Float64Array): void;
}

/** Steps of gradient descent (`gradientDescent`), or with momentum (`heavyBall`). */
export interface StepRule {
  readonly stepSize: number;
  /** Null without any. */
  readonly momentum: number | null;
  readonly nesterov: boolean;
  readonly l2: number;
}

/** An objective that is a mean over `samples` samples and can be evaluated on some of them. */
export interface SampledObjective extends Objective {
  readonly samples: number;
  /**
   * Set where the sums over all samples are known in closed form, so that the whole loss costs no more than a minibatch's and nothing is
   * gained by one.
   */
  readonly closedForm?: true;
  /** Set where every sample has the loss of all: then the loss is that of any number of samples, without noise. */
  readonly alike?: true;
  /**
   * Mean loss over the samples `order[from..to-1]` (0-based sample numbers); overwrites `gradient` with its gradient.
   */
  batchLossAndGradient(w: Float64Array, gradient: Float64Array, order: Int32Array, from: number, to: number): number;
  /**
   * Where it costs less than one step after the other: makes those of a rule, `velocity` being its memory, of no length without momentum, on batches of `batch` samples of order[from..to-1], the last
   * smaller where it must. How many were made before the first whose loss is not finite; then `w` and `velocity` are those before it.
   */
  batchSteps?(
    w: Float64Array,
    gradient: Float64Array,
    velocity: Float64Array,
    order: Int32Array,
    batches: { readonly from: number; readonly to: number; readonly batch: number },
    rule: StepRule,
  ): number;
  /** Where it costs less than batches of one: overwrites `losses` with those of the samples that `order` names. */
  sampleLosses?(w: Float64Array, order: Int32Array, losses: Float64Array): void;
}

/** An objective of named arrays, laid out in the order given, by its loss and gradient. */
export const objectiveOf = (
  shapes: { readonly [name: string]: readonly number[] },
  lossAndGradient: Objective["lossAndGradient"],
): Objective => {
  let size = 0;
  const parameters = Object.entries(shapes).map(([name, shape]): ParameterArray => {
    const offset = size;
    size += shape.reduce((a, b) => a * b, 1);
    return { name, shape, offset };
  });
  const scratch = new Float64Array(size);
  return { parameters, size, loss: w => lossAndGradient(w, scratch), lossAndGradient };
};
