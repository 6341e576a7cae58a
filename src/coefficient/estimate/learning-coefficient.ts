import { type Health, healthFrom } from "../../contracts/health.ts";
import type { Objective, SampledObjective } from "../../contracts/objective.ts";
import { invalid, isLandauError } from "../../errors.ts";
import { longPrior, multiplicityPrior } from "./asymptotics.ts";
import { batchChoiceOf, checkBatchSize } from "./batch-choice.ts";
import { LEAST_MOVED } from "./chains.ts";
import { coldestOf } from "./coldest.ts";
import { type Conclusion, conclude } from "./conclude.ts";
import { concludeCooled } from "./conclude-cooled.ts";
import { type Cooling, cool } from "./cooling.ts";
import { floorOf } from "./curvature.ts";
import { deficitOf } from "./deficit.ts";
import { type CoefficientSign, findingsOf } from "./findings.ts";
import { CONSTANT } from "./first-gamma.ts";
import { inLengths, ownLengths } from "./own-lengths.ts";
import { BudgetSpent, type Problem, problemAt } from "./problem.ts";
import { BELOW } from "./proposal.ts";
import { restricted } from "./restricted.ts";
import type { Row } from "./row.ts";
import { isFreeOfNoise } from "./sample-noise.ts";
import { FELT, type Scan, scan } from "./scan.ts";

export interface CoefficientOptions {
  /** 0 when absent. Same seed, same bits. */
  readonly seed?: number;
  /** n, for an objective that does not say how many samples its loss is a mean of. */
  readonly samples?: number;
  /** n times the inverse temperature at which K is looked at; n when absent. */
  readonly nBeta?: number;
  /** Names of the parameter arrays whose refined coefficient is meant; the others stay where they are. All when absent. */
  readonly parameters?: readonly string[];
  /** Evaluations of the loss, those on minibatches included. 4e6 / (1 + number of parameters / 8) when absent. */
  readonly budget?: number;
  /** 4 when absent. */
  readonly chains?: number;
  /** Time of a leapfrog step in units of 1 / sqrt(largest curvature), stable below 2. Found in the burn-in when absent. */
  readonly stepSize?: number;
  /**
   * Samples of the minibatch that a trajectory sees; all when equal to their number. When absent it is found in the burn-in, for an
   * objective of 2000 samples or more whose sums over all of them are not in closed form.
   */
  readonly batch?: number;
  /** Called after each evaluation with their number so far and the budget, of which the last rows may take a little more. */
  progress?(evaluations: number, budget: number): void;
}

export interface CoefficientEstimate {
  readonly kind: "estimate";
  readonly lambda: number;
  readonly standardError: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  readonly multiplicity: Multiplicity;
  readonly nBeta: number;
  /** The weakest localiser used, for displacements in units of `lengths`; as gammas and distances of rows are. */
  readonly gamma: number;
  /** The own length of each parameter where they are far apart, see own-lengths.ts; else all 1. */
  readonly lengths: Float64Array;
  /** L(w*) of all samples. It has no error of its own. */
  readonly baseline: number;
  readonly health: Health<CoefficientSign>;
  /** One for each strength of the localiser, from the strongest: the running estimate. */
  readonly rows: readonly Row[];
  /** nBeta K of each chain in the last row used. */
  readonly traces: readonly Float64Array[];
  /** Samples of a minibatch in the weakest row used; absent where trajectories saw all. */
  readonly batch?: number;
  /** One on a minibatch counts as its share of the samples. */
  readonly evaluations: number;
}

export interface Multiplicity {
  /** Probabilities of multiplicity 1, 2, 3 and 4, from priors 0.6, 0.25, 0.1 and 0.05; from 5 parameters on up to 6, those above 3 from 0.04, 0.007 and 0.003. */
  readonly probabilities: readonly number[];
  readonly text: string;
}

export type FailureReason =
  | "not finite"
  | "constant"
  | "below the baseline"
  | "no minimum"
  | "unstable"
  | "too little budget"
  | "too small a batch";

export interface CoefficientFailure {
  readonly kind: "failure";
  readonly reason: FailureReason;
  /** What happened, and what to do. */
  readonly text: string;
  readonly nBeta: number;
  readonly rows: readonly Row[];
  readonly evaluations: number;
}

export type CoefficientResult = CoefficientEstimate | CoefficientFailure;

/**
 * The local learning coefficient of an objective at a minimum w*, with an honest error: nothing to tune.
 *
 *     const result = learningCoefficient(objective, w);
 *     if (result.kind === "estimate") console.log(result.lambda, result.interval, result.health.text);
 *
 * nBeta <K> under exp(-nBeta K - gamma |u|^2 / 2), K = L - L(w*) of all samples and u_i = (w_i - w*_i) / length_i with a length of each parameter's own, is lambda - (m - 1) / log nBeta + ... [Watanabe
 * 2009; Lau et al. 2023]. The localiser is weakened step by step (scan.ts) until the average no longer changes or another phase takes
 * over; the limit and its error come from all rows of the phase, averaged over multiplicities and power laws (asymptotics.ts).
 * Chains are Hamiltonian, with steps from the curvature at w*, and accept or refuse: there is no bias from the step size, nor from
 * minibatches (surrogate.ts in sampling).
 *
 * Throws a LandauError of kind "input" for bad arguments; what goes wrong with the estimate is a failure with a reason.
 */
export const learningCoefficient = (
  objective: Objective,
  at: Float64Array,
  options: CoefficientOptions = {},
): CoefficientResult => {
  const { seed = 0, chains = 4, stepSize, parameters, progress } = options;
  if (at.length !== objective.size)
    throw invalid("the length of the point", at.length, `${objective.size}, the number of parameters`);
  const nBeta = options.nBeta ?? samplesOf(objective, options.samples);
  const part = parameters ? restricted(objective, at, parameters) : { objective, at };
  const usual = 4e6 / (1 + part.objective.size / 8);
  const budget = options.budget ?? usual;
  checkOptions({ nBeta, chains, budget, stepSize });
  checkBatchSize(objective, options.batch);
  const failure = (
    reason: FailureReason,
    text: string,
    rows: readonly Row[] = [],
    evaluations = 0,
  ): CoefficientFailure => ({
    kind: "failure",
    reason,
    text,
    nBeta,
    rows,
    evaluations,
  });
  let problem: Problem | undefined;
  try {
    const { lengths, evaluations } = ownLengths(part.objective, part.at, nBeta);
    const scaled = inLengths(part.objective, part.at, lengths);
    problem = problemAt(scaled.objective, scaled.at, progress && (calls => progress(calls, budget)));
    problem.evaluations += evaluations;
    problem.calls += evaluations;
    problem.allow(budget);
    const deficit = deficitOf(problem, nBeta);
    if (deficit.saddle !== undefined) return failure("below the baseline", deficit.saddle, [], problem.evaluations);
    const batches = batchChoiceOf(problem, options.batch);
    // In own lengths a loss u^2 / nBeta is 1 at a distance of sqrt(nBeta).
    const felt = lengths.every(length => length === 1) ? FELT : FELT / nBeta;
    // Whoever names an nBeta, or a batch, means it; the noise of samples hides what is finer than 1 / n; and a ladder of temperatures needs its budget.
    const mayCool =
      options.nBeta === undefined && options.batch === undefined && budget >= LEAST_SHARE * usual && isExact(problem);
    const coldest = mayCool ? coldestOf(problem, nBeta, deficit.energy) : { usual: nBeta, ever: nBeta };
    const settings = { seed, chains, nBeta, budget, stepSize, felt };
    let found: Scan | undefined;
    let conclusion: Conclusion | undefined;
    if (coldest.usual > LEAST_RANGE * nBeta) {
      const cooling = cool(problem, { ...settings, coldest: coldest.usual, coldestEver: coldest.ever });
      conclusion = refined(cooling, problem, budget);
      if (conclusion) found = cooling;
    }
    found ??= scan(problem, { ...settings, batches });
    const { batch } = options;
    const about = { stepSize, budget, batch, lengths, deficit: deficit.energy, conclusion };
    return resultOf(problem, found, about, failure);
  } catch (error) {
    if (isLandauError(error, "input") && error.message === CONSTANT)
      return failure("constant", `${CONSTANT}: there is nothing to measure; check the parameters that are not frozen`);
    if (error instanceof BudgetSpent)
      return failure("too little budget", `${Math.round(budget)} evaluations end before the first chains`, [], budget);
    if (!isLandauError(error, "diverged")) throw error;
    if (error.message === BELOW)
      return failure(
        "below the baseline",
        `${BELOW}: it is no minimum; train it further`,
        [],
        problem?.evaluations ?? 0,
      );
    return failure("not finite", error.message, [], problem?.evaluations ?? 0);
  }
};

/** n, as the objective or the caller says. */
export const samplesOf = (objective: Objective, samples?: number): number => {
  const own = "samples" in objective ? (objective as SampledObjective).samples : undefined;
  const n = samples ?? own;
  if (!(n !== undefined && Number.isFinite(n) && n > 1))
    throw invalid("samples", n, "the number of samples that the loss is a mean of, at least 2");
  return n;
};

const checkOptions = ({ nBeta, chains, budget, stepSize }: Partial<CoefficientOptions>): void => {
  if (!(Number.isFinite(nBeta) && nBeta! > 1)) throw invalid("nBeta", nBeta, "a number above 1");
  if (!(Number.isSafeInteger(chains) && chains! >= 2))
    throw invalid("chains", chains, "a whole number from 2: one chain cannot disagree");
  if (!(budget! > 0 && budget! < Infinity)) throw invalid("budget", budget, "a positive number of evaluations");
  if (stepSize !== undefined && !(stepSize > 0 && stepSize < Infinity))
    throw invalid("stepSize", stepSize, "a positive number");
};

/** Share of the usual budget from which a ladder of temperatures is tried, and the least factor from its first to its last. */
const LEAST_SHARE = 1 / 8;
const LEAST_RANGE = 1e3;

/** Whether the loss is that of any number of samples. */
const isExact = (problem: Problem): boolean => {
  if (!("samples" in problem.objective)) return true;
  const sampled = problem.objective as SampledObjective;
  return sampled.alike === true || isFreeOfNoise(problem, sampled);
};

const boundsOf = ({ curvature, size }: Problem) => ({ floor: floorOf(curvature), ceiling: size / 2 });

/** Standard error, as a share of lambda, at which no more is asked for; or errors of each of the last rows that are half of it, or a small part of one that laws leave open. */
const ENOUGH = 0.02;
const SMALL_PART = 0.25;

/** What the rows say, run on for as long as they say too little. Undefined where chains neither came far nor settled, and more than half of the budget is left for other rows. */
const refined = (cooling: Cooling, problem: Problem, budget: number): Conclusion | undefined => {
  const [long, short] = [longPrior, multiplicityPrior].map(prior => ({
    ...boundsOf(problem),
    prior: prior(problem.size),
  }));
  const isLittleLeft = cooling.within > 1 && 2 * problem.calls > budget;
  const concluded = () =>
    concludeCooled(cooling, long) ??
    (cooling.ended === "plateau" || isLittleLeft ? conclude(cooling, short) : undefined);
  let conclusion = concluded();
  const isEnough = ({ standardError, lambda }: Conclusion) =>
    (standardError <= ENOUGH * lambda && cooling.isKnownTo(Infinity)) ||
    cooling.isKnownTo(Math.max(0.5 * ENOUGH, (SMALL_PART * standardError) / lambda));
  while (conclusion && !isEnough(conclusion) && cooling.refine()) conclusion = concluded();
  return conclusion;
};

/** Leapfrog steps longer than this blow up where the curvature is 1. */
const STABLE = 2;
const LEAST_ACCEPTANCE = 0.3;
/** A value of which more is computed, at the weakest localiser, is no measurement. */
const ALL_COMPUTED = 0.9;

const resultOf = (
  problem: Problem,
  found: Scan,
  {
    stepSize,
    budget,
    batch,
    lengths,
    deficit,
    conclusion: known,
  }: {
    stepSize?: number;
    budget: number;
    batch?: number;
    lengths: Float64Array;
    deficit: number;
    conclusion?: Conclusion;
  },
  failure: (reason: FailureReason, text: string, rows: readonly Row[], evaluations: number) => CoefficientFailure,
): CoefficientResult => {
  const { rows, within } = found;
  const { evaluations } = problem;
  const seen = rows.slice(0, Math.max(1, within));
  const acceptance = seen.reduce((least, row) => Math.min(least, row.acceptance), 1);
  if (stepSize !== undefined && (stepSize >= STABLE || acceptance < LEAST_ACCEPTANCE))
    return failure(
      "unstable",
      `trajectories of stepSize ${stepSize} are accepted with probability ${acceptance.toFixed(2)}: needs one well below the stable bound ${STABLE}, or none, so that it is found`,
      rows,
      evaluations,
    );
  const depth = Math.max(deficit, ...seen.map(row => -row.nBeta * Math.min(row.leastK, 0)));
  const level = Math.max(0.25, seen.at(-1)?.value ?? 0);
  if (depth > 0.1 * level)
    return failure(
      "below the baseline",
      `the point is no minimum: nBeta K falls to ${(-depth).toPrecision(3)} around it; train it further, or take the best point seen`,
      rows,
      evaluations,
    );
  if (!known && (within === 0 || (within === 1 && found.ended !== "escape"))) {
    const happened = rows[within]?.unconverged ?? "there was only enough for one localiser";
    const refused = rows[within]?.batch !== undefined && rows[within].acceptance < LEAST_MOVED;
    if (batch !== undefined && refused)
      return failure(
        "too small a batch",
        `${happened}, and trajectories of minibatches of ${batch} are accepted with probability ${rows[within].acceptance.toFixed(2)}: give a larger batch, or none, so that it is found`,
        rows,
        evaluations,
      );
    return failure(
      "too little budget",
      `${happened}: give a larger budget than ${Math.round(budget)} evaluations, or a larger n, which keeps the chains nearer to the point`,
      rows,
      evaluations,
    );
  }
  const conclusion = known ?? conclude(found, { ...boundsOf(problem), prior: multiplicityPrior(problem.size) });
  const { lambda, standardError, interval, multiplicity, used } = conclusion;
  const last = used[used.length - 1];
  const computed = 1 - last.energy / last.value;
  if (computed > ALL_COMPUTED && found.ended !== "budget" && found.ended !== "unconverged")
    return failure(
      "no minimum",
      `${(100 * computed).toFixed(1)} % of nBeta <K> = ${last.value.toPrecision(3)} is what the localiser is computed to take, and the draws show the rest: the loss hardly rises around the point, as where it has no minimum and falls for ever (classes that can be separated); weight decay in the loss gives it one`,
      rows,
      evaluations,
    );
  const likely = multiplicity.indexOf(Math.max(...multiplicity)) + 1;
  const listed = multiplicity.flatMap((p, i) => (p >= 0.005 ? [`${i + 1} with probability ${p.toFixed(2)}`] : []));
  const clear = multiplicity[likely - 1] >= 0.9;
  return {
    kind: "estimate",
    lambda,
    standardError,
    interval,
    multiplicity: {
      probabilities: multiplicity,
      text: clear
        ? `multiplicity ${likely}, with probability ${multiplicity[likely - 1].toFixed(2)}`
        : `the logarithmic term is not resolved: multiplicity ${listed.join(", ")}`,
    },
    nBeta: last.nBeta,
    gamma: last.gamma,
    lengths,
    baseline: problem.baseline,
    health: healthFrom(findingsOf(found, { ...conclusion, depth: depth / level })),
    rows,
    traces: found.traces,
    ...(last.batch !== undefined && { batch: last.batch }),
    evaluations: Math.round(evaluations),
  };
};
