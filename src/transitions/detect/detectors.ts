import { type ChangesFound, findChanges } from "../change/find-changes.ts";
import { segmentation } from "../change/segmentation.ts";
import { ranksOf } from "./ranks.ts";
import type { View } from "./view.ts";

/** A change along a view: the last index before it and the first after which the curve goes on. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const atEach = (places: readonly number[]): Span[] => places.map(at => ({ from: at - 1, to: at }));

/** Four ways to say where a curve changes, each with the penalty that is usual for it. */
export const detectors = {
  /** Changes beside smooth laws in dependent noise. */
  law: (view: View): Span[] => spansOf(findChanges(view.values, view.places)),
  /** Exact partition into means, BIC. */
  mean: ({ values }: View): Span[] => atEach(segmentation(values, { cost: "mean", penalty: "bic" })),
  /** Exact partition of the ranks into means: no law of the values is assumed. Ranks of n values have variance (n^2 - 1) / 12. */
  rank: ({ values }: View): Span[] =>
    atEach(
      segmentation(ranksOf(values), {
        cost: "mean",
        penalty: "bic",
        variance: (values.length * values.length - 1) / 12 || 1,
      }),
    ),
  /** Exact partition into lines, BIC. */
  line: ({ values }: View): Span[] => atEach(segmentation(values, { cost: "slope", penalty: "bic" })),
} as const;

export type DetectorName = keyof typeof detectors;

export const spansOf = ({ changes }: ChangesFound): Span[] =>
  changes.map(({ at, width }) => ({ from: Math.max(0, at.low - 1), to: at.high + width - 1 }));
