import { stream } from "../../numerics/stream.ts";
import { SAMPLES } from "./exact-model.ts";

/**
 * Data of a regression y = G* x + residual: every input is measured twice, with opposite residuals. Sample 2k has input k
 * and its residual, sample 2k + 1 the same input and minus that residual.
 *
 * So sum_i residual_i x_i^T = 0 exactly, in floating point too: whatever the residuals are, the mean loss is
 * tr (G - G*) S (G - G*)^T plus a constant, S the mean of x x^T, and the local coefficient at w* is that of the model.
 */
export interface Design {
  readonly pairs: number;
  /** pairs x width of the input. */
  readonly inputs: Float64Array;
  /** pairs x width of the output. */
  readonly residuals: Float64Array;
}

/** Standard deviation of the residuals. */
const RESIDUAL = 0.1;

/** Standard normal inputs and normal residuals, the same for the same purpose. */
export const drawDesign = (purpose: string, inputs: number, outputs: number): Design => {
  const pairs = SAMPLES / 2;
  const design = {
    pairs,
    inputs: new Float64Array(pairs * inputs),
    residuals: new Float64Array(pairs * outputs),
  };
  stream({ seed: 0, purpose: `${purpose}: inputs` }).normals(design.inputs);
  drawResiduals(purpose, design.residuals);
  return design;
};

export const drawResiduals = (purpose: string, residuals: Float64Array): void => {
  stream({ seed: 0, purpose: `${purpose}: residuals` }).normals(residuals);
  for (let i = 0; i < residuals.length; i++) residuals[i] *= RESIDUAL;
};

/** S = mean of x x^T, width x width, over all samples. */
export const secondMoment = ({ pairs, inputs }: Design, width: number): Float64Array => {
  const moment = new Float64Array(width * width);
  for (let k = 0; k < pairs; k++)
    for (let i = 0; i < width; i++)
      for (let j = 0; j <= i; j++) moment[i * width + j] += inputs[k * width + i] * inputs[k * width + j];
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) moment[j * width + i] = moment[i * width + j] /= pairs;
  return moment;
};

export const meanSquare = (values: Float64Array, pairs: number): number =>
  values.reduce((sum, value) => sum + value * value, 0) / pairs;
