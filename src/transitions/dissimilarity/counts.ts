import { invalid } from "../../errors.ts";
import { type ByMeasure, dissimilarityOf } from "./measures.ts";
import { segmentMean } from "./scan.ts";

/**
 * Dissimilarities from how often outcomes were seen, as frequencies: too large by a floor, which is what they are on average where
 * nothing changes. With h = 1/n_left + 1/n_right and pooled p:
 *
 *     lin0 = h (outcomes - 1) / 4,   js0 = lin0 / (2 ln 2),   tv0 = 1/2 sum sqrt(2 p (1-p) h / pi)
 */
export interface PlugIn {
  readonly value: ByMeasure;
  readonly nullFloor: ByMeasure;
}

export const plugIn = (left: ArrayLike<number>, right: ArrayLike<number>): PlugIn => {
  const [nLeft, nRight] = [checkCounts("left", left), checkCounts("right", right)];
  if (left.length !== right.length) throw invalid("the length of right", right.length, `${left.length}, as left has`);
  const p = Float64Array.from(left, each => each / nLeft);
  const q = Float64Array.from(right, each => each / nRight);
  const pooled = p.map((_, x) => (left[x] + right[x]) / (nLeft + nRight));
  return { value: dissimilarityOf(p, q), nullFloor: nullFloor(pooled, 1 / nLeft + 1 / nRight) };
};

/** The floor of a pooled distribution; `h` is the variance of the difference of two frequencies over p (1-p). */
export const nullFloor = (pooled: ArrayLike<number>, h: number): ByMeasure => {
  let [effective, roots] = [0, 0];
  for (let x = 0; x < pooled.length; x++) {
    const p = pooled[x];
    if (!(p > 0)) continue;
    effective += 1 - p;
    roots += Math.sqrt((2 * p * (1 - p) * h) / Math.PI);
  }
  const lin = (h * effective) / 4;
  return { lin, js: lin / (2 * Math.LN2), tv: roots / 2 };
};

/** h of a split between segments of L control values with so many samples each. */
export const noiseAt = (sizes: ArrayLike<number>, split: number, L: number): number => {
  let sum = 0;
  for (let k = split; k < split + 2 * L; k++) sum += 1 / sizes[k];
  return sum / (L * L);
};

/** The floor at a split, of the pooled distribution of its own 2L values. */
export const floorAt = (
  frequencies: readonly ArrayLike<number>[],
  sizes: ArrayLike<number>,
  split: number,
  L: number,
): ByMeasure => nullFloor(segmentMean(frequencies, split, 2 * L), noiseAt(sizes, split, L));

/** Number of outcomes less 1 in effect, sum over outcomes that occur of 1 - p. */
export const effectiveOutcomes = (pooled: ArrayLike<number>): number => {
  let sum = 0;
  for (let x = 0; x < pooled.length; x++) if (pooled[x] > 0) sum += 1 - pooled[x];
  return sum;
};

/** The sum of counts. Throws a LandauError of kind "input" for what are none. */
export const checkCounts = (name: string, counts: ArrayLike<number>): number => {
  let sum = 0;
  for (let x = 0; x < counts.length; x++) {
    if (!(Number.isSafeInteger(counts[x]) && counts[x] >= 0))
      throw invalid(`${name}[${x}]`, counts[x], "a count, a whole number from 0 on");
    sum += counts[x];
  }
  if (sum === 0) throw invalid(`the sum of ${name}`, 0, "at least one sample");
  return sum;
};
