/**
 * Reads `-12.5e-3` from ASCII bytes into `into[at]`, correctly rounded as `Number` does, and returns the index of the first byte after it; -1 where no number
 * begins, or only slower means can read it exactly. A significand below 2^53 and powers of ten up to 22 are one exact division or product [Clinger 1990];
 * longer ones, up to 21 digits, are held in two float64 numbers, and where their sum lies so near the middle of two float64 numbers that its own error could
 * decide, the number is left to the caller, as are larger powers.
 * @param view Of the same bytes
 */
export const scanDecimal = (
  bytes: Uint8Array,
  view: DataView,
  from: number,
  to: number,
  into: Float64Array,
  at: number,
): number => {
  let end = from;
  const negative = end < to && bytes[end] === MINUS;
  if (negative || (end < to && bytes[end] === PLUS)) end++;
  const begin = end;
  while (end < to && bytes[end] === ZERO) end++;
  // The first significant digits, a whole number below 10^15, and up to six more.
  let head = 0;
  let digits = 0;
  let tail = 0;
  let more = 0;
  for (; end < to; end++) {
    const digit = bytes[end] - ZERO;
    if (digit >>> 0 > 9) break;
    if (digits < HEAD) {
      head = head * 10 + digit;
      digits++;
    } else if (more < TAIL) {
      tail = tail * 10 + digit;
      more++;
    } else return -1;
  }
  let power = 0;
  const hasPoint = end < to && bytes[end] === POINT;
  if (hasPoint) {
    const after = ++end;
    if (digits === 0) while (end < to && bytes[end] === ZERO) end++;
    for (; digits <= HEAD - 4 && end + 4 <= to; end += 4, digits += 4) {
      const four = fourDigits(view.getInt32(end, true));
      if (four < 0) break;
      head = head * 10_000 + four;
    }
    for (; end < to; end++) {
      const digit = bytes[end] - ZERO;
      if (digit >>> 0 > 9) break;
      if (digits < HEAD) {
        head = head * 10 + digit;
        digits++;
      } else if (more < TAIL) {
        tail = tail * 10 + digit;
        more++;
      } else return -1;
    }
    power = after - end;
  }
  if (end - begin === (hasPoint ? 1 : 0)) return -1;
  if (end < to && (bytes[end] === LOWER_E || bytes[end] === UPPER_E)) {
    end++;
    const down = end < to && bytes[end] === MINUS;
    if (down || (end < to && bytes[end] === PLUS)) end++;
    let exponent = 0;
    const first = end;
    for (; end < to; end++) {
      const digit = bytes[end] - ZERO;
      if (digit >>> 0 > 9) break;
      exponent = Math.min(9999, exponent * 10 + digit);
    }
    if (end === first) return -1;
    power += down ? -exponent : exponent;
  }
  let value = 0;
  if (digits > 0) {
    if (power < -22 || power > 22) return -1;
    const whole = more > 0 ? head * POWERS[more] + tail : head;
    if (whole > LARGEST_WHOLE) value = longDecimal(head, tail, more, power);
    else value = power < 0 ? whole / POWERS[-power] : whole * POWERS[power];
    if (Number.isNaN(value)) return -1;
  }
  into[at] = negative ? -value : value;
  return end;
};

/** The number of four digits in ASCII, the first in the lowest byte; -1 for other bytes. */
const fourDigits = (word: number): number => {
  const digits = (word - 0x30303030) | 0;
  if (((digits | (digits + 0x76767676)) & 0x80808080) !== 0) return -1;
  // Two numbers of two digits, in bytes 0 and 2.
  const pairs = Math.imul(digits, 10) + (digits >>> 8);
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
};

/** (head 10^count + tail) 10^power correctly rounded, or NaN where double-double arithmetic cannot decide. */
const longDecimal = (head: number, tail: number, count: number, power: number): number => {
  // high + low is the whole number, exactly.
  const scale = POWERS[count];
  const product = head * scale;
  const high = product + tail;
  const low = productError(head, scale, product) + (tail - (high - product));
  let first: number;
  let rest: number;
  if (power < 0) {
    const divisor = POWERS[-power];
    first = high / divisor;
    const back = first * divisor;
    rest = (high - back - productError(first, divisor, back) + low) / divisor;
  } else {
    const factor = POWERS[power];
    first = high * factor;
    rest = productError(high, factor, first) + low * factor;
  }
  const doubt = Math.abs(rest) * DOUBT;
  const value = first + (rest - doubt);
  return value === first + (rest + doubt) ? value : Number.NaN;
};

/** a b - fl(a b), exactly, without fused operations.  [Dekker 1971] */
const productError = (a: number, b: number, product: number): number => {
  const aUp = SPLITTER * a;
  const aHigh = aUp - (aUp - a);
  const aLow = a - aHigh;
  const bUp = SPLITTER * b;
  const bHigh = bUp - (bUp - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
};

/** 2^27 + 1. */
const SPLITTER = 134217729;
/** 2^-40, far above the relative error of what is left over, about 2^-50. */
const DOUBT = 9.094947017729282e-13;
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
/** Largest numbers of digits of the two parts of a significand. */
const HEAD = 15;
const TAIL = 6;
/** 2^53 - 1. */
const LARGEST_WHOLE = Number.MAX_SAFE_INTEGER;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const UPPER_E = 0x45;
