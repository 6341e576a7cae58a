/** What a decimal number in ASCII is read into: its value and where it ends. One object is used again and again, as a reader of tables calls this for each cell. */
export interface DecimalScan {
  value: number;
  /** Index of the first byte after the number; -1 where none begins, or only slower means can read it exactly. */
  end: number;
}

/**
 * Reads `-12.5e-3` from ASCII bytes, correctly rounded as `Number` does. Up to 15 digits and powers of ten up to 22 are one exact division or
 * product [Clinger 1990]; up to 18 digits are held in two float64 numbers, and where their sum lies so near the middle of two float64 numbers that its own error
 * could decide, the number is left to the caller (`end` is -1), as are larger powers.
 */
export const scanDecimal = (bytes: Uint8Array, from: number, to: number, scan: DecimalScan): void => {
  scan.end = -1;
  let at = from;
  const negative = at < to && bytes[at] === MINUS;
  if (negative || (at < to && bytes[at] === PLUS)) at++;
  // The first nine significant digits and the next nine, as integers of 32 bits.
  let head = 0;
  let tail = 0;
  let digits = 0;
  const begin = at;
  let point = -1;
  for (; at < to; at++) {
    const digit = (bytes[at] - ZERO) >>> 0;
    if (digit > 9) {
      if (bytes[at] !== POINT || point >= 0) break;
      point = at;
    } else if (digits < 9) {
      head = (head * 10 + digit) | 0;
      if (head !== 0) digits++;
    } else if (digits < 18) {
      tail = (tail * 10 + digit) | 0;
      digits++;
    } else return;
  }
  const hasPoint = point >= 0;
  if (at - begin === (hasPoint ? 1 : 0)) return;
  let power = hasPoint ? point + 1 - at : 0;
  if (at < to && (bytes[at] === LOWER_E || bytes[at] === UPPER_E)) {
    at++;
    const down = at < to && bytes[at] === MINUS;
    if (down || (at < to && bytes[at] === PLUS)) at++;
    let exponent = 0;
    const first = at;
    for (; at < to; at++) {
      const digit = (bytes[at] - ZERO) >>> 0;
      if (digit > 9) break;
      exponent = Math.min(9999, exponent * 10 + digit);
    }
    if (at === first) return;
    power += down ? -exponent : exponent;
  }
  const value = decimalOf(head, tail, digits, power);
  if (Number.isNaN(value)) return;
  scan.value = negative ? -value : value;
  scan.end = at;
};

/** The number of `digits` significant digits, up to nine of them in `head` and the rest in `tail`, times 10^power; NaN where only slower means can round it. */
export const decimalOf = (head: number, tail: number, digits: number, power: number): number => {
  if (head === 0) return 0;
  if (power < -22 || power > 22) return Number.NaN;
  if (digits > 15) return longDecimal(head, tail, digits - 9, power);
  const whole = digits > 9 ? head * POWERS[digits - 9] + tail : head;
  return power < 0 ? whole / POWERS[-power] : whole * POWERS[power];
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
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const UPPER_E = 0x45;
