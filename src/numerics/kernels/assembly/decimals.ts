/*
 * Rows of decimals in ASCII, correctly rounded. Digits behind the point are read sixteen at a time. What a plain row does not hold, blanks, quotes, words, signs that say plus, numbers of more
 * than 18 digits or with large powers of ten, is left to others: nothing is guessed.
 */

const LINE_FEED: u32 = 0x0a;
const RETURN: u32 = 0x0d;
const PLUS: u32 = 0x2b;
const MINUS: u32 = 0x2d;
const POINT: u32 = 0x2e;
const ZERO: u32 = 0x30;
const LOWER_E: u32 = 0x65;
const CASE: u32 = 0x20;

/** Tables of `decimal-kernels.ts`: 10^p and 10^-p in float64, 10^p and the largest number that stays below 10^18 with p more digits, in 64 bits. */
const POWERS: usize = 0;
const INVERSES: usize = 256;
const WHOLE_POWERS: usize = 512;
const LIMITS: usize = 768;
const LARGEST_POWER: i32 = 22;
/** From so many digits on, a number may need more than 53 bits. */
const LONG: i32 = 15;
/** 2^53 - 1. */
const LARGEST_WHOLE: i64 = 9007199254740991;
/** 2^27 + 1. */
const SPLITTER: f64 = 134217729;
/** 2^-40, far above the relative error of what is left over. */
const DOUBT: f64 = 9.094947017729282e-13;

/** Why `readRows` stopped: the rows that were asked for, the end of the bytes, or something else than a decimal. */
const FULL: u32 = 0;
const ENDED: u32 = 1;
const OTHER: u32 = 2;

/**
 * Reads rows of `width` decimals, with the separator between them and a line break behind each row, from the bytes [from, to), behind which 64 more are readable. The number of a row and column
 * goes to `out` + 8 (row + column stride). With `blanks`, a cell may be empty, which is NaN, where others of the row are not. Returns how many rows there are whole; `answer` gets the address
 * behind them, and why there are no more.
 */
export function readRows(
  from: usize, to: usize, separator: u32, width: i32, blanks: u32, out: usize, stride: i32, most: i32, tables: usize, answer: usize,
): i32 {
  const step = <usize>stride << 3;
  let at = from;
  let why = FULL;
  let row = 0;
  for (; row < most; row++) {
    const begin = at;
    let into = out + (<usize>row << 3);
    let left = width;
    let numbers = width;
    why = OTHER;
    for (;;) {
      if (at >= to) {
        why = ENDED;
        break;
      }
      let next = <u32>load<u8>(at);
      if (blanks && (next === separator || next === LINE_FEED || next === RETURN)) {
        store<f64>(into, NaN);
        numbers--;
      } else {
        const end = readDecimal(at, into, tables);
        if (end === 0) break;
        at = end;
        next = <u32>load<u8>(at);
      }
      if (--left === 0) {
        if (next === LINE_FEED) why = FULL;
        else if (next === RETURN && load<u8>(at + 1) === LINE_FEED) {
          at++;
          why = FULL;
        }
        if (numbers === 0) why = OTHER;
        break;
      }
      if (next !== separator) break;
      into += step;
      at++;
    }
    // What stands behind the end may be anything.
    if (at >= to) why = ENDED;
    if (why !== FULL) {
      at = begin;
      break;
    }
    at++;
  }
  store<u32>(answer, <u32>at);
  store<u32>(answer, why, 4);
  return row;
}

/** Writes the decimal that begins here; the address behind it, or 0 where there is none or it is left to others. */
// @ts-ignore: decorator
@inline
function readDecimal(at: usize, into: usize, tables: usize): usize {
  const negative = <u64>(load<u8>(at) === MINUS);
  at += <usize>negative;
  let digit = <u32>load<u8>(at) - ZERO;
  if (digit > 9) return 0;
  let whole = <u64>digit;
  at++;
  let next = <u32>load<u8>(at);
  if (next !== POINT) {
    let digits = 1;
    for (;;) {
      digit = next - ZERO;
      if (digit > 9) break;
      if (++digits > 18) return 0;
      whole = whole * 10 + digit;
      next = <u32>load<u8>(++at);
    }
  }
  let places = 0;
  if (next === POINT) {
    at++;
    const digits16 = i8x16.sub(v128.load(at), i8x16.splat(0x30));
    const count = ctz(i8x16.bitmask(i8x16.gt_u(digits16, i8x16.splat(9))) | 0x10000);
    // The digits move to the right end, zeros to the left.
    const places16 = i8x16.sub(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>(16 - count)));
    const aligned = i8x16.swizzle(digits16, places16);
    // Numbers of two, four and eight digits.
    const twos = v128.and(
      i16x8.add(i16x8.mul(aligned, i16x8.splat(10)), i16x8.shr_u(aligned, 8)),
      i16x8.splat(0xff),
    );
    const fours = i32x4.dot_i16x8_s(twos, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
    const eights = i64x2.extract_lane(
      i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), i16x8(10000, 1, 10000, 1, 0, 0, 0, 0)),
      0,
    );
    let fraction = (eights & 0xffffffff) * 100000000 + (eights >>> 32);
    places = count;
    at += count;
    if (count === 16) {
      const four = load<u32>(at) - 0x30303030;
      const others = <u64>((four | (four + 0x76767676)) & 0x80808080);
      const more = <i32>(ctz(others | (<u64>1 << 39)) >>> 3);
      if (more === 4 && <u32>load<u8>(at, 4) - ZERO <= 9) return 0;
      if (<u64>fraction > load<u64>(tables + (<usize>more << 3), LIMITS)) return 0;
      const last = <u32>(<u64>four << ((4 - more) << 3));
      const pairs = last * 10 + (last >>> 8);
      fraction = fraction * load<i64>(tables + (<usize>more << 3), WHOLE_POWERS) + <i64>((pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff));
      places += more;
      at += more;
    }
    if (whole > load<u64>(tables + (<usize>places << 3), LIMITS)) return 0;
    whole = whole * load<u64>(tables + (<usize>places << 3), WHOLE_POWERS) + fraction;
    next = <u32>load<u8>(at);
  }
  let power = -places;
  if ((next | CASE) === LOWER_E) {
    next = <u32>load<u8>(++at);
    const down = next === MINUS;
    if (down || next === PLUS) next = <u32>load<u8>(++at);
    let exponent = next - ZERO;
    if (exponent > 9) return 0;
    for (;;) {
      digit = <u32>load<u8>(++at) - ZERO;
      if (digit > 9) break;
      exponent = exponent * 10 + digit;
      if (exponent > 1000) return 0;
    }
    power += down ? -exponent : exponent;
    if (power < -LARGEST_POWER || power > LARGEST_POWER) return 0;
  }
  const high = <f64>(<i64>whole);
  let value: f64;
  if (places < LONG && <i64>whole <= LARGEST_WHOLE) {
    // Both are exact, and one division or product rounds once.
    value = power <= 0 ? high / load<f64>(tables + (<usize>-power << 3), POWERS) : high * load<f64>(tables + (<usize>power << 3), POWERS);
  } else {
    // high + low is the whole number; what a division or product leaves over is added, unless its own error could decide.
    const low = <f64>(<i64>whole - <i64>high);
    let rest: f64;
    if (power <= 0) {
      const divisor = load<f64>(tables + (<usize>-power << 3), POWERS);
      value = high / divisor;
      const back = value * divisor;
      rest = (high - back - productError(value, divisor, back) + low) * load<f64>(tables + (<usize>-power << 3), INVERSES);
    } else {
      const factor = load<f64>(tables + (<usize>power << 3), POWERS);
      value = high * factor;
      rest = productError(high, factor, value) + low * factor;
    }
    const doubt = Math.abs(rest) * DOUBT;
    const least = value + (rest - doubt);
    if (least !== value + (rest + doubt)) return 0;
    value = least;
  }
  store<u64>(into, reinterpret<u64>(value) | (negative << 63));
  return at;
}

/** a b - fl(a b), exactly, without fused operations.  [Dekker 1971] */
// @ts-ignore: decorator
@inline
function productError(a: f64, b: f64, product: f64): f64 {
  const aUp = SPLITTER * a;
  const aHigh = aUp - (aUp - a);
  const aLow = a - aHigh;
  const bUp = SPLITTER * b;
  const bHigh = bUp - (bUp - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
