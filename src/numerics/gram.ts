import { symmetricEigenvalues } from "./linear-algebra.ts";
import { squareMatrix } from "./square-matrix.ts";

/** Dot products of vectors of one length with each other, row-major. */
export const gramMatrix = (vectors: readonly ArrayLike<number>[]): Float64Array =>
  squareMatrix(vectors.length, (i, j) => {
    let sum = 0;
    for (let k = 0; k < vectors[i].length; k++) sum += vectors[i][k] * vectors[j][k];
    return sum;
  });

/** Eigenvalues of that matrix, largest first: the squares of the singular values of the matrix with these rows. */
export const gramSpectrum = (vectors: readonly ArrayLike<number>[]): number[] =>
  [...symmetricEigenvalues(gramMatrix(vectors), vectors.length)].reverse();
