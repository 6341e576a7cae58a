import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { line } from "../../numerics/line-fit.ts";

/** How a change looks as the steps of the control become small. */
export type Sharpness = "jump" | "singular" | "smooth";

/**
 * Slope a = d ln D_lin / d ln dT of the height of a peak over the step of the control, by least squares: 0 at a jump (a transition of first order, or a boundary between
 * decisions), 2 where the Fisher information is finite (a crossover, or a finite size), and between the two where it diverges as |T - T_c|^-(2-a). A finite system ends at 2
 * for steps below its rounding width.
 */
export const refinementSlope = (steps: ArrayLike<number>, heights: ArrayLike<number>): number => {
  if (steps.length < 2 || steps.length !== heights.length)
    throw invalid("the length of steps", steps.length, "at least 2, and as many as heights");
  for (let i = 0; i < steps.length; i++) {
    if (!(steps[i] > 0)) throw invalid(`steps[${i}]`, steps[i], "a positive number");
    if (!(heights[i] > 0)) throw invalid(`heights[${i}]`, heights[i], "a positive number");
  }
  return line(Float64Array.from(steps, log), Float64Array.from(heights, log)).slope;
};

/** Slopes within this of 0 and of 2 are called so. */
const MARGIN = 0.35;

export const sharpnessOf = (slope: number): Sharpness =>
  slope < MARGIN ? "jump" : slope > 2 - MARGIN ? "smooth" : "singular";
