import { quantile } from "../../numerics/statistics.ts";

/** Neighbours on each side that a value is compared with: of an excursion of three values more than half of them lie outside. */
const NEIGHBOURS = 5;
/** Standard deviations from which on a value is none of the noise, and values on each side that tell how large one is. */
const FAR = 6;
const REACH = 40;
/** Share of values that may be spikes: what is more frequent is noise. */
const MOST = 0.05;
/** Standard deviation over the median distance from 0, of a normal law. */
const NORMAL_DEVIATION = 1.482602218505602;

/**
 * Indices of values that lie far above, or far below, the medians of their neighbours on both sides: excursions of up to three values that come back, of which no
 * level and no slope can be told. None where they are not rare. [after Hampel 1974]
 */
export const spikesOf = (values: Float64Array): number[] => {
  const n = values.length;
  const off = new Float64Array(n);
  const middle = new Float64Array(n);
  for (let i = 1; i < n - 1; i++) {
    const before = quantile(values.slice(Math.max(0, i - NEIGHBOURS), i), 0.5);
    const after = quantile(values.slice(i + 1, i + 1 + NEIGHBOURS), 0.5);
    middle[i] = values[i] - (before + after) / 2;
    const [low, high] = [values[i] - Math.max(before, after), values[i] - Math.min(before, after)];
    off[i] = Math.max(0, low) + Math.max(0, -high);
  }
  const steps = values.map((value, i) => Math.abs(value - values[Math.max(0, i - 1)]));
  const found: number[] = [];
  for (let i = 1; i < n - 1; i++) {
    if (off[i] === 0) continue;
    const [from, to] = [Math.max(1, i - REACH), Math.min(n - 1, i + REACH + 1)];
    const noise = NORMAL_DEVIATION * quantile(middle.slice(from, to).map(Math.abs), 0.5);
    // The tip of two steep slopes lies three steps from the medians.
    const deviation = Math.max(noise, quantile(steps.slice(from, to), 0.5));
    if (deviation > 0 && off[i] > FAR * deviation) found.push(i);
  }
  return found.length > MOST * n ? [] : found;
};

/** Values with spikes put on the line between the neighbours that are none. */
export const withoutSpikes = (values: Float64Array, spikes: readonly number[]): Float64Array => {
  const rest = values.slice();
  const isSpike = new Set(spikes);
  for (const at of spikes) {
    let [low, high] = [at - 1, at + 1];
    while (isSpike.has(low)) low--;
    while (isSpike.has(high)) high++;
    rest[at] = values[low] + ((values[high] - values[low]) * (at - low)) / (high - low);
  }
  return rest;
};
