import { isLandauError } from "../errors.ts";
import { meanWithError } from "../numerics/statistics.ts";
import { largestCurvature } from "../sampling/curvature.ts";
import { hmc } from "../sampling/hmc.ts";
import { langevin } from "../sampling/langevin.ts";
import { localised } from "../sampling/prior.ts";
import { posterior } from "../sampling/target.ts";
import { type ChainAveragePlan, chainAverage } from "./chain-average.ts";

/** What one chain says of the learning coefficient, as fields of a record: numbers, or why there are none. */
export type ChainEstimate = {
  readonly lambda: number | null;
  /** From the chain's own autocorrelations; what the burn-in was too short for is not in it. */
  readonly standardError: number | null;
  readonly failure: string | null;
};

type Plan = Omit<ChainAveragePlan, "sampler" | "startCounts">;

/** A chain runs away from 4 on; the power iteration may find a tenth too little. */
const LIMIT = 3.6;
/** Enough for a start that is almost orthogonal to the steepest direction. */
const ITERATIONS = 80;

/**
 * One full-batch Langevin chain from w*: lambda = nBeta (mean of L(w_t), t = burnIn .. burnIn + draws - 1, - L(w*)).  [arXiv 2308.12108,
 * section 4] Negative where the chain finds lower losses than that of w*, as it does early in training. A step that is too long
 * for the curvature is a failure, not an estimate; `setting` is what the step size is called where it is set.
 */
export const langevinEstimate = (
  plan: Plan & { readonly stepSize: number; readonly setting?: string },
): ChainEstimate => {
  const { objective, centre, nBeta, gamma, stepSize, setting = "stepSize", random } = plan;
  const target = posterior({ objective, nBeta, prior: localised({ gamma, centre }) });
  const steepest = largestCurvature(target, centre, random("stability"), ITERATIONS);
  if (stepSize * steepest < LIMIT) return estimate({ ...plan, sampler: langevin({ stepSize }), startCounts: true });
  const needs = `less than ${(LIMIT / steepest).toPrecision(3)} (${LIMIT} / largest nBeta h + gamma)`;
  return failed(`${setting} ${stepSize} is unstable: needs ${needs}`);
};

/** Leapfrog steps of a trajectory, and how much their time varies. */
const STEPS = 12;
const JITTER = 0.3;
/** Above this many parameters the mass is a diagonal. */
const MOST_DENSE = 160;

/** The same average by Hamiltonian Monte Carlo, which has no bias from its steps; burn-in and draws count trajectories. */
export const hamiltonianEstimate = (plan: Plan): ChainEstimate => {
  const mass = plan.objective.size <= MOST_DENSE ? "dense" : "diagonal";
  return estimate({ ...plan, sampler: hmc({ steps: STEPS, jitter: JITTER, mass }) });
};

const estimate = (plan: ChainAveragePlan): ChainEstimate => {
  try {
    const { mean, standardError } = meanWithError(chainAverage(plan).excess);
    return { lambda: mean, standardError, failure: null };
  } catch (error) {
    if (!isLandauError(error, "diverged")) throw error;
    return failed(error.message);
  }
};

const failed = (failure: string): ChainEstimate => ({ lambda: null, standardError: null, failure });
