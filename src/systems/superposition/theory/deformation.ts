import { invalid, LandauError } from "../../../errors.ts";
import { settleAtCriticalPoint } from "../../../learning/critical-point.ts";
import { populationObjective } from "../model/population.ts";
import { kgonPoint, solveKgon } from "./kgon.ts";
import { positiveVestigialValue } from "./vestigial.ts";

/**
 * A control parameter beside the data size: with c = 6, the squared error of the last output counts u times,
 * H_u = H_1 + ... + H_5 + u H_6. The 6-gon deforms as u falls; the 5-gon that drops the last feature keeps its shape.
 */
const C = 6;
const SIZE = 3 * C;
const LARGEST_STEP = 0.05;
const SMALLEST_WEIGHT = 0.4;
const LARGEST_WEIGHT = 2;

const weighted = (u: number) => populationObjective({ c: C, r: 2, outputWeights: [1, 1, 1, 1, 1, u] });
const lastOutput = populationObjective({ c: C, r: 2, outputWeights: [0, 0, 0, 0, 0, 1] });

/** Loss of 5+ when the last feature is the positive vestigial one: (h(5) + u (1 - 3/(4c))) / (3c). */
export const weightedPentagonLoss = (u: number): number => (solveKgon(5).h + u * positiveVestigialValue(C)) / SIZE;

/** How the parameters move when the plane is rotated: a null direction of the Hessian. */
const rotation = (w: Float64Array) => w.map((_, i) => (i < C ? -w[C + i] : i < 2 * C ? w[i - C] : 0));

export interface DeformedHexagon {
  readonly u: number;
  /** Flat parameters. */
  readonly w: Float64Array;
  readonly loss: number;
}

/** The 6-gon followed from u = 1 to `u` in [0.4, 2]. Throws a LandauError outside. */
export const deformedHexagon = (u: number): DeformedHexagon => {
  if (!(u >= SMALLEST_WEIGHT && u <= LARGEST_WEIGHT))
    throw invalid("u", u, `a number from ${SMALLEST_WEIGHT} to ${LARGEST_WEIGHT}`);
  const w = kgonPoint({ k: 6, c: C, sigma: 0, vestigialBias: -1, rotation: 0 });
  const stages = Math.ceil(Math.abs(u - 1) / LARGEST_STEP);
  for (let stage = 1; stage <= stages; stage++)
    if (!settleAtCriticalPoint(weighted(1 + ((u - 1) * stage) / stages), w, rotation))
      throw new LandauError("diverged", `the 6-gon could not be followed to u = ${u}`);
  return { u, w, loss: weighted(u).loss(w) };
};

/**
 * Where the 6-gon and 5+ have the same loss. Both stay nondegenerate minima there, so the transition is of first order.
 * Newton's method in u: along the branch of critical points, dL/du is H_6 / (3c).
 */
export const deformationCrossing = (): { readonly u: number; readonly loss: number } => {
  let u = 1;
  for (let iteration = 0; iteration < 50; iteration++) {
    const { w, loss } = deformedHexagon(u);
    const slope = lastOutput.loss(w) - positiveVestigialValue(C) / SIZE;
    const step = (loss - weightedPentagonLoss(u)) / slope;
    u -= step;
    if (Math.abs(step) < 1e-13) return { u, loss: weightedPentagonLoss(u) };
  }
  throw new LandauError("diverged", "the crossing of the 6-gon and 5+ was not found");
};
