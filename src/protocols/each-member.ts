import type { Comparison } from "../contracts/claim.ts";
import { within } from "../contracts/comparisons.ts";
import { byChain } from "./records.ts";

/** One comparison for each member of a study, of what `of` reads from its records; undecided when there are none. */
export const eachMember = <Each extends { readonly chain: number }>(
  records: readonly Each[],
  quantity: string,
  of: (own: readonly Each[]) => number,
  [low, high]: readonly [number, number],
): Comparison[] => {
  if (records.length === 0) return [{ quantity, measured: 0, predicted: [low, high], members: 0 }];
  return [...byChain(records)].map(([chain, own]) => within(`seed ${chain + 1}: ${quantity}`, of(own), low, high));
};
