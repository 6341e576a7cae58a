import type { Objective, ParameterArray } from "../contracts/objective.ts";
import { invalid, LandauError } from "../errors.ts";
import { entryPlace, firstNotFinite } from "./entry-place.ts";
import { fullBatch, type GradientSource } from "./gradients.ts";
import type { OptimiserState, VectorOptimiser } from "./optimiser.ts";
import { grouped, type OptimiserChoice } from "./parameter-groups.ts";

export interface Descent {
  readonly gradients: GradientSource;
  /** Groups of parameters with optimisers of their own need `parameters`. */
  readonly optimiser: OptimiserChoice;
  /** The arrays of the objective, whose names errors then use. */
  readonly parameters?: readonly ParameterArray[];
  /** Parameters at the start; moved in place. */
  readonly w: Float64Array;
  /** Space for gradients, of the length of `w`; a fresh one when absent. */
  readonly gradient?: Float64Array;
  /** Optimiser state at the start; a fresh one when absent. */
  readonly state?: OptimiserState;
  /** Number of steps already made; checkpoints up to it were visited. Absent at a fresh start. */
  readonly from?: number;
  /** Ascending step numbers at which `visit` is called, before the step is made; the last one ends the descent. */
  readonly checkpoints: readonly number[];
  /** `w` and `state` are the live buffers: copy what must last. Returning true ends the descent there. */
  visit(checkpoint: { step: number; w: Float64Array; state: OptimiserState }): unknown;
}

/**
 * Runs an optimiser from checkpoint to checkpoint. A descent interrupted at a checkpoint and continued with the same
 * `w`, `state` and `from` makes the same bits as one that was not.
 *
 * Throws a LandauError of kind "input" when a start is not finite, and of kind "diverged" at the first step whose loss,
 * or at the first checkpoint whose parameters, are not. A loss that grows is left to run.
 */
export const descend = (descent: Descent): void => {
  const { gradients, optimiser, parameters, w, state, from, checkpoints, visit } = descent;
  if (parameters === undefined && Array.isArray(optimiser))
    throw invalid("parameters", parameters, "the arrays of the objective, as its optimisers go by groups of them");
  const moving = grouped(optimiser, parameters ?? []);
  const many = moving.stepRule && gradients.steps;
  const bad = firstNotFinite(w);
  if (bad >= 0) throw invalid(`${entryName(bad, parameters)} at the start`, w[bad], "a finite number");
  const memory = state ?? moving.init(w.length);
  const { gradient = new Float64Array(w.length) } = descent;
  const velocity = (memory.velocity as Float64Array | undefined) ?? new Float64Array();
  let step = from ?? 0;
  for (const checkpoint of checkpoints) {
    if (from !== undefined && checkpoint <= from) continue;
    while (step < checkpoint) {
      const made = many?.(w, gradient, velocity, step, checkpoint, moving.stepRule!) ?? 0;
      step += made;
      if (made > 0) continue;
      const loss = gradients(w, gradient, step);
      // One comparison catches NaN and both infinities.
      if (!(Math.abs(loss) < Infinity)) throw diverged("loss", loss, step, moving);
      moving.step(w, gradient, memory);
      step++;
    }
    const lost = firstNotFinite(w);
    if (lost >= 0) throw diverged(entryName(lost, parameters), w[lost], step, moving);
    if (visit({ step, w, state: memory }) === true) return;
  }
};

/** Makes a number of steps on the whole loss; moves `w` in place. Callers that move often keep the space for gradients. */
export const descendFor = (
  objective: Objective,
  optimiser: OptimiserChoice,
  w: Float64Array,
  steps: number,
  gradient = new Float64Array(w.length),
): void => descend({ gradients: fullBatch(objective), optimiser, w, gradient, checkpoints: [steps], visit: () => {} });

const diverged = (what: string, value: number, step: number, { name, settings }: VectorOptimiser): LandauError =>
  new LandauError(
    "diverged",
    `${what} is ${value} at step ${step} of ${name} ${JSON.stringify(settings)}: ` +
      "lower the step size, clip the gradient, or start closer to the origin",
  );

/** Entry 7 of the flat vector, or W[1,2] when the arrays are known. */
const entryName = (entry: number, parameters: readonly ParameterArray[] = []): string => {
  for (const { name, shape, offset } of parameters) {
    const own = entry - offset;
    if (own >= 0 && own < shape.reduce((a, b) => a * b, 1)) return `${name}${entryPlace(shape, own)}`;
  }
  return `w[${entry}]`;
};
