import { lineFit } from "../line-fit.ts";
import { mean, variance } from "./moments.ts";

/** The mean of y by its regression on a covariate x whose own mean is known: the mean of y with less noise, and its standard error. */
export const controlledMean = (y: Float64Array, x: Float64Array, known: number) => {
  const slope = lineFit(x, y)?.slope ?? 0;
  const rest = y.map((value, i) => value - slope * (x[i] - known));
  return { value: mean(rest), standardError: Math.sqrt(variance(rest) / y.length) };
};
