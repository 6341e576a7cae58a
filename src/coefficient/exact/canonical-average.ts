import { invalid } from "../../errors.ts";

/**
 * What a canonical ensemble exp(-t K) times a measure has at one t: lambda is an asymptotic number, a sampler lives at
 * finite t.
 */
export interface CanonicalAverage {
  /** t <K>_t = -d log Z / d log t, which tends to lambda - (m - 1)/log t. */
  readonly tMeanK: number;
  /** log Z(t), Z(t) = the integral of exp(-t K) over the measure. */
  readonly logZ: number;
}

/** Throws unless t is a finite number above 0. */
export const checkTemperature = (name: string, t: number): void => {
  if (!(t > 0 && t <= 1e300)) throw invalid(name, t, "a number above 0, at most 1e300");
};
