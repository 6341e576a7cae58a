import { once } from "./once.ts";

/** Of fewer different values nothing says in what they are counted or written. */
const LEAST_VALUES = 10;
/** Digits beyond which numbers were not written short: products of rounded ones differ from them in later digits. */
const MOST_DIGITS = 9;
/** Share of a number that its last digit is, if it has 24 binary ones. */
const SINGLE = 1.1920928955078125e-7;

/** The unit in which values are counted or written: the least difference of two of them, where any are equal; else 0, as none is seen. */
export const unitOf = (values: Float64Array): number => {
  const sorted = values.toSorted();
  let [unit, isTied] = [Infinity, false];
  for (let i = 1; i < sorted.length; i++) {
    const apart = sorted[i] - sorted[i - 1];
    if (apart === 0) isTied = true;
    else if (apart < unit) unit = apart;
  }
  return isTied && unit < Infinity ? unit : 0;
};

/** How finely each value is written: in a unit or a last decimal place that all share, in as many digits as the longest, or as a float of 32 bits; 0 where nothing of that is seen. */
const finenessOf = once((values: Float64Array): Float64Array => {
  if (new Set(values).size < LEAST_VALUES) return new Float64Array(values.length);
  const written = Array.from(values, value => {
    const [digits, exponent] = Math.abs(value)
      .toExponential(MOST_DIGITS + 2)
      .split("e");
    return { count: digits.replace(".", "").replace(/0+$/, "").length, exponent: Number(exponent) };
  });
  const count = Math.max(...written.map(each => each.count));
  const isShort = count <= MOST_DIGITS;
  const isSingle = values.every(value => Math.fround(value) === value);
  const last = Math.min(...written.map(each => (each.count > 0 ? each.exponent - each.count + 1 : Infinity)));
  const shared = Math.max(unitOf(values), isShort ? Number(`1e${last}`) : 0);
  return values.map((value, i) =>
    Math.max(
      shared,
      isShort && value !== 0 ? Number(`1e${written[i].exponent - count + 1}`) : 0,
      isSingle ? SINGLE * Math.abs(value) : 0,
    ),
  );
});

/**
 * What rounding adds at least to the sum of squares of independent innovations: a twelfth of the square of how finely each value is written, times what a small change of it counts
 * on the scale that is looked at.
 */
export const roundingOf = (values: Float64Array, weight: (value: number) => number = () => 1): number => {
  const fineness = finenessOf(values);
  let sum = 0;
  for (let i = 1; i < values.length; i++) {
    const each = fineness[i] * weight(values[i]);
    sum += (each * each) / 12;
  }
  return sum;
};
