/** Weighted samples: x (rows of dx), y and weights that sum to 1. */
export interface WeightedData {
  readonly dx: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** Second moments, all that a linear network sees: A0 = E[x x^T] (rows), n = E[x y], Ey2 = E[y^2]. */
export interface Moments {
  readonly A0: readonly (readonly number[])[];
  readonly n: readonly number[];
  readonly Ey2: number;
}

export const momentsOf = ({ dx, x, y, weight }: WeightedData): Moments => {
  const mean = (f: (s: number) => number): number => {
    let sum = 0;
    for (let s = 0; s < y.length; s++) sum += weight[s] * f(s);
    return sum;
  };
  return {
    A0: Array.from({ length: dx }, (_, i) =>
      Array.from({ length: dx }, (__, j) => mean(s => x[s * dx + i] * x[s * dx + j])),
    ),
    n: Array.from({ length: dx }, (_, i) => mean(s => x[s * dx + i] * y[s])),
    Ey2: mean(s => y[s] * y[s]),
  };
};
