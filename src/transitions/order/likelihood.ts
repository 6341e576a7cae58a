import { erf, exp, log } from "../../numerics/elementary.ts";

const SQRT_TWO_PI = 2.5066282746310002;

/** Density of a number known with standard error `error` when the truth is equally likely everywhere in [low, high]. */
export const withinRange = (value: number, error: number, low: number, high: number): number => {
  const scale = error * Math.SQRT2;
  return (erf((high - value) / scale) - erf((low - value) / scale)) / (2 * (high - low));
};

/** The same when the truth is normal around `centre`. */
export const around = (value: number, error: number, centre: number, spread: number): number => {
  const width = Math.sqrt(error * error + spread * spread);
  const z = (value - centre) / width;
  return exp(-0.5 * z * z) / (width * SQRT_TWO_PI);
};

/** ln of a likelihood, not below -`most`: no single probe may decide beyond that. */
export const capped = (densities: readonly number[], most: number): number[] => {
  const top = Math.max(...densities);
  if (!(top > 0)) return densities.map(() => 0);
  return densities.map(density => Math.max(-most, density > 0 ? log(density / top) : -most));
};
