import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { logGamma } from "../../numerics/log-gamma.ts";

/** Exact matches k among n test items, at each scale. */
export interface Counts {
  readonly k: readonly number[];
  readonly n: readonly number[];
}

/** Throws unless there is a k of 0 to n for each n, n at least 1, at `least` places or more. */
export const checkCounts = ({ k, n }: Counts, least: number): void => {
  if (k.length < least) throw invalid("the length of k", k.length, `at least ${least} scales`);
  if (n.length !== k.length) throw invalid("the length of n", n.length, `${k.length}, one for each k`);
  n.forEach((items, i) => {
    if (!(Number.isSafeInteger(items) && items >= 1)) throw invalid(`n[${i}]`, items, "a whole number of items");
    if (!(Number.isSafeInteger(k[i]) && k[i] >= 0 && k[i] <= items))
      throw invalid(`k[${i}]`, k[i], `a whole number between 0 and n[${i}], ${items}`);
  });
};

export const logFactorial = (n: number): number => logGamma(n + 1);

/** ln C(n, k) */
export const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** k ln x with 0 ln 0 = 0. */
export const timesLog = (k: number, x: number): number => (k === 0 ? 0 : k * log(x));

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Throws unless scales are positive and ascending, as many as `length`. Returns their logarithms. */
export const logScales = (scale: readonly number[], length: number): readonly number[] => {
  if (scale.length !== length) throw invalid("the length of scale", scale.length, `${length}, one for each score`);
  scale.forEach((N, i) => {
    if (!(N > 0 && N < Infinity)) throw invalid(`scale[${i}]`, N, "a positive number");
    if (i > 0 && !(N > scale[i - 1]))
      throw invalid(`scale[${i}]`, N, `a number above scale[${i - 1}], ${scale[i - 1]}`);
  });
  return scale.map(log);
};

/** Throws unless breaks with `minSegment` scales on each side exist among T. */
export const checkSegments = (minSegment: number, T: number): void => {
  if (!(Number.isSafeInteger(minSegment) && minSegment >= 1 && 2 * minSegment <= T))
    throw invalid("minSegment", minSegment, `a whole number between 1 and ${Math.floor(T / 2)}, half the scales`);
};
