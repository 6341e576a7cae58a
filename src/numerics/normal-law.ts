import { erf, exp } from "./elementary.ts";

/** From here on down the continued fraction takes over, which needs no difference of nearly equal numbers. */
const TAIL = -3;
/** Levels of the fraction: enough for all digits from 3 standard deviations on. */
const LEVELS = 60;

/** Probability that a standard normal falls below z, with its digits in both tails. */
export const normalBelow = (z: number): number =>
  z < TAIL ? density(z) / tailHazard(-z) : 0.5 * (1 + erf(z * Math.SQRT1_2));

/** phi(z) / Phi(z), the slope of log Phi: near -z far below 0, where neither of the two is more than nothing. */
export const normalHazard = (z: number): number => (z < TAIL ? tailHazard(-z) : density(z) / normalBelow(z));

const density = (z: number): number => ROOT * exp(-0.5 * z * z);

/** phi(x) / (1 - Phi(x)) = x + 1/(x + 2/(x + 3/(x + ...))) for x >= 3. [DLMF 7.9.2] */
const tailHazard = (x: number): number => {
  let value = x;
  for (let level = LEVELS; level >= 1; level--) value = x + level / value;
  return value;
};

/** 1 / sqrt(2 pi) */
const ROOT = 0.3989422804014327;
