import type { Comparison } from "../contracts/claim.ts";
import { fractionBeside } from "../contracts/comparisons.ts";

/** Counts of an earlier, independent ensemble, which new ones are held against. */
export interface EarlierEnsemble {
  readonly size: number;
  /** What was seen, each label once, "from to" for transitions; what is not listed was not seen. */
  readonly counts: { readonly [label: string]: number };
}

/**
 * The fraction of records with each label, but for `left`, less that of an earlier ensemble: equal within a margin. `verb` makes "ends at 5".
 */
export const fractionsBeside = (
  records: readonly { readonly label: string | null }[],
  { size, counts }: EarlierEnsemble,
  { verb, margin, left = "in transit" }: { readonly verb: string; readonly margin: number; readonly left?: string },
): readonly Comparison[] =>
  Object.entries(counts)
    .filter(([label]) => label !== left)
    .map(([label, count]) =>
      fractionBeside(`share that ${verb} ${label}, less the earlier one`, records, record => record.label === label, {
        count,
        size,
        margin,
      }),
    );
