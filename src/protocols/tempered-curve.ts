import { invalid } from "../errors.ts";
import { lastRiseOf } from "../numerics/last-rise.ts";
import { memoised } from "../numerics/memoised.ts";
import { type Expectation, reweighting } from "../sampling/reweighting.ts";
import { localSamplers, type TemperedPlan, temperedRun } from "./tempered-run.ts";

/** What one tempered run knows of the posterior exp(-nBeta L(w)) N(w; 0, priorStd^2 I), for nBeta from 0 to `top`. */
export interface TemperedCurve {
  readonly top: number;
  /** Shares of the classes and the mean loss. */
  at(nBeta: number): Expectation;
}

export interface CurvePlan extends Pick<TemperedPlan, "objective" | "priorStd" | "classOf" | "random"> {
  /** Classes are the whole numbers below. */
  readonly classes: number;
}

/** Run lengths: standard errors of occupancies are 0.002 to 0.005, of the mean loss 1e-4 to 5e-4 (up to nBeta of 500). */
const DRAWS = 40_000;
const BURN_IN = 1000;
const LEAPFROG_STEPS = 16;
const SMALLEST_TOP = 512;
/** What parallel tempering of this length can still answer honestly. */
export const LARGEST_TOP = 65_536;

/** Curves of a posterior by the nBeta they have to reach: one run serves all nBeta up to the next power of two, and is made once. */
export const temperedCurves = (plan: CurvePlan): ((nBeta: number) => TemperedCurve) => {
  const upTo = memoised((top: number): TemperedCurve => ({ top, at: sampledCurve(plan, top) }));
  return nBeta => {
    if (!(nBeta >= 0 && nBeta <= LARGEST_TOP)) throw invalid("nBeta", nBeta, `a number from 0 to ${LARGEST_TOP}`);
    let top = SMALLEST_TOP;
    while (top < nBeta) top *= 2;
    return upTo(top);
  };
};

const sampledCurve = ({ classes, ...plan }: CurvePlan, top: number): TemperedCurve["at"] => {
  // Two more temperatures for each doubling keep the swap rate near one half.
  let rungs = 14;
  for (let reached = SMALLEST_TOP; reached < top; reached *= 2) rungs += 2;
  const run = temperedRun({
    ...plan,
    nBeta: top,
    rungs,
    hottest: 0,
    local: localSamplers.hmc(LEAPFROG_STEPS),
    burnIn: BURN_IN,
    draws: DRAWS,
  });
  run.advance(DRAWS);
  const ladder = run.ladder();
  return reweighting(
    run.losses.map((losses, k) => ({ nBeta: ladder[k], losses, classes: run.classes[k] })),
    classes,
  );
};

/** The nBeta at which class `to` becomes as probable as class `from`, the last time it does. Throws when it never does. */
export const classCrossing = (
  curves: (nBeta: number) => TemperedCurve,
  { from, to }: { readonly from: number; readonly to: number },
): number => {
  for (let reach = SMALLEST_TOP; reach <= LARGEST_TOP; reach *= 2) {
    const { top, at } = curves(reach);
    const crossing = lastRiseOf(nBeta => {
      const { occupancy } = at(nBeta);
      return occupancy[to] - occupancy[from];
    }, top);
    if (crossing !== null) return crossing;
  }
  throw invalid("to", to, `a class that overtakes ${from} below nBeta = ${LARGEST_TOP}`);
};
