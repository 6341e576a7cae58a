import { checkValues } from "./check-values.ts";

/**
 * Arithmetic mean. Summed as distances from the first value, so that the mean of equal values is that value exactly. Throws when
 * there is none or one is not finite.
 */
export const mean = (values: ArrayLike<number>): number => {
  checkValues("values", values, 1);
  const origin = values[0];
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += values[i] - origin;
  return origin + sum / values.length;
};

/** Unbiased variance, sum (x - mean)^2 / (n - 1), for n >= 2 values. */
export const variance = (values: ArrayLike<number>): number => {
  checkValues("values", values, 2);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) * (values[i] - centre);
  return sum / (values.length - 1);
};

/** Square root of the unbiased variance. */
export const standardDeviation = (values: ArrayLike<number>): number => Math.sqrt(variance(values));
