import { invalid } from "../errors.ts";

/** An exact rational number in lowest terms; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** numerator / denominator, reduced. Whole numbers only; numbers must be safe integers. Throws on a zero denominator. */
export const fraction = (numerator: number | bigint, denominator: number | bigint = 1): Fraction => {
  const top = whole("numerator", numerator);
  const bottom = whole("denominator", denominator);
  if (bottom === 0n) throw invalid("denominator", denominator, "a whole number other than 0");
  const divisor = greatestCommonDivisor(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { numerator: top / divisor, denominator: bottom / divisor };
};

export const zero: Fraction = { numerator: 0n, denominator: 1n };
export const one: Fraction = { numerator: 1n, denominator: 1n };

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

export const minus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);

export const times = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.numerator, a.denominator * b.denominator);

/** a / b. Throws when b is 0. */
export const over = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator, a.denominator * b.numerator);

export const sumOf = (terms: readonly Fraction[]): Fraction => terms.reduce(plus, zero);

/** -1, 0 or 1 as a < b, a = b or a > b. */
export const compareFractions = (a: Fraction, b: Fraction): -1 | 0 | 1 => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** -1, 0 or 1: the sign. */
export const signOf = ({ numerator }: Fraction): -1 | 0 | 1 => (numerator < 0n ? -1 : numerator > 0n ? 1 : 0);

export const smallest = (values: readonly Fraction[]): Fraction =>
  values.reduce((least, value) => (compareFractions(value, least) < 0 ? value : least));

/** The nearest float64, but for two roundings. */
export const toNumber = ({ numerator, denominator }: Fraction): number => Number(numerator) / Number(denominator);

/** "13/2", or "6" for a whole number. */
export const fractionText = ({ numerator, denominator }: Fraction): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;
const RATIO = /^([+-]?\d+)\s*\/\s*(\d+)$/;
/** Longest text that is read: a bound on the work, far beyond any honest number. */
const MAX_LENGTH = 200;

/**
 * The fraction that is written as "a/b", as a decimal ("0.25", "1e-3"), or as a number, which stands for its shortest
 * decimal: 0.1 is one tenth. Throws a LandauError that calls it `name`.
 */
export const parseFraction = (name: string, value: unknown): Fraction => {
  const text = typeof value === "number" ? String(value) : value;
  const refused = invalid(name, value, 'a finite number or a fraction such as "1/4"');
  if (typeof text !== "string" || text.length > MAX_LENGTH) throw refused;
  const [, top, bottom] = RATIO.exec(text.trim()) ?? [];
  if (top !== undefined && !/^0+$/.test(bottom)) return fraction(BigInt(top), BigInt(bottom));
  const [, sign, before, after = "", exponent = "0"] = DECIMAL.exec(text.trim()) ?? [];
  if (before === undefined) throw refused;
  const shift = Number(exponent) - after.length;
  const digits = BigInt(`${sign}${before}${after}`.replace(/^\+/, ""));
  const power = BigInt(`1${"0".repeat(Math.abs(shift))}`);
  return shift < 0 ? fraction(digits, power) : fraction(digits * power);
};

const whole = (name: string, value: number | bigint): bigint => {
  if (typeof value === "bigint") return value;
  if (!Number.isSafeInteger(value)) throw invalid(name, value, "a whole number below 2^53");
  return BigInt(value);
};

/** Positive, also where one of the two is 0; not both. */
const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};
