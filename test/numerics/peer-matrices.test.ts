import { EigenvalueDecomposition, LuDecomposition, Matrix } from "ml-matrix";
import { expect, test } from "vitest";
import { householderQl } from "../../src/numerics/householder-ql.ts";
import { solveLinear, symmetricEigen } from "../../src/numerics/linear-algebra.ts";
import { stream } from "../../src/numerics/stream.ts";

/** ml-matrix has the same routines, from their publication in ALGOL by way of EISPACK and JAMA: the same sums in the same order. */

type Entry = (row: number, column: number) => number;
const kinds: { readonly [name: string]: (n: number, normal: () => number) => Entry } = {
  "normal entries": (_, normal) => normal,
  "sizes from 1e-60 to 1e60": (_, normal) => () => normal() * 10 ** Math.round(20 * normal()),
  "rank one": (n, normal) => {
    const u = Array.from({ length: n }, normal);
    return (i, j) => u[i] * u[j];
  },
  "equal eigenvalues": () => (i, j) => (i === j ? 2 : 1),
  "a diagonal": () => (i, j) => (i === j ? (i % 3) - 1 : 0),
  "mostly nothing": (_, normal) => () => (normal() > 1 ? normal() : 0),
};

const symmetricOf = (kind: string, n: number): Float64Array => {
  const random = stream({ seed: n, purpose: kind });
  const entry = kinds[kind](n, () => random.normal());
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      matrix[i * n + j] = entry(i, j);
      matrix[j * n + i] = matrix[i * n + j];
    }
  return matrix;
};

test.each(Object.keys(kinds))("%s: eigenvalues and eigenvectors have the bits of ml-matrix", kind => {
  for (const n of [1, 2, 3, 5, 8, 13, 24]) {
    const matrix = symmetricOf(kind, n);
    const peer = new EigenvalueDecomposition(Matrix.from1DArray(n, n, matrix), { assumeSymmetric: true });
    const unsorted = householderQl(matrix, n).values;
    expect([...unsorted].sort((a, b) => a - b)).toEqual(peer.realEigenvalues);
    if (kind === "sizes from 1e-60 to 1e60") continue;
    const { values, vectors } = symmetricEigen(matrix, n);
    expect([...values]).toEqual(peer.realEigenvalues);
    expect([...vectors]).toEqual(peer.eigenvectorMatrix.transpose().to1DArray());
  }
});

test("solutions of linear systems have the bits of ml-matrix", () => {
  for (let n = 1; n <= 20; n++) {
    const random = stream({ seed: n, purpose: "systems" });
    const matrix = Float64Array.from({ length: n * n }, () => random.normal());
    const side = Float64Array.from({ length: n }, () => random.normal());
    const peer = new LuDecomposition(Matrix.from1DArray(n, n, matrix)).solve(Matrix.columnVector(side));
    expect([...solveLinear(matrix, n, side)]).toEqual(peer.to1DArray());
  }
});
