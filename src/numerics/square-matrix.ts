/** An n x n matrix, row-major, by its entries. */
export const squareMatrix = (n: number, entry: (i: number, j: number) => number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));

/** X Y of two n x n matrices. */
export const squareProduct = (n: number, X: Float64Array, Y: Float64Array): Float64Array =>
  squareMatrix(n, (i, j) => {
    let sum = 0;
    for (let m = 0; m < n; m++) sum += X[i * n + m] * Y[m * n + j];
    return sum;
  });

/** The rows of an n x n matrix. */
export const rowsOf = (n: number, X: Float64Array): number[][] =>
  Array.from({ length: n }, (_, i) => [...X.subarray(i * n, (i + 1) * n)]);
