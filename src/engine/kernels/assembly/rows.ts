import { lanes } from "./lanes";

// @ts-ignore: decorator
@inline
function gatherRows<T>(out: usize, table: usize, indices: usize, rows: i32, width: i32): void {
  const bytes: usize = width * sizeof<T>();
  for (let row = 0; row < rows; row++) memory.copy(out + row * bytes, table + load<i32>(indices + 4 * row) * bytes, bytes);
}

/** Rows in ascending order, so that the sum of a row named twice has fixed bits. */
// @ts-ignore: decorator
@inline
function scatterAddRows<T>(out: usize, values: usize, indices: usize, rows: i32, width: i32): void {
  const bytes: usize = width * sizeof<T>();
  const whole = width - (width % lanes<T>());
  for (let row = 0; row < rows; row++) {
    let target = out + load<i32>(indices + 4 * row) * bytes;
    for (let column = 0; column < whole; column += lanes<T>()) {
      v128.store(target, v128.add<T>(v128.load(target), v128.load(values)));
      target += 16;
      values += 16;
    }
    for (let column = whole; column < width; column++) {
      store<T>(target, load<T>(target) + load<T>(values));
      target += sizeof<T>();
      values += sizeof<T>();
    }
  }
}

export function gatherRows32(out: usize, table: usize, indices: usize, rows: i32, width: i32): void {
  gatherRows<f32>(out, table, indices, rows, width);
}

export function gatherRows64(out: usize, table: usize, indices: usize, rows: i32, width: i32): void {
  gatherRows<f64>(out, table, indices, rows, width);
}

export function scatterAddRows32(out: usize, values: usize, indices: usize, rows: i32, width: i32): void {
  scatterAddRows<f32>(out, values, indices, rows, width);
}

/** The same to sums in f64, which have not been rounded yet. */
export function scatterAddRowsWide(sums: usize, values: usize, indices: usize, rows: i32, width: i32): void {
  const whole = width - (width % 4);
  for (let row = 0; row < rows; row++) {
    let target = sums + load<i32>(indices + 4 * row) * (8 * width);
    for (let column = 0; column < whole; column += 4) {
      const vector = v128.load(values);
      const upper = i64x2.shuffle(vector, vector, 1, 1);
      v128.store(target, f64x2.add(v128.load(target), f64x2.promote_low_f32x4(vector)));
      v128.store(target, f64x2.add(v128.load(target, 16), f64x2.promote_low_f32x4(upper)), 16);
      target += 32;
      values += 16;
    }
    for (let column = whole; column < width; column++) {
      store<f64>(target, load<f64>(target) + <f64>load<f32>(values));
      target += 8;
      values += 4;
    }
  }
}

/** Rounds `size` sums in f64 to f32. */
export function roundSums(out: usize, sums: usize, size: i32): void {
  for (let i = 0; i < size; i++) store<f32>(out + 4 * i, <f32>load<f64>(sums + 8 * i));
}

export function scatterAddRows64(out: usize, values: usize, indices: usize, rows: i32, width: i32): void {
  scatterAddRows<f64>(out, values, indices, rows, width);
}
