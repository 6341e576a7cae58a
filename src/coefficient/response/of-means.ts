import { studentQuantile } from "../../numerics/student.ts";

/** A number with its error. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
  /** 95 %, by Student's law. */
  readonly interval: readonly [number, number];
}

/** Means of features over all draws, and over all but each block in turn. */
export interface Means {
  readonly whole: Float64Array;
  readonly without: readonly Float64Array[];
}

/** A smooth function of the means of features, with the error of the jackknife over blocks.  [Quenouille; Efron & Stein 1981] */
export const ofMeans = ({ whole, without }: Means, of: (means: Float64Array) => number): Measured => {
  const value = of(whole);
  const parts = without.map(of);
  const middle = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  const squares = parts.reduce((sum, part) => sum + (part - middle) * (part - middle), 0);
  const standardError = Math.sqrt(((parts.length - 1) / parts.length) * squares);
  const reach = studentQuantile(parts.length - 1) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
};
