/* Products of one matrix with one vector, float64, row-major. Every entry sums in ascending order, with two roundings a term: the bits of plain loops. */

/** out_j = start_j + sum over rows r of weights_r matrix_rj, for a matrix of `rows` rows of n. `out` may be `start` and nothing else. */
export function addRows(matrix: usize, rows: i32, n: i32, weights: usize, start: usize, out: usize): void {
  const stride = <usize>n << 3;
  let j = 0;
  for (; j + 16 <= n; j += 16) {
    let row = matrix + (<usize>j << 3);
    const from = start + (<usize>j << 3);
    let s0 = v128.load(from);
    let s1 = v128.load(from, 16);
    let s2 = v128.load(from, 32);
    let s3 = v128.load(from, 48);
    let s4 = v128.load(from, 64);
    let s5 = v128.load(from, 80);
    let s6 = v128.load(from, 96);
    let s7 = v128.load(from, 112);
    for (let r = 0; r < rows; r++) {
      const weight = v128.load64_splat(weights + (<usize>r << 3));
      s0 = f64x2.add(s0, f64x2.mul(weight, v128.load(row)));
      s1 = f64x2.add(s1, f64x2.mul(weight, v128.load(row, 16)));
      s2 = f64x2.add(s2, f64x2.mul(weight, v128.load(row, 32)));
      s3 = f64x2.add(s3, f64x2.mul(weight, v128.load(row, 48)));
      s4 = f64x2.add(s4, f64x2.mul(weight, v128.load(row, 64)));
      s5 = f64x2.add(s5, f64x2.mul(weight, v128.load(row, 80)));
      s6 = f64x2.add(s6, f64x2.mul(weight, v128.load(row, 96)));
      s7 = f64x2.add(s7, f64x2.mul(weight, v128.load(row, 112)));
      row += stride;
    }
    const to = out + (<usize>j << 3);
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    v128.store(to, s4, 64);
    v128.store(to, s5, 80);
    v128.store(to, s6, 96);
    v128.store(to, s7, 112);
  }
  for (; j + 4 <= n; j += 4) {
    let row = matrix + (<usize>j << 3);
    const from = start + (<usize>j << 3);
    let s0 = v128.load(from);
    let s1 = v128.load(from, 16);
    for (let r = 0; r < rows; r++) {
      const weight = v128.load64_splat(weights + (<usize>r << 3));
      s0 = f64x2.add(s0, f64x2.mul(weight, v128.load(row)));
      s1 = f64x2.add(s1, f64x2.mul(weight, v128.load(row, 16)));
      row += stride;
    }
    const to = out + (<usize>j << 3);
    v128.store(to, s0);
    v128.store(to, s1, 16);
  }
  for (; j < n; j++) {
    let row = matrix + (<usize>j << 3);
    let sum = load<f64>(start + (<usize>j << 3));
    for (let r = 0; r < rows; r++) {
      sum += load<f64>(weights + (<usize>r << 3)) * load<f64>(row);
      row += stride;
    }
    store<f64>(out + (<usize>j << 3), sum);
  }
}

/** sums + (a, b)_column vector_column for two columns of the rows a and b: one lane a row, the columns one after the other. */
// @ts-ignore: decorator
@inline
function addColumns(sums: v128, a: v128, b: v128, first: v128, second: v128): v128 {
  const sum = f64x2.add(sums, f64x2.mul(v128.shuffle<f64>(a, b, 0, 2), first));
  return f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(a, b, 1, 3), second));
}

/** out_r = sum over columns j of matrix_rj vector_j, for a matrix of `rows` rows of n. */
export function dotRows(matrix: usize, rows: i32, n: i32, vector: usize, out: usize): void {
  const stride = <usize>n << 3;
  const even = n & ~1;
  let r = 0;
  // Sums of different rows wait for nothing of each other: eight at a time hide how long an addition takes.
  for (; r + 8 <= rows; r += 8) {
    let row = matrix + <usize>r * stride;
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let r2 = row + stride * 2;
    let r4 = row + stride * 4;
    let r6 = row + stride * 6;
    for (let j = 0; j < even; j += 2) {
      const at = vector + (<usize>j << 3);
      const first = v128.load64_splat(at);
      const second = v128.load64_splat(at, 8);
      s0 = addColumns(s0, v128.load(row), v128.load(row + stride), first, second);
      s1 = addColumns(s1, v128.load(r2), v128.load(r2 + stride), first, second);
      s2 = addColumns(s2, v128.load(r4), v128.load(r4 + stride), first, second);
      s3 = addColumns(s3, v128.load(r6), v128.load(r6 + stride), first, second);
      row += 16;
      r2 += 16;
      r4 += 16;
      r6 += 16;
    }
    if (even < n) {
      const last = v128.load64_splat(vector + (<usize>even << 3));
      s0 = f64x2.add(s0, f64x2.mul(last, v128.load64_lane(row + stride, v128.load64_splat(row), 1)));
      s1 = f64x2.add(s1, f64x2.mul(last, v128.load64_lane(r2 + stride, v128.load64_splat(r2), 1)));
      s2 = f64x2.add(s2, f64x2.mul(last, v128.load64_lane(r4 + stride, v128.load64_splat(r4), 1)));
      s3 = f64x2.add(s3, f64x2.mul(last, v128.load64_lane(r6 + stride, v128.load64_splat(r6), 1)));
    }
    const to = out + (<usize>r << 3);
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  for (; r < rows; r++) {
    let row = matrix + <usize>r * stride;
    let sum: f64 = 0;
    for (let j = 0; j < n; j++) {
      sum += load<f64>(row) * load<f64>(vector + (<usize>j << 3));
      row += 8;
    }
    store<f64>(out + (<usize>r << 3), sum);
  }
}
