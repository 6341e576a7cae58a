import { invalid } from "../../errors.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";
import { autoregressiveMeanCost } from "./autoregressive-mean-cost.ts";
import { continuousLine } from "./continuous-line.ts";
import { functionalMean } from "./functional-mean.ts";
import { meanCost } from "./mean-cost.ts";
import { meanVarianceCost } from "./mean-variance-cost.ts";
import { pelt } from "./pelt.ts";
import { noiseVariance, type Penalty, penalties } from "./penalties.ts";
import type { SegmentCost } from "./segment-cost.ts";
import { slopeCost } from "./slope-cost.ts";
import { type Solution, solutionPath } from "./solution-path.ts";

interface CostEntry {
  readonly summary: string;
  /** Parameters of a segment of its own. */
  readonly parameters: number;
  /** Whether costs are squares, in which a penalty counts as many times as the noise has variance, or -2 ln likelihood. */
  readonly squares: boolean;
  /** Null where neighbouring segments depend on each other. */
  readonly ofSegments: ((values: ArrayLike<number>, phi: number) => SegmentCost) | null;
  /** The cheapest partition by functional pruning. */
  readonly functional: ((values: ArrayLike<number>, penalty: number) => number[]) | null;
}

/** What a segment looks like. */
export const costs = {
  mean: { summary: "a mean", parameters: 1, squares: true, ofSegments: meanCost, functional: functionalMean },
  meanVariance: {
    summary: "a mean and a variance",
    parameters: 2,
    squares: false,
    ofSegments: meanVarianceCost,
    functional: null,
  },
  slope: { summary: "a line", parameters: 2, squares: true, ofSegments: slopeCost, functional: null },
  continuousLine: {
    summary: "a line that begins where the last one ends",
    parameters: 1,
    squares: true,
    ofSegments: null,
    functional: continuousLine,
  },
  autoregressiveMean: {
    summary: "a mean with AR(1) noise, which all segments share",
    parameters: 1,
    squares: true,
    ofSegments: autoregressiveMeanCost,
    functional: null,
  },
} as const satisfies { readonly [name: string]: CostEntry };

/** How the cheapest partition is found; both are exact and look at every place. */
export const searches = {
  pelt: "optimal partitioning that drops starts which can't come back",
  functional: "the same by functional pruning: mean and continuousLine alone, and fast without changes too",
} as const;

export interface SegmentationSettings {
  readonly cost: keyof typeof costs;
  /** functional where the cost has it, by default. */
  readonly search?: keyof typeof searches;
  /** What a change costs, by name or in -2 ln likelihood; mbic by default. */
  readonly penalty?: Penalty | number;
  /** Variance of the noise, or of its innovations; from the differences of neighbours by default. Not used where segments have their own. */
  readonly variance?: number;
  /** Coefficient of the AR(1) noise, from -1 to 1; 0 by default. */
  readonly phi?: number;
}

/**
 * Indices at which new segments begin, ascending, without 0 and the length: the cheapest partition of a series at a penalty.
 * Throws a LandauError for values that are not finite, fewer than two of them, or settings out of range.
 */
export const segmentation = (values: ArrayLike<number>, settings: SegmentationSettings): number[] => {
  const entry = entryOf(values, settings);
  const search = settings.search ?? (entry.functional ? "functional" : "pelt");
  const penalty = penaltyOf(values, entry, settings);
  if (search === "functional") {
    if (!entry.functional) throw invalid("search", search, `pelt with the cost ${settings.cost}`);
    return entry.functional(values, penalty);
  }
  return pelt(segmentsOf(values, entry, settings), penalty);
};

/**
 * The cheapest partition for each number of changes from 0 to `most`, with the penalties at which it is the answer, in units of the cost.
 * Takes time most * length^2.
 */
export const segmentationPath = (
  values: ArrayLike<number>,
  settings: Pick<SegmentationSettings, "cost" | "phi">,
  most: number,
): Solution[] => {
  if (!Number.isInteger(most) || most < 0) throw invalid("most", most, "a number of changes, 0 or more");
  return solutionPath(segmentsOf(values, entryOf(values, settings), settings), most);
};

const entryOf = (
  values: ArrayLike<number>,
  { cost, phi = 0 }: Pick<SegmentationSettings, "cost" | "phi">,
): CostEntry => {
  if (!Object.hasOwn(costs, cost)) throw invalid("cost", cost, `one of ${Object.keys(costs).join(", ")}`);
  if (!(Math.abs(phi) <= 1)) throw invalid("phi", phi, "a number from -1 to 1");
  checkValues("values", values, 2);
  return costs[cost];
};

const segmentsOf = (
  values: ArrayLike<number>,
  entry: CostEntry,
  { cost, phi = 0 }: SegmentationSettings,
): SegmentCost => {
  if (!entry.ofSegments) throw invalid("cost", cost, "one whose segments do not depend on each other");
  return entry.ofSegments(values, phi);
};

const penaltyOf = (values: ArrayLike<number>, entry: CostEntry, settings: SegmentationSettings): number => {
  const { penalty = "mbic", phi = 0 } = settings;
  if (typeof penalty === "number" ? !(penalty >= 0) : !Object.hasOwn(penalties, penalty))
    throw invalid("penalty", penalty, `a number that is not negative or one of ${Object.keys(penalties).join(", ")}`);
  const amount = typeof penalty === "number" ? penalty : penalties[penalty](values.length, entry.parameters);
  if (!entry.squares) return amount;
  const { variance } = settings;
  if (variance !== undefined && !(variance > 0)) throw invalid("variance", variance, "a positive number");
  return amount * (variance ?? innovationVariance(values, phi));
};

/** Of y_t - phi y_(t-1). */
const innovationVariance = (values: ArrayLike<number>, phi: number): number =>
  noiseVariance(
    phi === 0 || values.length < 3
      ? values
      : Float64Array.from({ length: values.length - 1 }, (_, i) => values[i + 1] - phi * values[i]),
  );
