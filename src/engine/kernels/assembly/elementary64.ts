import { quarterTurns, reducedHigh, reducedLow } from "./quarter-turns";
import {
  all64, cosineSeries64, cubic64, expSeries64, EXPONENT_SHIFT, join64, logSeries64, nearestPower64, normalLog64, powerOfTwo64, sineSeries64,
} from "./series64";

/*
 * Elementary functions of two f64, with the bits of src/numerics/elementary and so its error bounds. (Where sin and cos reduce in
 * integers, the remainder may differ from that one's in the 110th bit, which no comparison has seen in a result.)
 */

/** The sign of x on a number without one. */
// @ts-ignore: decorator
@inline
function signed(size: v128, x: v128): v128 {
  return v128.or(size, v128.and(x, all64(-0.0)));
}

/** e^x for |x| < 700 and not-a-number. */
// @ts-ignore: decorator
@inline
function moderateExp(x: v128): v128 {
  const k = nearestPower64(x);
  return f64x2.mul(expSeries64(x, k), powerOfTwo64(k));
}

/** e^x, within 0.73 ulp, subnormal results included; 0 below -745.14, infinity above 709.79. */
export function exp64(x: v128): v128 {
  const bounded = f64x2.pmax(f64x2.pmin(x, all64(710)), all64(-746));
  const k = nearestPower64(bounded);
  const half = f64x2.floor(f64x2.mul(k, all64(0.5)));
  const first = f64x2.mul(expSeries64(bounded, k), powerOfTwo64(half));
  return f64x2.mul(first, powerOfTwo64(f64x2.sub(k, half)));
}

/** Natural logarithm, within 0.82 ulp, of subnormals too; -infinity at +-0, not-a-number below. */
export function log64(x: v128): v128 {
  const normal = v128.and(f64x2.ge(x, all64(2.2250738585072014e-308)), f64x2.lt(x, all64(Infinity)));
  if (i64x2.all_true(normal)) return normalLog64(x, all64(EXPONENT_SHIFT));
  const small = f64x2.lt(x, all64(2.2250738585072014e-308));
  const raised = v128.bitselect(f64x2.mul(x, all64(18014398509481984)), x, small);
  const value = normalLog64(raised, v128.bitselect(all64(EXPONENT_SHIFT + 54), all64(EXPONENT_SHIFT), small));
  const positive = v128.bitselect(x, value, f64x2.eq(x, all64(Infinity)));
  const other = v128.bitselect(all64(-Infinity), all64(NaN), f64x2.eq(x, all64(0)));
  return v128.bitselect(positive, other, f64x2.gt(x, all64(0)));
}

/** log(1 + x), within 0.78 ulp; -infinity at -1, not-a-number below. */
export function log1p64(x: v128): v128 {
  const value = finiteLog1p(x);
  const finite = v128.and(f64x2.gt(x, all64(-1)), f64x2.lt(x, all64(Infinity)));
  if (i64x2.all_true(finite)) return value;
  const other = v128.bitselect(all64(-Infinity), all64(NaN), f64x2.eq(x, all64(-1)));
  return v128.bitselect(value, v128.bitselect(x, other, f64x2.eq(x, all64(Infinity))), finite);
}

// @ts-ignore: decorator
@inline
function finiteLog1p(x: v128): v128 {
  const near = v128.and(f64x2.gt(x, all64(-0.2928932188134524)), f64x2.lt(x, all64(0.41421356237309503)));
  const u = f64x2.add(all64(1), x);
  const cut = v128.bitselect(
    f64x2.sub(all64(1), f64x2.sub(u, x)), f64x2.sub(x, f64x2.sub(u, all64(1))), f64x2.gt(x, all64(1)),
  );
  const biased = v128.or(i64x2.shr_u(u, 52), all64(4503599627370496));
  const m = v128.or(v128.and(u, i64x2.splat(0xfffffffffffff)), all64(1));
  const large = f64x2.gt(m, all64(1.4142135623730951));
  const further = f64x2.sub(f64x2.mul(m, v128.bitselect(all64(0.5), all64(1), large)), all64(1));
  const shifted = f64x2.add(f64x2.sub(biased, all64(EXPONENT_SHIFT)), v128.and(large, all64(1)));
  const k = v128.andnot(shifted, near);
  const correction = v128.andnot(f64x2.div(cut, u), near);
  const low = f64x2.add(f64x2.mul(k, all64(7.440617110012397e-11)), correction);
  const value = logSeries64(k, v128.bitselect(x, further, near), low);
  return v128.bitselect(x, value, f64x2.lt(f64x2.abs(x), all64(1.1102230246251565e-16)));
}

/** Hyperbolic tangent, within 1.45 ulp. */
export function tanh64(x: v128): v128 {
  const size = f64x2.abs(x);
  const small = f64x2.lt(size, all64(0.55));
  let value = size;
  if (v128.any_true(small)) {
    const z = f64x2.mul(x, x);
    const w = f64x2.mul(z, z);
    const v = f64x2.mul(w, w);
    const t0 = cubic64(-0.3333333333333333, 0.1333333333333271, -0.05396825396742711, 0.021869488493351966, z, w);
    const t1 = cubic64(-0.008863234390552772, 0.0035921102829827483, -0.0014556610653503473, 0.0005889322836960864, z, w);
    const t2 = join64(
      join64(all64(-0.00023462355640458792), z, all64(8.509481082749288e-5)), w, all64(-2.059003703476761e-5),
    );
    value = join64(size, f64x2.mul(z, size), join64(t0, v, join64(t1, v, t2)));
    if (i64x2.all_true(small)) return signed(value, x);
  }
  const power = moderateExp(f64x2.mul(all64(2), f64x2.pmin(size, all64(22))));
  const large = f64x2.sub(all64(1), f64x2.div(all64(2), f64x2.add(power, all64(1))));
  return signed(v128.bitselect(value, large, small), x);
}

/** Error function, within 1.28 ulp. */
export function erf64(x: v128): v128 {
  const size = f64x2.abs(x);
  const small = f64x2.lt(size, all64(1));
  let value = size;
  if (v128.any_true(small)) {
    const z = f64x2.mul(x, x);
    const w = f64x2.mul(z, z);
    const v = f64x2.mul(w, w);
    const e0 = cubic64(0.12837916709551256, -0.3761263890318354, 0.1128379167094491, -0.026866170643221454, z, w);
    const e1 = cubic64(0.005223977606976882, -0.0008548325968458515, 0.00012055294691019695, -1.4924732685547572e-5, z, w);
    const e2 = cubic64(1.6447371314258486e-6, -1.6208065704722215e-7, 1.3718218762051456e-8, -7.792387776980085e-10, z, w);
    value = join64(size, size, join64(e0, v, join64(e1, v, e2)));
    if (i64x2.all_true(small)) return signed(value, x);
  }
  const bounded = f64x2.pmin(size, all64(6));
  const t = f64x2.div(f64x2.sub(bounded, all64(3)), f64x2.add(bounded, all64(3)));
  const w = f64x2.mul(t, t);
  const v = f64x2.mul(w, w);
  const k0 = cubic64(0.1790011511813537, -0.326233560045903, 0.24560380166436535, -0.15011593634174974, t, w);
  const k1 = cubic64(0.07166585015457706, -0.024392327708485123, 0.004270354544847427, 0.0007131774376822584, t, w);
  const k2 = cubic64(-0.0005810881238671766, 7.639890914041417e-5, 0.00010295520784896445, 1.5204316533018143e-5, t, w);
  const power = moderateExp(f64x2.neg(f64x2.mul(bounded, bounded)));
  const large = f64x2.sub(all64(1), f64x2.mul(power, join64(k0, v, join64(k1, v, k2))));
  return signed(v128.bitselect(value, large, small), x);
}

/** What `reduce` leaves of x, as a sum of two. */
let high = f64x2(0, 0);
let low = f64x2(0, 0);
/** The number of the multiple taken away, in the low two bits. */
let quarter = i64x2(0, 0);

/** Sine of x radians, within 0.84 ulp for every finite x; not-a-number at infinity. */
export function sin64(x: v128): v128 {
  reduce(x);
  const odd = i64x2.sub(i64x2.splat(0), v128.and(quarter, i64x2.splat(1)));
  const value = v128.bitselect(cosineSeries64(high, low), sineSeries64(high, low), odd);
  const flip = i64x2.shl(v128.and(quarter, i64x2.splat(2)), 62);
  // The series would lose the sign of zero.
  return v128.bitselect(x, v128.xor(value, flip), f64x2.lt(f64x2.abs(x), all64(7.450580596923828e-9)));
}

/** Cosine of x radians, within 0.83 ulp for every finite x; not-a-number at infinity. */
export function cos64(x: v128): v128 {
  reduce(x);
  const odd = i64x2.sub(i64x2.splat(0), v128.and(quarter, i64x2.splat(1)));
  const value = v128.bitselect(sineSeries64(high, low), cosineSeries64(high, low), odd);
  const flip = i64x2.shl(v128.and(i64x2.add(quarter, i64x2.splat(1)), i64x2.splat(2)), 62);
  return v128.xor(value, flip);
}

/** Takes the nearest multiple of pi / 2 away from x: sets high, low and quarter. */
// @ts-ignore: decorator
@inline
function reduce(x: v128): void {
  const size = f64x2.abs(x);
  const far = f64x2.gt(size, all64(0.7853981633974483));
  const q = v128.and(f64x2.floor(f64x2.add(f64x2.mul(x, all64(0.6366197723675814)), all64(0.5))), far);
  const first = f64x2.sub(x, f64x2.mul(q, all64(1.5707963267341256)));
  const second = f64x2.mul(q, all64(6.077100506303966e-11));
  const difference = f64x2.sub(first, second);
  const part = f64x2.sub(difference, first);
  const cut = f64x2.sub(f64x2.sub(first, f64x2.sub(difference, part)), f64x2.add(second, part));
  const rest = f64x2.sub(cut, f64x2.mul(q, all64(2.0222662487959506e-21)));
  high = f64x2.add(difference, rest);
  low = f64x2.sub(rest, f64x2.sub(high, difference));
  // Outside of the exact products' range, or where so much cancels that three parts of pi / 2 are too few.
  const close = f64x2.lt(f64x2.abs(difference), all64(9.5367431640625e-7));
  const hard = v128.or(f64x2.gt(size, all64(1e5)), v128.and(close, far));
  quarter = f64x2.add(q, all64(6755399441055744));
  if (v128.any_true(hard)) {
    // Each lane comes to the front once, then both are back in place.
    let front = x;
    let marked = hard;
    for (let lane = 0; lane < 2; lane++) {
      if (i64x2.extract_lane(marked, 0)) {
        quarter = i64x2.replace_lane(quarter, 0, quarterTurns(f64x2.extract_lane(front, 0)));
        high = f64x2.replace_lane(high, 0, reducedHigh);
        low = f64x2.replace_lane(low, 0, reducedLow);
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
  return i64x2.shuffle(x, x, 1, 0);
}
