import { bandEigenvalues, bandRow } from "./band-eigenvalues.ts";

/** C[m, n] = op(A) op(B), row-major, contiguous; op transposes where asked. */
export type Multiply = (
  shape: { m: number; n: number; k: number; transposeA?: boolean; transposeB?: boolean },
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
) => void;

/** Columns that are reduced at once, and the width of the band in between. */
const WIDTH = 32;
/** Rows that are updated at once. */
const STRIP = 192;

/** Lengths of the arrays that `symmetricSpectrum` works on, for the memory that `multiply` needs them in. */
export const spectrumArrays = (n: number) => ({
  matrix: n * n,
  left: n * 2 * WIDTH,
  right: n * 2 * WIDTH,
  V: n * WIDTH,
  AV: n * WIDTH,
  Y: n * WIDTH,
  small: WIDTH * WIDTH,
  T: WIDTH * WIDTH,
  strip: Math.min(STRIP, n) * n,
});

export type SpectrumArrays = { readonly [name in keyof ReturnType<typeof spectrumArrays>]: Float64Array };

/**
 * Eigenvalues, ascending, of the symmetric n x n `matrix` (row-major, both halves; used up), without vectors, mostly by products
 * of matrices: blocks of 32 columns are made zero below a band by A <- Q^T A Q, Q = 1 - V T V^T, and the band is then chased
 * down to three diagonals. About n^3 multiply-adds in products; the memory of the matrix and little more.
 * [Bischof & Van Loan 1987, Bischof, Lang & Sun 2000]
 */
export const symmetricSpectrum = (n: number, arrays: SpectrumArrays, multiply: Multiply): Float64Array => {
  const { matrix } = arrays;
  const width = Math.max(1, Math.min(WIDTH, n - 1));
  const band = new Float64Array(n * bandRow(width));
  const place = (i: number, j: number): number => i * bandRow(width) + bandRow(width) - 1 - i + j;
  // Columns of the panel one after the other, each of the rows below the diagonal block.
  const panel = new Float64Array(width * n);
  let size = n;
  let stride = n;
  splitOff(matrix, n, width, panel, (i, j, value) => {
    band[place(i, j)] = value;
  });
  size -= width;
  stride = size;
  for (let done = width; size > 0; done += width) {
    const columns = Math.min(width, size);
    const before = done - width;
    factor(panel, size, width, arrays);
    for (let i = 0; i < Math.min(size, width); i++)
      for (let j = i; j < width; j++) band[place(done + i, before + j)] = panel[j * size + i];
    update(arrays, size, width, multiply, (strip, from, rows) => {
      subtract(matrix, stride, strip, from, rows, size, columns, panel, (i, j, value) => {
        band[place(done + i, done + j)] = value;
      });
    });
    size -= columns;
    stride = size;
  }
  return bandEigenvalues(band, n, width);
};

/** Takes the first `width` rows and columns off a contiguous matrix and moves the rest together. */
const splitOff = (
  matrix: Float64Array,
  n: number,
  width: number,
  panel: Float64Array,
  keep: (i: number, j: number, value: number) => void,
): void => {
  const rest = n - width;
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) keep(i, j, matrix[i * n + j]);
  for (let i = width; i < n; i++) {
    for (let j = 0; j < width; j++) panel[j * rest + i - width] = matrix[i * n + j];
    matrix.copyWithin((i - width) * rest, i * n + width, (i + 1) * n);
  }
};

/**
 * Q R of the size x width panel (its columns contiguous), in place: R stays in its upper part. V (size x width, row-major, unit
 * lower trapezoidal) and the upper triangular T with Q = 1 - V T V^T are written to the arrays.
 */
const factor = (panel: Float64Array, size: number, width: number, { V, T }: SpectrumArrays): void => {
  const reflectors = new Float64Array(width * size);
  const scales = new Float64Array(width);
  T.fill(0);
  for (let k = 0; k < width; k++) {
    const v = reflectors.subarray(k * size, (k + 1) * size);
    if (k < size) {
      let squares = 0;
      for (let i = k; i < size; i++) {
        v[i] = panel[k * size + i];
        squares += v[i] * v[i];
      }
      const norm = Math.sqrt(squares);
      const below = k + 1 < size && squares > v[k] * v[k];
      if (norm > 0 && below) {
        const alpha = v[k] > 0 ? -norm : norm;
        const head = v[k] - alpha;
        scales[k] = -head / alpha;
        for (let i = k + 1; i < size; i++) v[i] /= head;
        v[k] = 1;
        panel[k * size + k] = alpha;
        panel.fill(0, k * size + k + 1, (k + 1) * size);
      } else v.fill(0);
    }
    for (let j = k + 1; j < width && scales[k] !== 0; j++) {
      let dot = 0;
      for (let i = k; i < size; i++) dot += v[i] * panel[j * size + i];
      dot *= scales[k];
      for (let i = k; i < size; i++) panel[j * size + i] -= dot * v[i];
    }
    // T[0..k-1, k] = -scale T V^T v, T[k, k] = scale.
    for (let j = 0; j < k; j++) {
      let dot = 0;
      for (let i = k; i < size; i++) dot += reflectors[j * size + i] * v[i];
      T[j * WIDTH + k] = -scales[k] * dot;
    }
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let l = j; l < k; l++) sum += T[j * WIDTH + l] * T[l * WIDTH + k];
      T[j * WIDTH + k] = sum;
    }
    T[k * WIDTH + k] = scales[k];
  }
  V.fill(0, 0, size * WIDTH);
  for (let k = 0; k < width; k++) for (let i = 0; i < size; i++) V[i * WIDTH + k] = reflectors[k * size + i];
};

/** Hands out strips of V W^T + W V^T, W = Y - V T^T (V^T Y) / 2 with Y = A V T, to be subtracted from A. */
const update = (
  { matrix, V, AV, Y, small, T, left, right, strip }: SpectrumArrays,
  size: number,
  width: number,
  multiply: Multiply,
  take: (strip: Float64Array, from: number, rows: number) => void,
): void => {
  multiply({ m: size, n: WIDTH, k: size }, matrix, V, AV);
  multiply({ m: size, n: WIDTH, k: WIDTH }, AV, T, Y);
  multiply({ m: WIDTH, n: WIDTH, k: size, transposeA: true }, V, Y, small);
  const middle = new Float64Array(WIDTH * WIDTH);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let l = 0; l <= i; l++) sum += T[l * WIDTH + i] * small[l * WIDTH + j];
      middle[i * WIDTH + j] = sum / 2;
    }
  small.set(middle);
  multiply({ m: size, n: WIDTH, k: WIDTH }, V, small, AV);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < WIDTH; k++) {
      const v = V[i * WIDTH + k];
      const w = Y[i * WIDTH + k] - AV[i * WIDTH + k];
      left[i * 2 * WIDTH + k] = right[i * 2 * WIDTH + WIDTH + k] = v;
      left[i * 2 * WIDTH + WIDTH + k] = right[i * 2 * WIDTH + k] = w;
    }
  for (let from = 0; from < size; from += STRIP) {
    const rows = Math.min(STRIP, size - from);
    multiply({ m: rows, n: size, k: 2 * WIDTH, transposeB: true }, left.subarray(from * 2 * WIDTH), right, strip);
    take(strip, from, rows);
  }
};

/** Subtracts a strip from its rows of the matrix; the next panel and the rest go to their new places, which lie before. */
const subtract = (
  matrix: Float64Array,
  stride: number,
  strip: Float64Array,
  from: number,
  rows: number,
  size: number,
  columns: number,
  panel: Float64Array,
  keep: (i: number, j: number, value: number) => void,
): void => {
  const rest = size - columns;
  for (let r = 0; r < rows; r++) {
    const i = from + r;
    const source = i * stride;
    const change = r * size;
    if (i < columns) {
      for (let j = 0; j <= i; j++) keep(i, j, matrix[source + j] - strip[change + j]);
      continue;
    }
    for (let j = 0; j < columns; j++) panel[j * rest + i - columns] = matrix[source + j] - strip[change + j];
    const target = (i - columns) * rest - columns;
    for (let j = columns; j < size; j++) matrix[target + j] = matrix[source + j] - strip[change + j];
  }
};
