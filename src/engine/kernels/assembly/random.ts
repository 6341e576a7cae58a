import { storeLanes } from "./lanes";
import { philoxBlocks, word0, word1, word2, word3 } from "./philox";
import { all64, cosineSeries64, EXPONENT_SHIFT, normalLog64, sineSeries64 } from "./series64";

/*
 * The draws of src/numerics/stream.ts, with the same bits: `keyLow` and `keyHigh` are the words of the seed, `purpose` is the
 * hash of its name. Each function fills `out` as a stream does that was just moved to `step`, and writes nothing beyond `count`
 * entries. In f32 the f64 draws are rounded to nearest, ties to even; a uniform that would become 1 becomes the float32 below,
 * 1 - 2^-24.
 */

/** `count` standard normals in f64. */
export function normals64(
  out: usize, count: i32, keyLow: u32, keyHigh: u32, step: u32, chain: u32, purpose: u32,
): void {
  fill<f64>(true, out, count, keyLow, keyHigh, step, chain, purpose);
}

/** The same, rounded to f32. */
export function normals32(
  out: usize, count: i32, keyLow: u32, keyHigh: u32, step: u32, chain: u32, purpose: u32,
): void {
  fill<f32>(true, out, count, keyLow, keyHigh, step, chain, purpose);
}

/** `count` uniforms in [0, 1) in f64. */
export function uniforms64(
  out: usize, count: i32, keyLow: u32, keyHigh: u32, step: u32, chain: u32, purpose: u32,
): void {
  fill<f64>(false, out, count, keyLow, keyHigh, step, chain, purpose);
}

/** The same, rounded to f32. */
export function uniforms32(
  out: usize, count: i32, keyLow: u32, keyHigh: u32, step: u32, chain: u32, purpose: u32,
): void {
  fill<f32>(false, out, count, keyLow, keyHigh, step, chain, purpose);
}

/** Permutes `count` i32 in place, every permutation alike (Fisher-Yates). */
export function shuffle(
  order: usize, count: i32, keyLow: u32, keyHigh: u32, step: u32, chain: u32, purpose: u32,
): void {
  let block: u32 = 0;
  for (let last = count - 1; last > 0; last -= 16, block += 4) {
    philoxBlocks(block, keyLow, keyHigh, step, chain, purpose);
    // Word by word to block by block.
    const a = i32x4.shuffle(word0, word1, 0, 4, 1, 5);
    const b = i32x4.shuffle(word2, word3, 0, 4, 1, 5);
    const c = i32x4.shuffle(word0, word1, 2, 6, 3, 7);
    const d = i32x4.shuffle(word2, word3, 2, 6, 3, 7);
    swapFour(order, last, i64x2.shuffle(a, b, 0, 2));
    swapFour(order, last - 4, i64x2.shuffle(a, b, 1, 3));
    swapFour(order, last - 8, i64x2.shuffle(c, d, 0, 2));
    swapFour(order, last - 12, i64x2.shuffle(c, d, 1, 3));
  }
}

/** Entries last, last - 1, ... change places, each by one word. */
function swapFour(order: usize, last: i32, words: v128): void {
  swap(order, last, i32x4.extract_lane(words, 0));
  swap(order, last - 1, i32x4.extract_lane(words, 1));
  swap(order, last - 2, i32x4.extract_lane(words, 2));
  swap(order, last - 3, i32x4.extract_lane(words, 3));
}

// @ts-ignore: decorator
@inline
function swap(order: usize, last: i32, word: u32): void {
  if (last <= 0) return;
  const here = order + 4 * <usize>last;
  const there = order + 4 * <usize>((<u64>word * <u64>(last + 1)) >> 32);
  const entry = load<i32>(here);
  store<i32>(here, load<i32>(there));
  store<i32>(there, entry);
}

/** Four blocks, hence eight draws, at a time. */
function fill<T>(
  normal: bool, out: usize, count: i32, keyLow: u32, keyHigh: u32, step: u32, chain: u32, purpose: u32,
): void {
  let block: u32 = 0;
  for (let left = count; left > 0; left -= 8, block += 4) {
    philoxBlocks(block, keyLow, keyHigh, step, chain, purpose);
    const u0 = unit(word0, word1);
    const v0 = unit(word2, word3);
    // The last two blocks.
    const u1 = unit(i64x2.shuffle(word0, word0, 1, 1), i64x2.shuffle(word1, word1, 1, 1));
    const v1 = unit(i64x2.shuffle(word2, word2, 1, 1), i64x2.shuffle(word3, word3, 1, 1));
    put<T>(normal, out, left, u0, v0);
    put<T>(normal, out + 4 * sizeof<T>(), left - 4, u1, v1);
    out += 8 * sizeof<T>();
  }
}

/** The 53-bit uniforms of the first two lanes: 27 bits of one word and 26 of the other. */
// @ts-ignore: decorator
@inline
function unit(high: v128, low: v128): v128 {
  const upper = f64x2.mul(f64x2.convert_low_i32x4_s(i32x4.shr_u(high, 5)), all64(67108864));
  return f64x2.mul(f64x2.add(upper, f64x2.convert_low_i32x4_s(i32x4.shr_u(low, 6))), all64(1.1102230246251565e-16));
}

/** Writes up to `count` of the four draws of two blocks. */
function put<T>(normal: bool, out: usize, count: i32, u: v128, v: v128): void {
  let first = u;
  let second = v;
  if (normal) {
    // Box and Muller, the angle as quarter turns and an exact rest of at most half a quarter.
    const radius = f64x2.sqrt(f64x2.mul(all64(-2), normalLog64(f64x2.sub(all64(1), u), all64(EXPONENT_SHIFT))));
    const turns = f64x2.mul(all64(4), v);
    const quarter = f64x2.floor(f64x2.add(turns, all64(0.5)));
    const rest = f64x2.mul(f64x2.sub(turns, quarter), all64(1.5707963267948966));
    const c = f64x2.mul(radius, cosineSeries64(rest, all64(0)));
    const s = f64x2.mul(radius, sineSeries64(rest, all64(0)));
    const bits = f64x2.add(quarter, all64(4503599627370496));
    const odd = i64x2.sub(i64x2.splat(0), v128.and(bits, i64x2.splat(1)));
    const flipped = i64x2.shl(v128.and(bits, i64x2.splat(2)), 62);
    first = v128.xor(v128.bitselect(f64x2.neg(s), c, odd), flipped);
    second = v128.xor(v128.bitselect(c, s, odd), flipped);
  }
  const pair0 = i64x2.shuffle(first, second, 0, 2);
  const pair1 = i64x2.shuffle(first, second, 1, 3);
  if (sizeof<T>() == 8) {
    if (count > 0) storeLanes<T>(out, pair0, count);
    if (count > 2) storeLanes<T>(out + 16, pair1, count - 2);
  } else {
    let four = i64x2.shuffle(f32x4.demote_f64x2_zero(pair0), f32x4.demote_f64x2_zero(pair1), 0, 2);
    if (!normal) four = f32x4.pmin(four, f32x4.splat(0.999999940395355225));
    if (count > 0) storeLanes<T>(out, four, count);
  }
}
