/*
 * Statistics of many draws, rounded in the order of plain loops over them: a sum of one series is taken from its first term to its last. What runs side by side
 * are lags, or series. Series of n numbers stand one behind the other.
 */

export { foldSorted, scatter, sortWithPlaces, tiesOf } from "./draw-order";

/** Lags whose products are summed together. */
const LAGS: i32 = 8;

/** Adds sum_i x_i x_(i + lag) of each series to `into[lag - from]` for eight lags from `from` on. */
export function addProducts(x: usize, series: i32, n: i32, from: i32, into: usize): void {
  const row = <usize>n << 3;
  let left = series;
  // Two series at a time, as an addition would wait for the one before.
  for (; left > 1; left -= 2) {
    twoProducts(x, x + row, n, from, into);
    x += 2 * row;
  }
  if (left > 0) oneProducts(x, n, from, into);
}

function twoProducts(x: usize, y: usize, n: i32, from: i32, into: usize): void {
  let x0 = f64x2.splat(0);
  let x1 = x0;
  let x2 = x0;
  let x3 = x0;
  let y0 = x0;
  let y1 = x0;
  let y2 = x0;
  let y3 = x0;
  const shift = <usize>from << 3;
  const end = x + (<usize>(n - from - LAGS + 1) << 3);
  let at = x;
  let other = y;
  for (; at < end; at += 8) {
    const v = v128.load64_splat(at);
    const w = v128.load64_splat(other);
    x0 = f64x2.add(x0, f64x2.mul(v, v128.load(at + shift)));
    y0 = f64x2.add(y0, f64x2.mul(w, v128.load(other + shift)));
    x1 = f64x2.add(x1, f64x2.mul(v, v128.load(at + shift, 16)));
    y1 = f64x2.add(y1, f64x2.mul(w, v128.load(other + shift, 16)));
    x2 = f64x2.add(x2, f64x2.mul(v, v128.load(at + shift, 32)));
    y2 = f64x2.add(y2, f64x2.mul(w, v128.load(other + shift, 32)));
    x3 = f64x2.add(x3, f64x2.mul(v, v128.load(at + shift, 48)));
    y3 = f64x2.add(y3, f64x2.mul(w, v128.load(other + shift, 48)));
    other += 8;
  }
  const row = <usize>n << 3;
  finish(x0, x1, x2, x3, at, x + row, shift, into);
  finish(y0, y1, y2, y3, other, y + row, shift, into);
}

function oneProducts(x: usize, n: i32, from: i32, into: usize): void {
  let x0 = f64x2.splat(0);
  let x1 = x0;
  let x2 = x0;
  let x3 = x0;
  const shift = <usize>from << 3;
  const end = x + (<usize>(n - from - LAGS + 1) << 3);
  let at = x;
  for (; at < end; at += 8) {
    const v = v128.load64_splat(at);
    x0 = f64x2.add(x0, f64x2.mul(v, v128.load(at + shift)));
    x1 = f64x2.add(x1, f64x2.mul(v, v128.load(at + shift, 16)));
    x2 = f64x2.add(x2, f64x2.mul(v, v128.load(at + shift, 32)));
    x3 = f64x2.add(x3, f64x2.mul(v, v128.load(at + shift, 48)));
  }
  finish(x0, x1, x2, x3, at, x + (<usize>n << 3), shift, into);
}

/** The products that are left, from `at` on, where the later lags have fewer. */
function finish(s0: v128, s1: v128, s2: v128, s3: v128, at: usize, end: usize, shift: usize, into: usize): void {
  finishLag(f64x2.extract_lane(s0, 0), at, end, shift, into);
  finishLag(f64x2.extract_lane(s0, 1), at, end, shift + 8, into + 8);
  finishLag(f64x2.extract_lane(s1, 0), at, end, shift + 16, into + 16);
  finishLag(f64x2.extract_lane(s1, 1), at, end, shift + 24, into + 24);
  finishLag(f64x2.extract_lane(s2, 0), at, end, shift + 32, into + 32);
  finishLag(f64x2.extract_lane(s2, 1), at, end, shift + 40, into + 40);
  finishLag(f64x2.extract_lane(s3, 0), at, end, shift + 48, into + 48);
  finishLag(f64x2.extract_lane(s3, 1), at, end, shift + 56, into + 56);
}

function finishLag(sum: f64, at: usize, end: usize, shift: usize, into: usize): void {
  for (; at + shift < end; at += 8) sum += load<f64>(at) * load<f64>(at + shift);
  store<f64>(into, load<f64>(into) + sum);
}

/** out_i = x_i - centre of each series, whose centres stand in a list. `out` may be `x`. */
export function centreSeries(x: usize, series: i32, n: i32, centres: usize, out: usize): void {
  for (let c = 0; c < series; c++) {
    const centre = load<f64>(centres + (<usize>c << 3));
    const centre2 = f64x2.splat(centre);
    let i = 0;
    for (; i + 1 < n; i += 2) {
      v128.store(out, f64x2.sub(v128.load(x), centre2));
      x += 16;
      out += 16;
    }
    if (i < n) {
      store<f64>(out, load<f64>(x) - centre);
      x += 8;
      out += 8;
    }
  }
}

/** out_i = |x_i - centre|. */
export function distancesFrom(x: usize, n: i32, centre: f64, out: usize): void {
  const centre2 = f64x2.splat(centre);
  let i = 0;
  for (; i + 1 < n; i += 2) {
    v128.store(out, f64x2.abs(f64x2.sub(v128.load(x), centre2)));
    x += 16;
    out += 16;
  }
  if (i < n) store<f64>(out, Math.abs(load<f64>(x) - centre));
}

/** The mean of each series, summed as distances from its first number. */
export function meansOf(x: usize, series: i32, n: i32, out: usize): void {
  const row = <usize>n << 3;
  let c = 0;
  // Four at a time, as an addition would wait for the one before.
  for (; c + 3 < series; c += 4) {
    const o0 = load<f64>(x);
    const o1 = load<f64>(x + row);
    const o2 = load<f64>(x + 2 * row);
    const o3 = load<f64>(x + 3 * row);
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    const end = x + row;
    for (let at = x + 8; at < end; at += 8) {
      s0 += load<f64>(at) - o0;
      s1 += load<f64>(at + row) - o1;
      s2 += load<f64>(at + 2 * row) - o2;
      s3 += load<f64>(at + 3 * row) - o3;
    }
    store<f64>(out, o0 + s0 / n);
    store<f64>(out, o1 + s1 / n, 8);
    store<f64>(out, o2 + s2 / n, 16);
    store<f64>(out, o3 + s3 / n, 24);
    x += 4 * row;
    out += 32;
  }
  for (; c < series; c++) {
    const origin = load<f64>(x);
    let sum: f64 = 0;
    for (let i: usize = 8; i < row; i += 8) sum += load<f64>(x + i) - origin;
    store<f64>(out, origin + sum / n);
    x += row;
    out += 8;
  }
}

/** sum_i (x_i - mean)^2 of each series. */
export function squaresOf(x: usize, series: i32, n: i32, means: usize, out: usize): void {
  const row = <usize>n << 3;
  let c = 0;
  for (; c + 3 < series; c += 4) {
    const m0 = load<f64>(means);
    const m1 = load<f64>(means, 8);
    const m2 = load<f64>(means, 16);
    const m3 = load<f64>(means, 24);
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    const end = x + row;
    for (let at = x; at < end; at += 8) {
      const d0 = load<f64>(at) - m0;
      const d1 = load<f64>(at + row) - m1;
      const d2 = load<f64>(at + 2 * row) - m2;
      const d3 = load<f64>(at + 3 * row) - m3;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    store<f64>(out, s0);
    store<f64>(out, s1, 8);
    store<f64>(out, s2, 16);
    store<f64>(out, s3, 24);
    x += 4 * row;
    means += 32;
    out += 32;
  }
  for (; c < series; c++) {
    const mean = load<f64>(means);
    let sum: f64 = 0;
    for (let i: usize = 0; i < row; i += 8) {
      const d = load<f64>(x + i) - mean;
      sum += d * d;
    }
    store<f64>(out, sum);
    x += row;
    means += 8;
    out += 8;
  }
}

/** Returns sum_i d_i^2 and writes sum_i d_i^4, d_i = x_i - centre. */
export function powersOf(x: usize, n: i32, centre: f64, out: usize): f64 {
  let second: f64 = 0;
  let fourth: f64 = 0;
  const end = x + (<usize>n << 3);
  for (; x < end; x += 8) {
    const d = load<f64>(x) - centre;
    const square = d * d;
    second += square;
    fourth += square * square;
  }
  store<f64>(out, fourth);
  return second;
}

/** Bit i of a series is set where x_i <= bound, or where it is not when `above` is 1; `stride` whole words of 64 bits for each series, the last of them 0. */
export function markAtMost(x: usize, series: i32, n: i32, bound: f64, above: i32, out: usize, stride: i32): void {
  const bound2 = f64x2.splat(bound);
  for (let c = 0; c < series; c++) {
    let word = out;
    for (let from = 0; from < n; from += 64) {
      const count = min(64, n - from);
      let bits: u64 = 0;
      let k = 0;
      for (; k + 1 < count; k += 2) {
        bits |= <u64>i64x2.bitmask(f64x2.le(v128.load(x), bound2)) << k;
        x += 16;
      }
      if (k < count) {
        bits |= <u64>(load<f64>(x) <= bound) << k;
        x += 8;
      }
      if (above) bits = ~bits & (count === 64 ? ~(<u64>0) : (<u64>1 << count) - 1);
      store<u64>(word, bits);
      word += 8;
    }
    out += <usize>stride << 3;
    for (; word < out; word += 8) store<u64>(word, 0);
  }
}

/** For each series how many bits are set both at a place and `lag` places further on. */
export function bothSet(bits: usize, series: i32, stride: i32, lag: i32, out: usize): void {
  const whole = <usize>(lag >>> 6) << 3;
  const rest = <u64>(lag & 63);
  const row = <usize>stride << 3;
  for (let c = 0; c < series; c++) {
    let sum: u64 = 0;
    const end = bits + row - 8 - whole;
    if (rest === 0)
      for (let at = bits; at < end; at += 8) sum += popcnt(load<u64>(at) & load<u64>(at + whole));
    else
      for (let at = bits; at < end; at += 8) {
        const further = at + whole;
        sum += popcnt(load<u64>(at) & ((load<u64>(further) >>> rest) | (load<u64>(further, 8) << (64 - rest))));
      }
    store<u32>(out, <u32>sum);
    bits += row;
    out += 4;
  }
}
