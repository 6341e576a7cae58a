/** A matrix as the product of a lower triangular one with unit diagonal and an upper triangular one, its rows in another order. */
export interface Lu {
  /** n x n, row-major: the upper one with its diagonal, and the lower one beneath. */
  readonly factors: Float64Array;
  /** Row i of the product is row order[i] of the matrix. */
  readonly order: Int32Array;
}

/** Crout's factors of an n x n matrix (row-major), column by column, the largest entry of each as its pivot.  [Golub, Van Loan, Matrix computations, 3.4] */
export const luOf = (matrix: Float64Array, n: number): Lu => {
  const factors = matrix.slice();
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) column[i] = factors[i * n + j];
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k < Math.min(i, j); k++) sum += factors[i * n + k] * column[k];
      column[i] -= sum;
      factors[i * n + j] = column[i];
    }
    let pivot = j;
    for (let i = j + 1; i < n; i++) if (Math.abs(column[i]) > Math.abs(column[pivot])) pivot = i;
    if (pivot !== j) {
      const row = factors.slice(j * n, (j + 1) * n);
      factors.copyWithin(j * n, pivot * n, (pivot + 1) * n);
      factors.set(row, pivot * n);
      [order[j], order[pivot]] = [order[pivot], order[j]];
    }
    const head = factors[j * n + j];
    if (head !== 0) for (let i = j + 1; i < n; i++) factors[i * n + j] /= head;
  }
  return { factors, order };
};

/** The solution of a system whose matrix has these factors, none of its pivots nought. */
export const luSolve = ({ factors, order }: Lu, rightHandSide: Float64Array): Float64Array => {
  const n = order.length;
  const x = Float64Array.from(order, row => rightHandSide[row]);
  for (let k = 0; k < n; k++) for (let i = k + 1; i < n; i++) x[i] -= x[k] * factors[i * n + k];
  for (let k = n - 1; k >= 0; k--) {
    x[k] /= factors[k * n + k];
    for (let i = 0; i < k; i++) x[i] -= x[k] * factors[i * n + k];
  }
  return x;
};
