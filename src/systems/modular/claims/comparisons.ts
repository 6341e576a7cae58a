import type { Comparison } from "../../../contracts/claim.ts";
import { near, within } from "../../../contracts/comparisons.ts";
import { byChain } from "../../../protocols/records.ts";

/** A number that is known without rounding of its own, unless a tolerance is given. */
export const exact = (quantity: string, measured: number, predicted: number, tolerance = 0): Comparison =>
  near(quantity, measured, predicted, tolerance);

/** A rounding error that has to stay below a bound. */
export const error = (quantity: string, measured: number, bound: number): Comparison =>
  within(quantity, measured, 0, bound);

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

/** A step that was not reached is infinite. */
export const orNever = (step: number | null | undefined): number => step ?? Infinity;
