/** What a decimal number in ASCII is read into: its value and where it ends. One object is used again and again, as a reader of tables calls this for each cell. */
export interface DecimalScan {
  value: number;
  /** Index of the first byte after the number; -1 where none begins, or only slower means can read it exactly. */
  end: number;
}

/**
 * Reads `-12.5e-3` from ASCII bytes, correctly rounded as `Number` does. Up to 15 digits and powers of ten up to 22 are one exact division or
 * product [Clinger 1990]; up to 22 digits are held in two float64 numbers, and where their sum lies so near the middle of two float64 numbers that its own error
 * could decide, the number is left to the caller (`end` is -1), as are larger powers.
 */
export const scanDecimal = (bytes: Uint8Array, from: number, to: number, scan: DecimalScan): void => {
  let at = from;
  let byte = at < to ? bytes[at] : 0;
  const negative = byte === MINUS;
  if (negative || byte === PLUS) byte = ++at < to ? bytes[at] : 0;
  // The first 15 significant digits, the next 7, and the power of ten of the last one.
  let head = 0;
  let tail = 0;
  let digits = 0;
  let power = 0;
  let any = false;
  let point = false;
  for (;;) {
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      any = true;
      if (digits < 15) {
        head = head * 10 + digit;
        if (head !== 0) digits++;
      } else if (digits < 22) {
        tail = tail * 10 + digit;
        digits++;
      } else {
        scan.end = -1;
        return;
      }
      if (point) power--;
    } else if (byte === POINT && !point) point = true;
    else break;
    byte = ++at < to ? bytes[at] : 0;
  }
  scan.end = -1;
  if (!any) return;
  if (byte === LOWER_E || byte === UPPER_E) {
    byte = ++at < to ? bytes[at] : 0;
    const down = byte === MINUS;
    if (down || byte === PLUS) byte = ++at < to ? bytes[at] : 0;
    let exponent = 0;
    const begin = at;
    while (byte >= ZERO && byte <= NINE) {
      exponent = Math.min(9999, exponent * 10 + byte - ZERO);
      byte = ++at < to ? bytes[at] : 0;
    }
    if (at === begin) return;
    power += down ? -exponent : exponent;
  }
  let value: number;
  if (head === 0) value = 0;
  else if (power < -22 || power > 22) return;
  else if (digits <= 15) value = power < 0 ? head / POWERS[-power] : head * POWERS[power];
  else {
    value = longDecimal(head, tail, digits - 15, power);
    if (Number.isNaN(value)) return;
  }
  scan.value = negative ? -value : value;
  scan.end = at;
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
/** Far above the relative error of what is left over, about 2^-50. */
const DOUBT = 2 ** -40;
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const [MINUS, PLUS, POINT, ZERO, NINE, LOWER_E, UPPER_E] = [0x2d, 0x2b, 0x2e, 0x30, 0x39, 0x65, 0x45];
