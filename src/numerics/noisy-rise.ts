import { line } from "./line-fit.ts";

/** The step of the grid is a round number of about this share of the guess. */
const STEP_SHARE = 1 / 6;
const MOST_STEPS = 24;

/**
 * Where a function of whole numbers that is known with noise rises through 0: found between neighbours of a grid of round numbers, from
 * the guess on, and placed by the line of least squares through the four values around it. Null when it is not found near the guess.
 */
export const noisyRise = (f: (n: number) => number, guess: number): number | null => {
  const step = Math.max(1, roundNumber(STEP_SHARE * guess));
  let low = Math.max(1, Math.round(guess / step)) * step;
  const direction = f(low) > 0 ? -step : step;
  for (let tried = 0; tried < MOST_STEPS && low > step; tried++, low += direction) {
    if (f(low) > 0 || f(low + step) <= 0) continue;
    const around = [low - step, low, low + step, low + 2 * step];
    const { slope, intercept } = line(around, around.map(f));
    return -intercept / slope;
  }
  return null;
};

/** The largest of 1, 2 and 5 times a power of ten that is not above x. */
const roundNumber = (x: number): number => {
  let power = 1;
  while (power * 10 <= x) power *= 10;
  return power * (x >= 5 * power ? 5 : x >= 2 * power ? 2 : 1);
};
