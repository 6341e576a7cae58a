/** Which members of an ensemble are trained together: chains `from`, ..., `from + count - 1` of a seed. */
export interface ChainRange {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}
