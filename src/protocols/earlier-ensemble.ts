import type { Comparison } from "../contracts/claim.ts";
import { fraction, reproducible } from "../contracts/comparisons.ts";

/** Counts of an earlier, independent ensemble, which new ones are held against. */
export interface EarlierEnsemble {
  readonly size: number;
  /** What was seen, each label once, "from to" for transitions; what is not listed was not seen. */
  readonly counts: { readonly [label: string]: number };
}

/** The fraction of records with each label, but for `left`, beside that of an earlier ensemble. `verb` makes "ends at 5". */
export const fractionsBeside = (
  records: readonly { readonly label: string | null }[],
  { size, counts }: EarlierEnsemble,
  verb: string,
  left = "in transit",
): readonly Comparison[] =>
  Object.entries(counts)
    .filter(([label]) => label !== left)
    .map(([label, count]) =>
      fraction(
        `${verb} ${label}`,
        records,
        record => record.label === label,
        reproducible(count, size, records.length),
      ),
    );
