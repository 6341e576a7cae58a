/** Ways in which the mean of a curve changes at an index: it jumps, it bends, or both. */
export const meanChanges = ["level", "slope", "level and slope"] as const;

export interface MeanChange {
  /** First index of what comes after. */
  readonly at: number;
  readonly kind: (typeof meanChanges)[number];
}

/** Values that lie on each side of a change at least. */
export const LEAST_SEGMENT = 6;

/** What a change adds to the mean, up to factors: 1 from the index on, the distance from the index before. */
export const columnsOf = ({ at, kind }: MeanChange, n: number): Float64Array[] => {
  const level = new Float64Array(n).fill(1, at);
  if (kind === "level") return [level];
  const slope = new Float64Array(n);
  for (let i = at; i < n; i++) slope[i] = (i - at) / n;
  return kind === "slope" ? [slope] : [level, slope];
};
