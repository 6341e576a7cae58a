import { log } from "../../numerics/elementary.ts";

/** How well a model of k parameters describes T points; natural logarithms. */
export interface Criteria {
  readonly logLik: number;
  readonly k: number;
  readonly aic: number;
  /** Null where there are too few points: it needs T > k + 1. */
  readonly aicc: number | null;
  readonly bic: number;
}

export const criteria = (logLik: number, k: number, T: number): Criteria => {
  const aic = 2 * k - 2 * logLik;
  return {
    logLik,
    k,
    aic,
    aicc: T > k + 1 ? aic + (2 * k * (k + 1)) / (T - k - 1) : null,
    bic: k * log(T) - 2 * logLik,
  };
};
