import { invalid } from "../../errors.ts";
import { compareFractions, type Fraction, fraction, parseFraction } from "../../numerics/fraction.ts";

/** Beyond any real width; keeps sums of products of two counts exact, and loops short. */
const LARGEST_COUNT = 1_000_000;

/** Throws unless `value` is an integer from `least` to `most`. */
export const checkCount = (name: string, value: number, least: number, most = LARGEST_COUNT): void => {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    throw invalid(name, value, `an integer from ${least} to ${most}`);
};

export interface Bound {
  readonly limit: number;
  /** The limit itself is refused. */
  readonly open?: boolean;
}

/** The exact value of a number or a string, at or above a limit. */
export const readFraction = (name: string, value: number | string, { limit, open = false }: Bound): Fraction => {
  const exact = parseFraction(name, value);
  const order = compareFractions(exact, fraction(limit));
  if (order < 0 || (order === 0 && open)) throw invalid(name, value, `a number ${open ? ">" : ">="} ${limit}`);
  return exact;
};

/** Throws unless the list is no longer than is practical and has an entry. */
export const checkList = (name: string, list: readonly unknown[], length?: number): void => {
  if (length !== undefined && list.length !== length) throw invalid(`the length of ${name}`, list.length, `${length}`);
  if (!(list.length >= 1 && list.length <= LONGEST_LIST))
    throw invalid(`the length of ${name}`, list.length, `an integer from 1 to ${LONGEST_LIST}`);
};

const LONGEST_LIST = 10_000;
