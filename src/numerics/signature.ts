/** Eigenvalues closer to zero than this count as zero. */
const ZERO = 1e-9;

/** How many eigenvalues of a symmetric matrix are below, at and above zero. */
export interface Signature {
  readonly nNegative: number;
  readonly nZero: number;
  readonly nPositive: number;
}

export const signature = (eigenvalues: readonly number[]): Signature => ({
  nNegative: eigenvalues.filter(value => value < -ZERO).length,
  nZero: eigenvalues.filter(value => Math.abs(value) <= ZERO).length,
  nPositive: eigenvalues.filter(value => value > ZERO).length,
});
