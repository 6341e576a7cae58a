import type { Model } from "../engine/model.ts";
import type { PrecisionName } from "../engine/wasm/precision.ts";
import { invalid, LandauError } from "../errors.ts";
import { type Clip, checkClip } from "../learning/gradient-clipping.ts";
import type { OptimiserChoice } from "../learning/parameter-groups.ts";
import { type Data, type Dataset, dataset } from "./data.ts";

/** A model, what it learns from, and how: all that a training run needs but a seed. */
export interface Experiment {
  readonly model: Model;
  readonly data: Data;
  readonly optimiser: OptimiserChoice;
  /** Training steps. */
  readonly steps: number;
  /** Samples per step, drawn without replacement epoch by epoch; all of them when absent. */
  readonly batch?: number;
  /** Bounds the gradient: as a whole, or each of its entries. */
  readonly clip?: Clip;
  /** Precision of real numbers: "f32" when absent. */
  readonly precision?: PrecisionName;
  /** Further data on which checkpoints evaluate the model. */
  readonly test?: Data;
  /** Ascending steps at which checkpoints are taken, before the step is made; logarithmic and linear when absent. */
  readonly checkpoints?: readonly number[];
}

/** An experiment whose numbers are checked and whose data have one form. */
export interface CheckedExperiment extends Omit<Experiment, "data" | "test" | "precision"> {
  readonly data: Dataset;
  readonly test?: Dataset;
  readonly precision: PrecisionName;
}

const fields = ["model", "data", "optimiser", "steps", "batch", "clip", "precision", "test", "checkpoints"];

/** Throws a LandauError of kind "input" that names what cannot be used, its value and what is needed. */
export const checkExperiment = (experiment: Experiment): CheckedExperiment => {
  if (typeof experiment !== "object" || experiment === null)
    throw invalid("the experiment", experiment, "an object { model, data, optimiser, steps }");
  const unknown = Object.keys(experiment).find(field => !fields.includes(field));
  if (unknown !== undefined)
    throw new LandauError("input", `the experiment has ${unknown}, which is none of ${fields.join(", ")}`);
  const { model, steps, batch, precision = "f32", clip, checkpoints = [] } = experiment;
  if (typeof model?.trace !== "function") throw invalid("model", model, "what model((m, inputs) => ...) returns");
  if (experiment.optimiser === undefined)
    throw invalid("optimiser", undefined, "an optimiser such as adam({ stepSize: 1e-3 })");
  if (!(Number.isSafeInteger(steps) && steps >= 1)) throw invalid("steps", steps, "a whole number from 1");
  if (precision !== "f32" && precision !== "f64") throw invalid("precision", precision, '"f32" or "f64"');
  if (clip !== undefined) checkClip(clip);
  if (!Array.isArray(checkpoints)) throw invalid("checkpoints", checkpoints, "a list of steps");
  checkpoints.forEach((step, i) => {
    if (!(Number.isSafeInteger(step) && step >= 0)) throw invalid(`checkpoints[${i}]`, step, "a whole number from 0");
  });
  const data = dataset(experiment.data);
  if (batch !== undefined && !(Number.isInteger(batch) && batch >= 1 && batch <= data.samples))
    throw invalid("batch", batch, `a whole number from 1 to the number of samples, ${data.samples}`);
  return { ...experiment, precision, data, test: experiment.test && dataset(experiment.test, "test") };
};
