/** Ways in which the mean of a curve changes at an index: it jumps, it rises over several values, it bends, or it jumps and bends. */
export const meanChanges = ["level", "ramp", "slope", "level and slope"] as const;

export interface MeanChange {
  /** First index of what comes after. */
  readonly at: number;
  readonly kind: (typeof meanChanges)[number];
  /** Values over which the level changes in even parts: 1 of all kinds but a ramp. */
  readonly width: number;
}

/** Values that lie on each side of a change at least. */
export const LEAST_SEGMENT = 6;

/** Last index that a change touches before the curve goes on as it did. */
export const endOf = ({ at, width }: MeanChange): number => at + width - 1;

/** What a change adds to the mean, up to factors: 1 from the index on, the distance from the index before. */
export const columnsOf = ({ at, kind, width }: MeanChange, n: number): Float64Array[] => {
  const level = new Float64Array(n).fill(1, at);
  if (kind === "ramp") for (let i = at; i < at + width - 1 && i < n; i++) level[i] = (i - at + 1) / width;
  if (kind === "level" || kind === "ramp") return [level];
  const slope = new Float64Array(n);
  for (let i = at; i < n; i++) slope[i] = (i - at) / n;
  return kind === "slope" ? [slope] : [level, slope];
};
