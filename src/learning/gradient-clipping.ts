import { invalid } from "../errors.ts";
import { checkPositive } from "./checks.ts";
import type { GradientSource } from "./gradients.ts";

/** Largest length of the whole gradient, or largest size of each of its entries. */
export type Clip = { readonly norm: number } | { readonly value: number };

/** Throws a LandauError of kind "input" unless there is one positive bound. */
export const checkClip = (clip: Clip): void => {
  if (typeof clip !== "object" || clip === null || "value" in clip === "norm" in clip)
    throw invalid("clip", clip, "either { norm } or { value }");
  if ("value" in clip) checkPositive("clip.value", clip.value);
  else checkPositive("clip.norm", clip.norm);
};

/**
 * A gradient source whose gradients are bounded; the loss is untouched.
 * Norm: g <- g min(1, norm / |g|), with |g| the Euclidean length over all parameters.  [Pascanu et al. 2013]
 * Value: each entry is kept within -value and value.
 */
export const clipped = (source: GradientSource, clip: Clip): GradientSource => {
  checkClip(clip);
  if ("value" in clip) {
    const { value } = clip;
    return (w, gradient, step) => {
      const loss = source(w, gradient, step);
      for (let i = 0; i < gradient.length; i++) gradient[i] = Math.min(value, Math.max(-value, gradient[i]));
      return loss;
    };
  }
  return (w, gradient, step) => {
    const loss = source(w, gradient, step);
    const length = euclideanLength(gradient);
    // A length that is not a number makes the gradient so too, which the loop reports.
    if (!(length <= clip.norm)) {
      const factor = clip.norm / length;
      for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
    }
    return loss;
  };
};

/** In units of the largest entry when the squares overflow. */
const euclideanLength = (values: Float64Array): number => {
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    squares += values[i] * values[i];
    largest = Math.max(largest, Math.abs(values[i]));
  }
  if (squares < Infinity) return Math.sqrt(squares);
  squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] / largest) * (values[i] / largest);
  return largest * Math.sqrt(squares);
};
