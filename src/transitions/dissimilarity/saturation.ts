/** Above this a dissimilarity says little more than that the sides differ. */
export const SATURATED = 0.8;
/** So many splits in a row make a plateau: a single boundary between two values gives one. */
const PLATEAU = 3;

/**
 * Whether a scan is saturated: as no dissimilarity exceeds 1, where several splits in a row are above 0.8 the place of the largest one means nothing, and L times the step of the
 * control is to be smaller. Returns the first and last split of the longest such plateau, null when there is none.
 */
export const saturatedRange = (values: ArrayLike<number>): readonly [first: number, last: number] | null => {
  let best: readonly [number, number] | null = null;
  let from = -1;
  for (let i = 0; i <= values.length; i++) {
    if (i < values.length && values[i] > SATURATED) {
      if (from < 0) from = i;
      continue;
    }
    if (from >= 0 && i - from >= PLATEAU && (best === null || i - 1 - from > best[1] - best[0])) best = [from, i - 1];
    from = -1;
  }
  return best;
};
