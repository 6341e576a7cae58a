import type { Box } from "./prior.ts";

/**
 * Reflects a point that left a box back into it, and turns the components of `momentum` that met a wall an odd number of times: the
 * exact motion of a free particle between walls, which keeps volumes and can be run backwards.  [Neal 2011, section 5.5.1]
 */
export const reflect = ({ low, high }: Box, w: Float64Array, momentum?: Float64Array): void => {
  for (let i = 0; i < w.length; i++) {
    if (w[i] >= low[i] && w[i] <= high[i]) continue;
    const turned = fold(w, i, low[i], high[i]);
    if (turned && momentum) momentum[i] = -momentum[i];
  }
};

/** Folds w[i], which is outside, into [low, high]; true for an odd number of reflections. */
const fold = (w: Float64Array, i: number, low: number, high: number): boolean => {
  const x = w[i];
  const width = high - low;
  if (width === Infinity) {
    w[i] = x < low ? Math.min(2 * low - x, high) : Math.max(2 * high - x, low);
    return true;
  }
  const laps = Math.floor((x - low) / width);
  const rest = Math.min(Math.max(x - low - laps * width, 0), width);
  const odd = laps % 2 !== 0;
  w[i] = odd ? high - rest : low + rest;
  return odd;
};
