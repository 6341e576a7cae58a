/**
 * Learning coefficient of a minimum of rank `rank` that rotations of a space of `width` dimensions move without cost, in
 * rank width - rank (rank + 1) / 2 directions, and nothing else does: half of the other directions.
 */
export const rotationCoefficient = (parameters: number, width: number, rank: number): number =>
  (parameters - rank * width + (rank * (rank + 1)) / 2) / 2;
