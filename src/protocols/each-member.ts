import type { Comparison, Predicted } from "../contracts/claim.ts";
import { byChain } from "./records.ts";

/** One comparison for each member of a study, of what `of` reads from its records; undecided when there are none. */
export const eachMember = <Each extends { readonly chain: number }>(
  records: readonly Each[],
  quantity: string,
  of: (own: readonly Each[]) => number,
  predicted: Predicted,
): Comparison[] => {
  if (records.length === 0) return [{ quantity, measured: 0, predicted, members: 0 }];
  return [...byChain(records)].map(([chain, own]) => ({
    quantity: `seed ${chain + 1}: ${quantity}`,
    measured: of(own),
    predicted,
  }));
};
