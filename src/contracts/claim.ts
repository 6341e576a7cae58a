import type { RunView } from "./run-view.ts";
import type { DeclaredStudy } from "./study.ts";

/** One number of a claim beside what it should be. */
export interface Comparison {
  readonly quantity: string;
  readonly measured: number;
  /** 95 % interval of the measured value, when it is an estimate. */
  readonly interval?: readonly [number, number];
  /** The predicted value, or for a range its two ends. */
  readonly predicted: number | readonly [number, number];
  /** Largest |measured - predicted| allowed, absolute; not used with a range. */
  readonly tolerance?: number;
  /** How many independent members the measured value rests on, when it is an estimate. */
  readonly members?: number;
}

export type Outcome = "holds" | "fails" | "undecided";

export interface Verdict {
  readonly claim: string;
  readonly outcome: Outcome;
  /** One sentence: what decided it. */
  readonly reason: string;
  readonly comparisons: readonly Comparison[];
}

/** One sentence of a source made executable. Its two sides come by independent routes. */
export interface Claim {
  readonly id: string;
  /** Where it stands in the source: section, equation, table or figure. */
  readonly where: string;
  readonly statement: string;
  readonly routes: { readonly measured: string; readonly predicted: string };
  /** The studies it reads; none when it computes both sides on the spot. */
  readonly studies: readonly DeclaredStudy[];
  /** About the formulae and instruments rather than about what learns; of claims without studies it need not be said. */
  readonly selfCheck?: boolean;
  measure(run: RunView): readonly Comparison[];
}

/** Declares a claim by its name and its place in the source. */
export const claim = (id: string, where: string, declaration: Omit<Claim, "id" | "where">): Claim => ({
  id,
  where,
  ...declaration,
});

export const isSelfCheck = ({ selfCheck, studies }: Claim): boolean => selfCheck ?? studies.length === 0;

/**
 * A comparison is decided by its value when it has no interval. With one, a value inside the range holds; a value outside
 * fails only when the whole interval is outside, and is undecided otherwise: more members would tell.
 */
export const judgeComparison = (comparison: Comparison): Outcome => {
  const [low, high] = allowedRange(comparison);
  const { measured, interval, members } = comparison;
  // What rests on nothing is neither right nor wrong.
  if (members === 0) return "undecided";
  if (!Number.isFinite(measured)) return "fails";
  if (measured >= low && measured <= high) return "holds";
  if (interval && interval[1] >= low && interval[0] <= high) return "undecided";
  return "fails";
};

export const allowedRange = ({ predicted, tolerance = 0 }: Comparison): readonly [number, number] =>
  typeof predicted === "number" ? [predicted - tolerance, predicted + tolerance] : predicted;

/** A claim holds when all its comparisons do, and fails when one fails. */
export const judge = (claim: Claim, comparisons: readonly Comparison[]): Verdict => {
  const outcomes = comparisons.map(judgeComparison);
  const first = (outcome: Outcome) => comparisons[outcomes.indexOf(outcome)]?.quantity;
  if (comparisons.length === 0)
    return { claim: claim.id, outcome: "undecided", reason: "nothing was measured", comparisons };
  if (outcomes.includes("fails"))
    return { claim: claim.id, outcome: "fails", reason: `${first("fails")} is outside`, comparisons };
  if (outcomes.includes("undecided"))
    return {
      claim: claim.id,
      outcome: "undecided",
      reason: `${first("undecided")} is not decided by so few members: run more`,
      comparisons,
    };
  return { claim: claim.id, outcome: "holds", reason: `all ${comparisons.length} within`, comparisons };
};
