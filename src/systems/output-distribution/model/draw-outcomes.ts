import type { Stream } from "../../../numerics/stream.ts";

/** Indices of n outcomes drawn from a distribution. */
export const drawOutcomes = (p: ArrayLike<number>, n: number, random: Stream): Int32Array => {
  const sums = new Float64Array(p.length);
  let mass = 0;
  for (let x = 0; x < p.length; x++) {
    mass += p[x];
    sums[x] = mass;
  }
  return Int32Array.from({ length: n }, () => {
    const u = random.uniform() * mass;
    let [low, high] = [0, p.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > u) high = middle;
      else low = middle + 1;
    }
    return low;
  });
};
