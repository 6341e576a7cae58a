import { checkValues } from "./check-values.ts";

/**
 * Arithmetic mean. Summed as distances from the first value, so that the mean of equal values is that value exactly. Throws when
 * there is none or one is not finite.
 */
export const mean = (values: ArrayLike<number>): number => {
  if (values instanceof Float64Array) return meanOfFloats(values);
  checkValues("values", values, 1);
  const origin = values[0];
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += values[i] - origin;
  return origin + sum / values.length;
};

/** The same bits from the one kind of array that long series come in, for which engines make the faster loop. */
const meanOfFloats = (values: Float64Array): number => {
  const origin = values[0];
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += values[i] - origin;
  // What is not finite makes the sum so; only then is it looked for. A sum that overflows is as wrong as ever.
  if (values.length < 2 || !Number.isFinite(sum)) checkValues("values", values, 1);
  return origin + sum / values.length;
};

/** Unbiased variance, sum (x - mean)^2 / (n - 1), for n >= 2 values. */
export const variance = (values: ArrayLike<number>): number => {
  if (values instanceof Float64Array) return varianceOfFloats(values);
  checkValues("values", values, 2);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) * (values[i] - centre);
  return sum / (values.length - 1);
};

const varianceOfFloats = (values: Float64Array): number => {
  if (values.length < 2) checkValues("values", values, 2);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) * (values[i] - centre);
  return sum / (values.length - 1);
};

/** Square root of the unbiased variance. */
export const standardDeviation = (values: ArrayLike<number>): number => Math.sqrt(variance(values));
