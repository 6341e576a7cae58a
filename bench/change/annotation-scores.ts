/** Places may be off by so many values. */
const MARGIN = 5;

/** Changes that have a prediction within the margin; a prediction stands for one change. */
const hits = (changes: readonly number[], predicted: readonly number[]): number => {
  const free = new Set(predicted);
  let count = 0;
  for (const change of changes) {
    let nearest: number | null = null;
    for (const each of free)
      if (
        Math.abs(each - change) <= MARGIN &&
        (nearest === null || Math.abs(each - change) < Math.abs(nearest - change))
      )
        nearest = each;
    if (nearest === null) continue;
    free.delete(nearest);
    count++;
  }
  return count;
};

const withStart = (places: readonly number[]): number[] => [...new Set([0, ...places])].sort((a, b) => a - b);

/**
 * F1 of predicted changes against those of several people: precision against the changes that anybody saw, recall averaged over the people; index 0 counts as a change of
 * all, so that a series without one has a score. [van den Burg and Williams 2020]
 */
export const f1Of = (people: readonly (readonly number[])[], predicted: readonly number[]): number => {
  const own = withStart(predicted);
  const precision = hits(withStart(people.flat()), own) / own.length;
  const recall =
    people.reduce((sum, changes) => sum + hits(withStart(changes), own) / withStart(changes).length, 0) / people.length;
  return (2 * precision * recall) / (precision + recall);
};

/** Cover of people's segments by the predicted ones: overlap over union of the best, weighted by length, averaged over the people, for a series of n values. */
export const coverOf = (people: readonly (readonly number[])[], predicted: readonly number[], n: number): number => {
  const segmentsOf = (changes: readonly number[]): [number, number][] => {
    const starts = withStart(changes);
    return starts.map((start, i) => [start, starts[i + 1] ?? n]);
  };
  const own = segmentsOf(predicted);
  const coverOfOne = (changes: readonly number[]): number =>
    segmentsOf(changes).reduce((sum, [from, to]) => {
      const best = own.reduce((high, [low, end]) => {
        const shared = Math.min(to, end) - Math.max(from, low);
        return shared > 0 ? Math.max(high, shared / (Math.max(to, end) - Math.min(from, low))) : high;
      }, 0);
      return sum + (to - from) * best;
    }, 0) / n;
  return people.reduce((sum, changes) => sum + coverOfOne(changes), 0) / people.length;
};
