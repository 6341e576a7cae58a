import { quarterTurns, reducedHigh } from "./quarter-turns";

/*
 * Elementary functions of four f32. The error bounds are the largest seen against float64 over one float in 61 or more and over
 * every float where that sweep was worst; one ulp is the distance of the exact result from the next float32. Polynomials are
 * near-minimax (test/numerics/fixtures/fit_elementary.py). Multiplications and additions stay apart in the relaxed module too.
 */

// @ts-ignore: decorator
@inline
function all(x: f32): v128 {
  return f32x4.splat(x);
}

/** a + x b */
// @ts-ignore: decorator
@inline
function join(a: v128, x: v128, b: v128): v128 {
  return f32x4.add(a, f32x4.mul(x, b));
}

/** The sign of x on a number without one. */
// @ts-ignore: decorator
@inline
function signed(size: v128, x: v128): v128 {
  return v128.or(size, v128.and(x, all(-0.0)));
}

/** The integer next to x / ln 2: adding 1.5 2^23 rounds to it. */
// @ts-ignore: decorator
@inline
function nearestPower(x: v128): v128 {
  return f32x4.sub(f32x4.add(f32x4.mul(x, all(1.44269504)), all(12582912)), all(12582912));
}

/** 2^k for integers -126 <= k <= 127: k + 127 lands in the low bits of the sum, then in the exponent's place. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(f32x4.add(k, all(8388608 + 127)), 23);
}

/** x - k ln 2 without the small part of ln 2: the large one has 15 bits, so that its products are exact. */
// @ts-ignore: decorator
@inline
function remainder(x: v128, k: v128): v128 {
  return f32x4.sub(x, f32x4.mul(k, all(0.693145751953125)));
}

/**
 * e^r - 1 - `high` for r = high - low, low = k times the small part of ln 2: r^2 Q(r) - low, Q near-minimax of degree 4 with error
 * 6.5e-8.
 */
// @ts-ignore: decorator
@inline
function expRest(high: v128, k: v128): v128 {
  const low = f32x4.mul(k, all(1.428606765330187e-6));
  const r = f32x4.sub(high, low);
  const z = f32x4.mul(r, r);
  const q0 = join(all(0.5), r, all(0.16666577756404877));
  const q1 = join(all(0.041666556149721146), r, all(0.008363173343241215));
  return f32x4.sub(f32x4.mul(z, join(q0, z, join(q1, z, all(0.0013926175888627768)))), low);
}

/** e^x / 2^k, k = nearestPower(x). */
// @ts-ignore: decorator
@inline
function expSeries(x: v128, k: v128): v128 {
  const high = remainder(x, k);
  const sum = f32x4.add(all(1), high);
  const cut = f32x4.sub(high, f32x4.sub(sum, all(1)));
  return f32x4.add(sum, f32x4.add(cut, expRest(high, k)));
}

/** e^x, within 0.81 ulp, subnormal results included; 0 below -103.98, infinity above 88.73. */
export function exp32(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, all(89)), all(-105));
  const k = nearestPower(bounded);
  const half = f32x4.floor(f32x4.mul(k, all(0.5)));
  const first = f32x4.mul(expSeries(bounded, k), powerOfTwo(half));
  return f32x4.mul(first, powerOfTwo(f32x4.sub(k, half)));
}

/** Natural logarithm, within 0.84 ulp, of subnormals too; -infinity at +-0, not-a-number below. */
export function log32(x: v128): v128 {
  const normal = v128.and(f32x4.ge(x, all(1.1754943508222875e-38)), f32x4.lt(x, all(Infinity)));
  if (i32x4.all_true(normal)) return normalLog(x, all(127));
  const small = f32x4.lt(x, all(1.1754943508222875e-38));
  const raised = v128.bitselect(f32x4.mul(x, all(16777216)), x, small);
  const value = normalLog(raised, v128.bitselect(all(127 + 24), all(127), small));
  const positive = v128.bitselect(x, value, f32x4.eq(x, all(Infinity)));
  const other = v128.bitselect(all(-Infinity), all(NaN), f32x4.eq(x, all(0)));
  return v128.bitselect(positive, other, f32x4.gt(x, all(0)));
}

/**
 * Of normal positive x = 2^k (1 + f), 1 + f in [1/sqrt 2, sqrt 2]. With s = f / (2 + f), h = f^2 / 2 and z = s^2:
 * log(1 + f) = f - h + s (h + z P(z)), P near-minimax of degree 3 with error 1.2e-9.
 */
// @ts-ignore: decorator
@inline
function normalLog(x: v128, bias: v128): v128 {
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_u(x, 23));
  const m = v128.or(v128.and(x, i32x4.splat(0x7fffff)), all(1));
  const large = f32x4.gt(m, all(1.41421356));
  const f = f32x4.sub(f32x4.mul(m, v128.bitselect(all(0.5), all(1), large)), all(1));
  const k = f32x4.add(f32x4.sub(exponent, bias), v128.and(large, all(1)));
  return logSeries(k, f, f32x4.mul(k, all(1.428606765330187e-6)));
}

/** k ln 2 + log(1 + f), `low` being what k times the large part of ln 2 leaves. */
// @ts-ignore: decorator
@inline
function logSeries(k: v128, f: v128, low: v128): v128 {
  const s = f32x4.div(f, f32x4.add(all(2), f));
  const h = f32x4.mul(f32x4.mul(all(0.5), f), f);
  const z = f32x4.mul(s, s);
  const p0 = join(all(0.6666666865348816), z, all(0.4000012278556824));
  const p1 = join(all(0.28550779819488525), z, all(0.23331613838672638));
  const series = f32x4.mul(z, join(p0, f32x4.mul(z, z), p1));
  const first = f32x4.mul(k, all(0.693145751953125));
  const sum = f32x4.add(first, f);
  const cut = f32x4.sub(f, f32x4.sub(sum, first));
  const rest = f32x4.sub(f32x4.add(f32x4.mul(s, f32x4.add(h, series)), low), h);
  return f32x4.add(sum, f32x4.add(cut, rest));
}

/** log(1 + x), within 0.84 ulp: -infinity at -1, not-a-number below. */
export function log1p32(x: v128): v128 {
  const value = finiteLog1p(x);
  const finite = v128.and(f32x4.gt(x, all(-1)), f32x4.lt(x, all(Infinity)));
  if (i32x4.all_true(finite)) return value;
  const other = v128.bitselect(all(-Infinity), all(NaN), f32x4.eq(x, all(-1)));
  return v128.bitselect(value, v128.bitselect(x, other, f32x4.eq(x, all(Infinity))), finite);
}

/** Away from 0 the sum u = 1 + x is rounded; what was cut, d, enters as log(u + d) = log u + d / u. */
// @ts-ignore: decorator
@inline
function finiteLog1p(x: v128): v128 {
  const near = v128.and(f32x4.gt(x, all(-0.29289322)), f32x4.lt(x, all(0.41421356)));
  const u = f32x4.add(all(1), x);
  const cut = v128.bitselect(
    f32x4.sub(all(1), f32x4.sub(u, x)), f32x4.sub(x, f32x4.sub(u, all(1))), f32x4.gt(x, all(1)),
  );
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_u(u, 23));
  const m = v128.or(v128.and(u, i32x4.splat(0x7fffff)), all(1));
  const large = f32x4.gt(m, all(1.41421356));
  const further = f32x4.sub(f32x4.mul(m, v128.bitselect(all(0.5), all(1), large)), all(1));
  const k = v128.andnot(f32x4.add(f32x4.sub(exponent, all(127)), v128.and(large, all(1))), near);
  const correction = v128.andnot(f32x4.div(cut, u), near);
  const low = f32x4.add(f32x4.mul(k, all(1.428606765330187e-6)), correction);
  const value = logSeries(k, v128.bitselect(x, further, near), low);
  return v128.bitselect(x, value, f32x4.lt(f32x4.abs(x), all(2.9802322387695312e-8)));
}

/**
 * Error function, within 1.42 ulp. Below 1: x + x E(x^2), E near-minimax of degree 6 with error 1.3e-9. Above: 1 - e^K(|x|), K of
 * degree 6, whose error times the complement of the function is 1.1e-9.
 */
export function erf32(x: v128): v128 {
  const size = f32x4.abs(x);
  const small = f32x4.lt(size, all(1));
  let value = size;
  if (v128.any_true(small)) {
    const z = f32x4.mul(x, x);
    const w = f32x4.mul(z, z);
    const e0 = join(all(0.12837916612625122), z, all(-0.3761262595653534));
    const e1 = join(all(0.11283593624830246), z, all(-0.026854168623685837));
    const e2 = join(all(0.005188994109630585), z, all(-0.000801595626398921));
    value = join(size, size, join(e0, w, join(e1, w, join(e2, w, all(7.87258250056766e-5)))));
    if (i32x4.all_true(small)) return signed(value, x);
  }
  const bounded = f32x4.pmin(size, all(4));
  const w = f32x4.mul(bounded, bounded);
  const k0 = join(all(-0.00035362676135264337), bounded, all(-1.1270403861999512));
  const k1 = join(all(-0.6382250189781189), bounded, all(-0.10303795337677002));
  const k2 = join(all(0.02180560678243637), bounded, all(-0.002939681289717555));
  const exponent = join(k0, w, join(k1, w, join(k2, w, all(0.0001855817681644112))));
  const k = nearestPower(exponent);
  const large = f32x4.sub(all(1), f32x4.mul(expSeries(exponent, k), powerOfTwo(k)));
  return signed(v128.bitselect(value, large, small), x);
}

/** What `reduce` leaves of x, as a sum of two, and in the low two bits the number of the multiple of pi / 2 taken away. */
let high = f32x4(0, 0, 0, 0);
let low = f32x4(0, 0, 0, 0);
let quarter = i32x4(0, 0, 0, 0);

/** Sine of x radians, within 0.95 ulp for every finite x; not-a-number at infinity. */
export function sin32(x: v128): v128 {
  reduce(x);
  const odd = i32x4.sub(i32x4.splat(0), v128.and(quarter, i32x4.splat(1)));
  const value = v128.bitselect(cosineSeries(high, low), sineSeries(high, low), odd);
  const flip = i32x4.shl(v128.and(quarter, i32x4.splat(2)), 30);
  // The reduction would lose the sign of zero.
  return v128.bitselect(x, v128.xor(value, flip), f32x4.lt(f32x4.abs(x), all(0.0001)));
}

/** Cosine of x radians, within 0.95 ulp for every finite x; not-a-number at infinity. */
export function cos32(x: v128): v128 {
  reduce(x);
  const odd = i32x4.sub(i32x4.splat(0), v128.and(quarter, i32x4.splat(1)));
  const value = v128.bitselect(sineSeries(high, low), cosineSeries(high, low), odd);
  const flip = i32x4.shl(v128.and(i32x4.add(quarter, i32x4.splat(1)), i32x4.splat(2)), 30);
  return v128.xor(value, flip);
}

/** sin(r + low), |r| <= pi / 4: r + r^3 S(r^2) + low, S near-minimax of degree 3 with error 2.9e-11. */
// @ts-ignore: decorator
@inline
function sineSeries(r: v128, low: v128): v128 {
  const z = f32x4.mul(r, r);
  const s0 = join(all(-0.1666666716337204), z, all(0.008333331905305386));
  const s1 = join(all(-0.00019840084132738411), z, all(2.724962087086169e-6));
  return f32x4.add(r, join(low, f32x4.mul(r, z), join(s0, f32x4.mul(z, z), s1)));
}

/** cos(r + low), |r| <= pi / 4: 1 - r^2 / 2 + r^4 C(r^2) - low r, C near-minimax of degree 2 with error 2.1e-9. */
// @ts-ignore: decorator
@inline
function cosineSeries(r: v128, low: v128): v128 {
  const z = f32x4.mul(r, r);
  const w = f32x4.mul(z, z);
  const c = join(join(all(0.0416666641831398), z, all(-0.0013888301327824593)), w, all(2.4547689463361166e-5));
  const half = f32x4.mul(all(0.5), z);
  const sum = f32x4.sub(all(1), half);
  const cut = f32x4.sub(f32x4.sub(all(1), sum), half);
  return f32x4.add(sum, f32x4.add(cut, f32x4.sub(f32x4.mul(w, c), f32x4.mul(low, r))));
}

/** Takes the nearest multiple of pi / 2 away from x in f64, whose products are exact here: sets high, low and quarter. */
// @ts-ignore: decorator
@inline
function reduce(x: v128): void {
  const x0 = f64x2.promote_low_f32x4(x);
  const x1 = f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
  const q0 = nearestQuarter(x0);
  const q1 = nearestQuarter(x1);
  quarter = i32x4.shuffle(q0, q1, 0, 2, 4, 6);
  const r0 = remainder64(x0, q0);
  const r1 = remainder64(x1, q1);
  const high0 = f32x4.demote_f64x2_zero(r0);
  const high1 = f32x4.demote_f64x2_zero(r1);
  high = i64x2.shuffle(high0, high1, 0, 2);
  const low0 = f32x4.demote_f64x2_zero(f64x2.sub(r0, f64x2.promote_low_f32x4(high0)));
  const low1 = f32x4.demote_f64x2_zero(f64x2.sub(r1, f64x2.promote_low_f32x4(high1)));
  low = i64x2.shuffle(low0, low1, 0, 2);
  const hard = f32x4.gt(f32x4.abs(x), all(1e6));
  if (v128.any_true(hard)) {
    // Every lane comes to the front once, then all are back in place.
    let front = x;
    let marked = hard;
    for (let lane = 0; lane < 4; lane++) {
      if (i32x4.extract_lane(marked, 0)) {
        quarter = i32x4.replace_lane(quarter, 0, <i32>quarterTurns(f32x4.extract_lane(front, 0)));
        high = f32x4.replace_lane(high, 0, <f32>reducedHigh);
        low = f32x4.replace_lane(low, 0, <f32>(reducedHigh - <f32>reducedHigh));
      }
      front = rotate(front);
      marked = rotate(marked);
      quarter = rotate(quarter);
      high = rotate(high);
      low = rotate(low);
    }
  }
}

// @ts-ignore: decorator
@inline
function rotate(x: v128): v128 {
  return i32x4.shuffle(x, x, 1, 2, 3, 0);
}

/** The integer next to x / (pi / 2), plus 1.5 2^52, which puts it into the low bits. */
// @ts-ignore: decorator
@inline
function nearestQuarter(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, f64x2.splat(0.6366197723675814)), f64x2.splat(6755399441055744));
}

/** x - q pi / 2, pi / 2 in two parts; the first has 33 bits, so that its products are exact. */
// @ts-ignore: decorator
@inline
function remainder64(x: v128, shifted: v128): v128 {
  const q = f64x2.sub(shifted, f64x2.splat(6755399441055744));
  const first = f64x2.sub(x, f64x2.mul(q, f64x2.splat(1.5707963267341256)));
  return f64x2.sub(first, f64x2.mul(q, f64x2.splat(6.077100506303966e-11)));
}
