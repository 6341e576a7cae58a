import type { RunView } from "./run-view.ts";
import type { DeclaredStudy } from "./study.ts";

/** What stands on the side that is not measured, by how it is known. */
export const predictionKinds = {
  formula: "a formula of the theory, evaluated",
  solved: "equations of the theory, solved or integrated by numbers",
  published: "a number or statement that the source prints",
  simulated: "an independent simulation that was made before",
  recomputed: "the same quantity, computed in another way",
  bound: "a bound stated beforehand for a statement that gives no number",
} as const;

export type PredictionKind = keyof typeof predictionKinds;

/** A value, both ends of a range, or one end of what is open. */
export type Predicted = number | readonly [number, number] | { readonly above: number } | { readonly below: number };

/** One number of a claim beside what it should be. */
export interface Comparison {
  readonly quantity: string;
  readonly measured: number;
  /** 95 % interval of the measured value, when it is an estimate. */
  readonly interval?: readonly [number, number];
  readonly predicted: Predicted;
  /** Largest |measured - predicted| allowed, absolute: the margin of equivalence to a single value. */
  readonly tolerance?: number;
  /** How the prediction is known; as the claim says when absent. */
  readonly kind?: PredictionKind;
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
  readonly routes: { readonly measured: string; readonly predicted: string; readonly kind: PredictionKind };
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
 * A comparison is decided by its 95 % interval, or by its value when it has none: it holds with all of it inside what is allowed, fails
 * with all of it outside, and is undecided otherwise, as more members would tell.
 */
export const judgeComparison = (comparison: Comparison): Outcome => {
  const { measured, interval, members } = comparison;
  // What rests on nothing is neither right nor wrong.
  if (members === 0) return "undecided";
  if (!Number.isFinite(measured)) return "fails";
  const [from, to] = interval ?? [measured, measured];
  const { low, high, open } = allowedRange(comparison);
  if (open ? from > low && to < high : from >= low && to <= high) return "holds";
  return (open ? to <= low || from >= high : to < low || from > high) ? "fails" : "undecided";
};

/** The ends of what is allowed, infinite where there is none; those of an open range do not belong to it. */
export const allowedRange = ({
  predicted,
  tolerance = 0,
}: Comparison): { readonly low: number; readonly high: number; readonly open: boolean } => {
  if (typeof predicted === "number") return { low: predicted - tolerance, high: predicted + tolerance, open: false };
  if ("above" in predicted) return { low: predicted.above, high: Infinity, open: true };
  if ("below" in predicted) return { low: -Infinity, high: predicted.below, open: true };
  return { low: predicted[0], high: predicted[1], open: false };
};

/** A claim holds when all its comparisons do, and fails when one fails. Each comparison then says how its prediction is known. */
export const judge = ({ id, routes }: Claim, measured: readonly Comparison[]): Verdict => {
  const comparisons = measured.map(comparison => ({ ...comparison, kind: comparison.kind ?? routes.kind }));
  const outcomes = comparisons.map(judgeComparison);
  const first = (outcome: Outcome) => comparisons[outcomes.indexOf(outcome)]?.quantity;
  const verdict = (outcome: Outcome, reason: string): Verdict => ({ claim: id, outcome, reason, comparisons });
  if (comparisons.length === 0) return verdict("undecided", "nothing was measured");
  if (outcomes.includes("fails")) return verdict("fails", `${first("fails")} is outside`);
  if (outcomes.includes("undecided"))
    return verdict("undecided", `${first("undecided")} is not decided by so few members: run more`);
  return verdict("holds", `all ${comparisons.length} within`);
};

/** How many verdicts there are of each outcome. */
export const countOutcomes = (verdicts: readonly Verdict[]): { readonly [outcome in Outcome]: number } => {
  const counts = { holds: 0, fails: 0, undecided: 0 };
  for (const { outcome } of verdicts) counts[outcome]++;
  return counts;
};
