import { describe, expect, test } from "vitest";
import { solveLinear, symmetricEigen, symmetricEigenvalues } from "../../src/numerics/linear-algebra.ts";
import { stream } from "../../src/numerics/stream.ts";

/** Tridiagonal, `diagonal` and `off` throughout: eigenvalues diagonal + 2 off cos(k pi / (n + 1)). */
const toeplitz = (n: number, diagonal: number, off: number): Float64Array => {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = diagonal;
    if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = off;
  }
  return matrix;
};

/** (1 - 2 v v^T / |v|^2) matrix (1 - 2 v v^T / |v|^2) for a few random v: the same eigenvalues in other coordinates. */
const rotated = (matrix: Float64Array, n: number): Float64Array => {
  let current = matrix;
  const source = stream({ seed: 3, purpose: "rotation" });
  const v = new Float64Array(n);
  for (let turn = 0; turn < 3; turn++) {
    source.normals(v);
    const square = v.reduce((sum, x) => sum + x * x, 0);
    const reflect = (i: number, j: number) => (i === j ? 1 : 0) - (2 * v[i] * v[j]) / square;
    current = product(
      product(
        Float64Array.from({ length: n * n }, (_, k) => reflect(Math.floor(k / n), k % n)),
        current,
        n,
      ),
      Float64Array.from({ length: n * n }, (_, k) => reflect(Math.floor(k / n), k % n)),
      n,
    );
  }
  return current;
};

const product = (a: Float64Array, b: Float64Array, n: number): Float64Array => {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j] += a[i * n + k] * b[k * n + j];
  return out;
};

const n = 12;
const exact = Array.from({ length: n }, (_, k) => 3 - 2 * 1.25 * Math.cos(((k + 1) * Math.PI) / (n + 1)));

describe("symmetric eigenvalues", () => {
  test("of a tridiagonal Toeplitz matrix, ascending", () => {
    const values = symmetricEigenvalues(toeplitz(n, 3, 1.25), n);
    values.forEach((value, k) => {
      expect(Math.abs(value - exact[k])).toBeLessThan(50 * Number.EPSILON);
    });
  });

  test("are unchanged by an orthogonal similarity", () => {
    const values = symmetricEigenvalues(rotated(toeplitz(n, 3, 1.25), n), n);
    values.forEach((value, k) => {
      expect(Math.abs(value - exact[k])).toBeLessThan(200 * Number.EPSILON);
    });
  });

  test("come with unit eigenvectors, one a row", () => {
    const matrix = rotated(toeplitz(n, 3, 1.25), n);
    const { values, vectors } = symmetricEigen(matrix, n);
    for (let k = 0; k < n; k++) {
      const vector = vectors.subarray(k * n, (k + 1) * n);
      expect(Math.abs(vector.reduce((sum, x) => sum + x * x, 0) - 1)).toBeLessThan(50 * Number.EPSILON);
      for (let i = 0; i < n; i++) {
        const image = vector.reduce((sum, x, j) => sum + matrix[i * n + j] * x, 0);
        expect(Math.abs(image - values[k] * vector[i])).toBeLessThan(200 * Number.EPSILON);
      }
    }
  });

  test("of the zero matrix and of one number", () => {
    expect(symmetricEigenvalues(new Float64Array(9), 3)).toEqual(new Float64Array(3));
    expect(symmetricEigenvalues(Float64Array.of(-7), 1)).toEqual(Float64Array.of(-7));
  });

  test.each([1e-200, 1e-300, 1e200])("entries of size %f", size => {
    const values = symmetricEigenvalues(
      rotated(toeplitz(5, 3, 1.25), 5).map(x => x * size),
      5,
    );
    const expected = symmetricEigenvalues(toeplitz(5, 3, 1.25), 5);
    values.forEach((value, i) => void expect(value / size).toBeCloseTo(expected[i], 12));
  });

  test("entries whose squares are nothing beside ordinary ones", () => {
    const matrix = Float64Array.of(4, 1e-170, 3e-280, 1e-170, 2e-165, 1e-310, 3e-280, 1e-310, 5e-324);
    expect(symmetricEigenvalues(matrix, 3)).toEqual(Float64Array.of(0, 0, 4));
  });

  test("refuse a matrix that is not symmetric, not finite or not square", () => {
    expect(() => symmetricEigenvalues(Float64Array.of(1, 2, 3, 4), 2)).toThrow(
      "matrix[1][0] is 3: needs the value of matrix[0][1], 2",
    );
    expect(() => symmetricEigenvalues(Float64Array.of(1, 2, Number.NaN, 4), 2)).toThrow(
      "matrix[1][0] is NaN: needs a finite number",
    );
    expect(() => symmetricEigenvalues(new Float64Array(5), 2)).toThrow("the length of matrix is 5: needs 4");
    expect(() => symmetricEigenvalues(new Float64Array(0), 0)).toThrow("n is 0: needs");
  });
});

describe("solveLinear", () => {
  test("gives back the x that made the right-hand side", () => {
    const source = stream({ seed: 4, purpose: "matrix" });
    const matrix = new Float64Array(n * n);
    const x = new Float64Array(n);
    source.normals(matrix);
    source.normals(x);
    for (let i = 0; i < n; i++) matrix[i * n + i] += 8;
    const rightHandSide = Float64Array.from(x, (_, i) => x.reduce((sum, xj, j) => sum + matrix[i * n + j] * xj, 0));
    solveLinear(matrix, n, rightHandSide).forEach((value, i) => {
      expect(Math.abs(value - x[i])).toBeLessThan(100 * Number.EPSILON);
    });
  });

  test("pivots: a zero on the diagonal is no hindrance", () => {
    expect(solveLinear(Float64Array.of(0, 2, 4, 0), 2, Float64Array.of(6, 8))).toEqual(Float64Array.of(2, 3));
  });

  test("refuses a singular matrix, exactly or by rounding", () => {
    for (const matrix of [
      [1, 2, 2, 4],
      [0.1, 0.2, 0.3, 0.6],
      [0, 0, 0, 0],
      [1, 1, 1, 1 + 2 ** -52],
    ])
      expect(() => solveLinear(Float64Array.from(matrix), 2, Float64Array.of(1, 1))).toThrow(
        "singular to working precision",
      );
  });

  test("refuses a right-hand side of another length", () => {
    expect(() => solveLinear(Float64Array.of(1), 1, Float64Array.of(1, 2))).toThrow(
      "the length of rightHandSide is 2: needs 1",
    );
  });
});
