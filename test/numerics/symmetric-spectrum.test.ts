import { describe, expect, test } from "vitest";
import { bandEigenvalues, bandRow } from "../../src/numerics/band-eigenvalues.ts";
import { symmetricEigenvalues } from "../../src/numerics/linear-algebra.ts";
import { singularValues } from "../../src/numerics/singular-values.ts";
import { stream } from "../../src/numerics/stream.ts";
import { type Multiply, spectrumArrays, symmetricSpectrum } from "../../src/numerics/symmetric-spectrum.ts";
import { tridiagonalEigenvalues } from "../../src/numerics/tridiagonal-eigenvalues.ts";

const normals = (length: number, purpose: string): Float64Array => {
  const out = new Float64Array(length);
  stream({ seed: 1, purpose }).normals(out);
  return out;
};

const plain: Multiply = ({ m, n, k, transposeA, transposeB }, a, b, c) => {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[transposeA ? l * m + i : i * k + l] * b[transposeB ? j * k + l : l * n + j];
      c[i * n + j] = sum;
    }
};

const spectrum = (matrix: Float64Array, n: number): Float64Array => {
  const arrays = Object.fromEntries(
    Object.entries(spectrumArrays(n)).map(([name, length]) => [name, new Float64Array(length)]),
  ) as { [name in keyof ReturnType<typeof spectrumArrays>]: Float64Array };
  arrays.matrix.set(matrix);
  return symmetricSpectrum(n, arrays, plain);
};

const symmetric = (n: number): Float64Array => {
  const x = normals(n * n, `symmetric ${n}`);
  return x.map((value, i) => value + x[(i % n) * n + Math.floor(i / n)]);
};

const largestError = (actual: Float64Array, expected: Float64Array): number =>
  actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);

test.each([1, 2, 5, 31, 32, 33, 64, 65, 97, 150])("the spectrum of a symmetric matrix of %i rows", n => {
  const matrix = symmetric(n);
  expect(largestError(spectrum(matrix, n), symmetricEigenvalues(matrix, n))).toBeLessThan(1e-15 * 40 * n);
});

test("the spectrum of a matrix of low rank has that many values that are not zero", () => {
  const [n, rank] = [90, 17];
  const x = normals(n * rank, "low rank");
  const matrix = new Float64Array(n * n);
  plain({ m: n, n, k: rank, transposeB: true }, x, x, matrix);
  const values = spectrum(matrix, n);
  const largest = values[n - 1];
  expect(values.filter(value => value > 1e-11 * largest)).toHaveLength(rank);
  expect(Math.abs(values[0])).toBeLessThan(1e-13 * largest);
});

test.each([
  [20, 1],
  [20, 4],
  [41, 7],
])("eigenvalues of a band matrix of %i rows and width %i", (n, width) => {
  const entries = normals(n * (width + 1), `band ${n}`);
  const band = new Float64Array(n * bandRow(width));
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = Math.max(0, i - width); j <= i; j++) {
      const value = entries[i * (width + 1) + i - j];
      band[i * bandRow(width) + bandRow(width) - 1 - i + j] = value;
      matrix[i * n + j] = matrix[j * n + i] = value;
    }
  expect(largestError(bandEigenvalues(band, n, width), symmetricEigenvalues(matrix, n))).toBeLessThan(1e-12);
});

test("eigenvalues of the second difference are 2 - 2 cos", () => {
  const n = 200;
  const values = tridiagonalEigenvalues(new Float64Array(n).fill(2), new Float64Array(n - 1).fill(-1));
  for (let i = 0; i < n; i++) expect(values[i]).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (i + 1)) / (n + 1)), 12);
});

test("a matrix with an entry that is not a number is reported", () => {
  expect(() => tridiagonalEigenvalues(Float64Array.of(1, Number.NaN, 2), Float64Array.of(1, 1))).toThrow();
});

describe("singular values", () => {
  test.each([
    [1, 1],
    [3, 2],
    [2, 3],
    [40, 25],
    [25, 40],
  ])("of %i x %i are the roots of the eigenvalues of the Gram matrix", (rows, columns) => {
    const x = normals(rows * columns, `singular ${rows}`);
    const n = Math.min(rows, columns);
    const gram = new Float64Array(n * n);
    plain(
      rows <= columns ? { m: n, n, k: columns, transposeB: true } : { m: n, n, k: rows, transposeA: true },
      x,
      x,
      gram,
    );
    const expected = symmetricEigenvalues(gram, n).reverse().map(Math.sqrt);
    expect(largestError(singularValues(x.slice(), rows, columns), expected)).toBeLessThan(1e-12);
  });

  test("of a diagonal matrix over fourteen orders of magnitude are its entries", () => {
    const n = 15;
    const x = new Float64Array(n * n);
    for (let i = 0; i < n; i++) x[i * n + ((7 * i) % n)] = 10 ** -i * (i % 2 === 0 ? 1 : -1);
    const values = singularValues(x, n, n);
    for (let i = 0; i < n; i++) expect(Math.abs(values[i] - 10 ** -i)).toBeLessThan(1e-15);
  });

  test("of a matrix of equal rows are one and zeros", () => {
    const values = singularValues(new Float64Array(12).fill(1), 3, 4);
    expect(values[0]).toBeCloseTo(Math.sqrt(12), 14);
    expect(values[1]).toBeLessThan(1e-15);
  });
});
