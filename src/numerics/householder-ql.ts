/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Householder's reflections to a tridiagonal one and QL steps with implicit shifts; + - * / and
 * Math.sqrt, abs, max only, in a fixed order, so that results have the same bits in every engine.
 * [Martin, Reinsch, Wilkinson 1968, tred2; Bowdler, Martin, Reinsch, Wilkinson 1968, tql2]
 */
export interface UnsortedEigen {
  readonly values: Float64Array;
  /** Row i is the unit eigenvector of values[i]. */
  readonly vectors: Float64Array;
}

/** Of an n x n matrix (row-major, finite, symmetric to the bit), in no order. */
export const householderQl = (matrix: Float64Array, n: number): UnsortedEigen => {
  const vectors = matrix.slice();
  const values = new Float64Array(n);
  const beside = new Float64Array(n);
  toTridiagonal(n, vectors, values, beside);
  gatherReflections(n, vectors, values);
  beside.copyWithin(0, 1);
  beside[n - 1] = 0;
  toDiagonal(n, vectors, values, beside);
  return { values, vectors };
};

/**
 * Reflects row after row, the last one first, onto its neighbour of the diagonal. Leaves the entries beside the diagonal in `beside` (from 1 on), the
 * diagonal in that of `v`, the reflections in its rows and, in `row`, half of their squared lengths.
 */
const toTridiagonal = (n: number, v: Float64Array, row: Float64Array, beside: Float64Array): void => {
  for (let j = 0; j < n; j++) row[j] = v[j * n + n - 1];
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(row[k]);
    let square = 0;
    if (scale === 0) {
      beside[i] = row[i - 1];
      for (let j = 0; j < i; j++) {
        row[j] = v[j * n + i - 1];
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        row[k] /= scale;
        square += row[k] * row[k];
      }
      const next = row[i - 1];
      const length = next > 0 ? -Math.sqrt(square) : Math.sqrt(square);
      beside[i] = scale * length;
      square -= next * length;
      row[i - 1] = next - length;
      reflect(n, i, v, row, beside, square);
    }
    row[i] = square;
  }
};

/** Both sides of the leading i x i part, by a vector whose half squared length is `square`; `along` is scratch. Keeps the vector in row i and takes up the next one. */
const reflect = (
  n: number,
  i: number,
  v: Float64Array,
  by: Float64Array,
  along: Float64Array,
  square: number,
): void => {
  along.fill(0, 0, i);
  // Only the upper triangle is read.
  for (let j = 0; j < i; j++) {
    const own = by[j];
    v[i * n + j] = own;
    let sum = along[j] + v[j * n + j] * own;
    for (let k = j + 1; k < i; k++) {
      sum += v[j * n + k] * by[k];
      along[k] += v[j * n + k] * own;
    }
    along[j] = sum;
  }
  let product = 0;
  for (let j = 0; j < i; j++) {
    along[j] /= square;
    product += along[j] * by[j];
  }
  const part = product / (square + square);
  for (let j = 0; j < i; j++) along[j] -= part * by[j];
  for (let j = 0; j < i; j++) {
    const [own, other] = [by[j], along[j]];
    for (let k = j; k < i; k++) v[j * n + k] -= own * along[k] + other * by[k];
    by[j] = v[j * n + i - 1];
    v[j * n + i] = 0;
  }
};

/** Multiplies the reflections up; the diagonal that they left moves to `diagonal`, which comes with their half squared lengths. */
const gatherReflections = (n: number, v: Float64Array, diagonal: Float64Array): void => {
  for (let i = 0; i < n - 1; i++) {
    v[i * n + n - 1] = v[i * n + i];
    v[i * n + i] = 1;
    const by = v.subarray((i + 1) * n, (i + 1) * n + i + 1);
    const square = diagonal[i + 1];
    if (square !== 0) {
      for (let k = 0; k <= i; k++) diagonal[k] = by[k] / square;
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let k = 0; k <= i; k++) product += by[k] * v[j * n + k];
        for (let k = 0; k <= i; k++) v[j * n + k] -= product * diagonal[k];
      }
    }
    by.fill(0);
  }
  for (let j = 0; j < n; j++) {
    diagonal[j] = v[j * n + n - 1];
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
};

/** QL steps until each entry beside the diagonal is nothing next to the largest one so far; rows of `v` turn with them. */
const toDiagonal = (n: number, v: Float64Array, d: Float64Array, e: Float64Array): void => {
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
    const isNothing = (value: number): boolean => Math.abs(value) <= Number.EPSILON * largest;
    let m = l;
    while (m < n && !isNothing(e[m])) m++;
    if (m > l)
      do {
        // The eigenvalue nearest to d[l] of the leading block of two.
        const first = d[l];
        const ratio = (d[l + 1] - first) / (2 * e[l]);
        const length = ratio < 0 ? -hypotenuse(ratio, 1) : hypotenuse(ratio, 1);
        d[l] = e[l] / (ratio + length);
        d[l + 1] = e[l] * (ratio + length);
        const [second, beside] = [d[l + 1], e[l + 1]];
        const moved = first - d[l];
        for (let i = l + 2; i < n; i++) d[i] -= moved;
        shift += moved;

        let p = d[m];
        // Cosines of the last three rotations and sines of the last two.
        let [c, before, earlier] = [1, 1, 1];
        let [s, sineBefore] = [0, 0];
        for (let i = m - 1; i >= l; i--) {
          earlier = before;
          before = c;
          sineBefore = s;
          const g = c * e[i];
          const h = c * p;
          const r = hypotenuse(p, e[i]);
          e[i + 1] = s * r;
          s = e[i] / r;
          c = p / r;
          p = c * d[i] - s * g;
          d[i + 1] = h + s * (c * g + s * d[i]);
          for (let k = i * n; k < i * n + n; k++) {
            const below = v[k + n];
            v[k + n] = s * v[k] + c * below;
            v[k] = c * v[k] - s * below;
          }
        }
        p = (-s * sineBefore * earlier * beside * e[l]) / second;
        e[l] = s * p;
        d[l] = c * p;
      } while (!isNothing(e[l]));
    d[l] += shift;
    e[l] = 0;
  }
};

/** The root of a^2 + b^2 without squares that leave the numbers. */
const hypotenuse = (a: number, b: number): number => {
  if (Math.abs(a) > Math.abs(b)) {
    const ratio = b / a;
    return Math.abs(a) * Math.sqrt(1 + ratio * ratio);
  }
  if (b === 0) return 0;
  const ratio = a / b;
  return Math.abs(b) * Math.sqrt(1 + ratio * ratio);
};
