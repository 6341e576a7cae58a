/*
 * The series behind the elementary functions of two f64: what src/numerics/elementary does, operation by operation.
 * Multiplications and additions stay apart in the relaxed module too.
 */

// @ts-ignore: decorator
@inline
export function all64(x: f64): v128 {
  return f64x2.splat(x);
}

/** a + x b */
// @ts-ignore: decorator
@inline
export function join64(a: v128, x: v128, b: v128): v128 {
  return f64x2.add(a, f64x2.mul(x, b));
}

/** a + b x + w (c + d x), w = x^2 */
// @ts-ignore: decorator
@inline
export function cubic64(a: f64, b: f64, c: f64, d: f64, x: v128, w: v128): v128 {
  return join64(join64(all64(a), x, all64(b)), w, join64(all64(c), x, all64(d)));
}

/** 2^k for integers -1022 <= k <= 1023: k + 1023 lands in the low bits of the sum, then in the exponent's place. */
// @ts-ignore: decorator
@inline
export function powerOfTwo64(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, all64(4503599627370496 + 1023)), 52);
}

/** The integer next to x / ln 2. */
// @ts-ignore: decorator
@inline
export function nearestPower64(x: v128): v128 {
  return f64x2.floor(f64x2.add(f64x2.mul(x, all64(1.4426950408889634)), all64(0.5)));
}

/** e^x / 2^k, k = nearestPower64(x). */
// @ts-ignore: decorator
@inline
export function expSeries64(x: v128, k: v128): v128 {
  const high = f64x2.sub(x, f64x2.mul(k, all64(0.6931471804855391)));
  const low = f64x2.mul(k, all64(7.440617110012397e-11));
  const r = f64x2.sub(high, low);
  const z = f64x2.mul(r, r);
  const w = f64x2.mul(z, z);
  const q0 = cubic64(0.5, 0.1666666666666667, 0.04166666666666667, 0.008333333333326141, r, z);
  const q1 = cubic64(0.0013888888888883752, 0.00019841269874800493, 2.4801587325533363e-5, 2.7557255425746435e-6, r, z);
  const q2 = join64(join64(all64(2.7557273661348637e-7), r, all64(2.510520637395701e-8)), z, all64(2.0914679376583935e-9));
  const rest = f64x2.sub(f64x2.mul(z, join64(q0, w, join64(q1, w, q2))), low);
  const sum = f64x2.add(all64(1), high);
  const cut = f64x2.sub(high, f64x2.sub(sum, all64(1)));
  return f64x2.add(sum, f64x2.add(cut, rest));
}

/** What normalLog64 takes away from the exponent's bits beside x. */
export const EXPONENT_SHIFT: f64 = 4503599627370496 + 1023;

/** log x of normal positive numbers. */
// @ts-ignore: decorator
@inline
export function normalLog64(x: v128, shift: v128): v128 {
  const biased = v128.or(i64x2.shr_u(x, 52), all64(4503599627370496));
  const m = v128.or(v128.and(x, i64x2.splat(0xfffffffffffff)), all64(1));
  const large = f64x2.gt(m, all64(1.4142135623730951));
  const f = f64x2.sub(f64x2.mul(m, v128.bitselect(all64(0.5), all64(1), large)), all64(1));
  const k = f64x2.add(f64x2.sub(biased, shift), v128.and(large, all64(1)));
  return logSeries64(k, f, f64x2.mul(k, all64(7.440617110012397e-11)));
}

/** k ln 2 + log(1 + f), `low` being what k times the large part of ln 2 leaves. */
// @ts-ignore: decorator
@inline
export function logSeries64(k: v128, f: v128, low: v128): v128 {
  const s = f64x2.div(f, f64x2.add(all64(2), f));
  const h = f64x2.mul(f64x2.mul(all64(0.5), f), f);
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const p0 = cubic64(0.6666666666666666, 0.40000000000000885, 0.28571428570799784, 0.22222222392581045, z, w);
  const p1 = cubic64(0.18181795547521137, 0.15386244737621665, 0.13268638369266825, 0.13088034850927555, z, w);
  const series = f64x2.mul(z, join64(p0, f64x2.mul(w, w), p1));
  const first = f64x2.mul(k, all64(0.6931471804855391));
  const sum = f64x2.add(first, f);
  const cut = f64x2.sub(f, f64x2.sub(sum, first));
  const rest = f64x2.sub(f64x2.add(f64x2.mul(s, f64x2.add(h, series)), low), h);
  return f64x2.add(sum, f64x2.add(cut, rest));
}

/** sin(r + low), |r| <= pi / 4. */
// @ts-ignore: decorator
@inline
export function sineSeries64(r: v128, low: v128): v128 {
  const z = f64x2.mul(r, r);
  const w = f64x2.mul(z, z);
  const s0 = join64(all64(-0.16666666666666666), z, all64(0.008333333333330936));
  const s1 = join64(all64(-0.00019841269836740532), z, all64(2.7557316093198404e-6));
  const s2 = join64(all64(-2.5051129896450185e-8), z, all64(1.5917988979397435e-10));
  const series = join64(s0, w, join64(s1, w, s2));
  const bent = f64x2.mul(low, f64x2.sub(all64(1), f64x2.mul(all64(0.5), z)));
  return f64x2.add(r, f64x2.add(f64x2.mul(f64x2.mul(r, z), series), bent));
}

/** cos(r + low), |r| <= pi / 4. */
// @ts-ignore: decorator
@inline
export function cosineSeries64(r: v128, low: v128): v128 {
  const z = f64x2.mul(r, r);
  const w = f64x2.mul(z, z);
  const c0 = join64(all64(0.041666666666666664), z, all64(-0.0013888888888887389));
  const c1 = join64(all64(2.48015872987544e-5), z, all64(-2.755731726587808e-7));
  const c2 = join64(all64(2.087614504941318e-9), z, all64(-1.138254464534925e-11));
  const series = join64(c0, w, join64(c1, w, c2));
  const half = f64x2.mul(all64(0.5), z);
  const sum = f64x2.sub(all64(1), half);
  const cut = f64x2.sub(f64x2.sub(all64(1), sum), half);
  return f64x2.add(sum, f64x2.add(cut, f64x2.sub(f64x2.mul(w, series), f64x2.mul(low, r))));
}
