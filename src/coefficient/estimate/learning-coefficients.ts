import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import type { Objective } from "../../contracts/objective.ts";
import { invalid, isLandauError } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { cellAt } from "./cell.ts";
import { averageOf } from "./cell-average.ts";
import { langevinAverage } from "./large/langevin-average.ts";
import { localiserOfGain } from "./large/localiser-of-gain.ts";
import { samplesOf } from "./learning-coefficient.ts";
import { problemAt } from "./problem.ts";
import { restricted } from "./restricted.ts";
import { rowOf } from "./row.ts";
import { scan } from "./scan.ts";

export interface TrajectoryOptions {
  /** 0 when absent. */
  readonly seed?: number;
  /** n, for an objective that does not say it. */
  readonly samples?: number;
  /** n / log n when absent, the temperature of the WBIC. */
  readonly nBeta?: number;
  /** The localiser, one for all points; found by `localiserAlong` when absent. */
  readonly gamma?: number;
  /** 4 when absent. */
  readonly chains?: number;
  /** Draws per chain. When absent 48, or 160 for a large model. */
  readonly draws?: number;
  /** Names of the parameter arrays whose refined coefficients are meant; all when absent. */
  readonly parameters?: readonly string[];
  /** Called after each point with how many are done. */
  progress?(done: number): void;
}

export interface TrajectoryPoint {
  /** nBeta <K> around the point, or why there is none. */
  readonly lambda:
    | { readonly kind: "value"; readonly value: number; readonly standardError: number }
    | { readonly kind: "failure"; readonly text: string };
  readonly hessianTrace: number;
  readonly loss: number;
  readonly rHat: number;
  readonly ess: number;
  readonly health: Health<"baseline" | "convergence" | "finite" | "minibatches">;
}

export interface Trajectory {
  readonly nBeta: number;
  readonly gamma: number;
  readonly points: readonly TrajectoryPoint[];
}

/**
 * The local learning coefficient along training: nBeta <K> at one temperature and one localiser for all points, so that they can be
 * compared. Points in the middle of training are no minima; where the loss falls far below L(w*) the value says so. For the limit and an
 * honest interval at a single point there is `learningCoefficient`.
 */
export const learningCoefficients = (
  objective: Objective,
  points: readonly Float64Array[],
  options: TrajectoryOptions = {},
): Trajectory => {
  const { seed = 0, chains = 4, draws, parameters, progress } = options;
  if (points.length === 0) throw invalid("points", points, "at least one point");
  if (draws !== undefined && !(Number.isSafeInteger(draws) && draws >= 16))
    throw invalid("draws", draws, "a whole number from 16");
  if (!(Number.isSafeInteger(chains) && chains >= 2)) throw invalid("chains", chains, "a whole number from 2");
  const n = samplesOf(objective, options.samples);
  const nBeta = options.nBeta ?? n / log(n);
  if (!(nBeta > 1 && nBeta < Infinity)) throw invalid("nBeta", nBeta, "a number above 1");
  const [first, last] = [points[0], points[points.length - 1]];
  const gamma = options.gamma ?? localiserAlong(objective, first, last, { nBeta, seed, parameters });
  if (!(gamma > 0 && gamma < Infinity)) throw invalid("gamma", gamma, "a positive number");
  const measured = points.map((point, index): TrajectoryPoint => {
    const part = partOf(objective, point, parameters);
    const settings = { seed, nBeta, gamma, chains };
    const result = orFailure(() =>
      isLarge(part.objective)
        ? measureLarge(part.objective, part.at, { ...settings, draws: draws ?? LARGE_DRAWS })
        : measure(problemAt(part.objective, part.at), { ...settings, draws: draws ?? DRAWS }),
    );
    progress?.(index + 1);
    return result;
  });
  return { nBeta, gamma, points: measured };
};

const DRAWS = 48;
const LARGE_DRAWS = 160;
/** From so many parameters on the Hessian, or its diagonal alone, costs more than all else. */
const LARGE = 2048;

const isLarge = ({ size }: Objective): boolean => size >= LARGE;

const partOf = (objective: Objective, at: Float64Array, parameters: readonly string[] | undefined) =>
  parameters ? restricted(objective, at, parameters) : { objective, at };

/**
 * One localiser for all points of a training: the strongest that leaves the last point 95 % of its coefficient; for 2048 parameters or more, where
 * there is none such, `localiserOfGain`.
 */
export const localiserAlong = (
  objective: Objective,
  first: Float64Array,
  last: Float64Array,
  { nBeta, seed, parameters }: { nBeta: number; seed: number; parameters?: readonly string[] },
): number => {
  const { objective: part, at } = partOf(objective, last, parameters);
  return isLarge(part)
    ? localiserOfGain(part, at, objective.loss(first) - objective.loss(last), seed)
    : gammaFor(problemAt(part, at), nBeta, seed);
};

const BURN_IN = 40;

/** The strongest localiser that leaves a minimum 95 % of its coefficient. */
export const gammaFor = (problem: ReturnType<typeof problemAt>, nBeta: number, seed: number): number => {
  const { rows, within } = scan(problem, { seed, chains: 2, nBeta, budget: 1e5 });
  const phase = rows.slice(0, Math.max(1, within));
  const best = phase.reduce((most, { value }) => Math.max(most, value), 0);
  return (phase.find(({ value }) => value >= 0.95 * best) ?? phase[0]).gamma;
};

interface PointSettings {
  readonly seed: number;
  readonly nBeta: number;
  readonly gamma: number;
  readonly chains: number;
  readonly draws: number;
}

const measure = (
  problem: ReturnType<typeof problemAt>,
  { seed, nBeta, gamma, chains, draws }: PointSettings,
): TrajectoryPoint => {
  const starts = Array.from({ length: chains }, () => problem.at);
  const cell = cellAt(problem, { seed, nBeta, gamma, starts, burnIn: BURN_IN });
  cell.extend(draws);
  const row = rowOf(problem, averageOf(cell));
  return {
    lambda: { kind: "value", value: row.value, standardError: row.error },
    hessianTrace: problem.curvature.trace,
    loss: problem.baseline,
    rHat: row.rHat,
    ess: row.ess,
    health: healthFrom([baseline(-nBeta * row.leastK, row.value), convergence(row.rHat)]),
  };
};

const measureLarge = (objective: Objective, at: Float64Array, settings: PointSettings): TrajectoryPoint => {
  const { energy, error, lowest, heating, trace, loss, rHat, ess } = langevinAverage(objective, at, settings);
  return {
    lambda: { kind: "value", value: energy, standardError: error },
    hessianTrace: trace,
    loss,
    rHat,
    ess,
    health: healthFrom([baseline(-lowest, energy), convergence(rHat), minibatches(heating)]),
  };
};

const orFailure = (measured: () => TrajectoryPoint): TrajectoryPoint => {
  try {
    return measured();
  } catch (error) {
    if (!isLandauError(error, "diverged")) throw error;
    return {
      lambda: { kind: "failure", text: error.message },
      hessianTrace: 0,
      loss: 0,
      rHat: 0,
      ess: 0,
      health: healthFrom([{ name: "finite", outcome: "undefined", text: error.message }]),
    };
  }
};

const baseline = (depth: number, lambda: number): Finding<"baseline"> =>
  depth > 0.1 * Math.abs(lambda) + 0.01
    ? {
        name: "baseline",
        outcome: "doubtful",
        value: depth,
        text: `no minimum: nBeta K falls to ${Number((-depth).toPrecision(3))}`,
      }
    : { name: "baseline", outcome: "good", value: depth, text: "the point is a minimum" };

const convergence = (rHat: number): Finding<"convergence"> =>
  rHat > 1.1
    ? {
        name: "convergence",
        outcome: "doubtful",
        value: rHat,
        text: `the chains disagree (R-hat ${rHat.toFixed(2)}): more draws`,
      }
    : { name: "convergence", outcome: "good", value: rHat, text: `R-hat is ${rHat.toFixed(2)}` };

/** A share of heating above this leaves doubts about what is taken away. */
const MOST_HEATING = 0.2;

const minibatches = (heating: number): Finding<"minibatches"> => {
  const seen = `the noise of minibatches adds ${Number((100 * heating).toPrecision(2))} %`;
  return heating > MOST_HEATING
    ? { name: "minibatches", outcome: "doubtful", value: heating, text: `${seen}: a larger gamma` }
    : { name: "minibatches", outcome: "good", value: heating, text: `${seen}, which is taken away` };
};
