import { type Fraction, fraction, minus, over, signOf, times, zero } from "./fraction.ts";

/** A polynomial in one variable with exact coefficients, lowest power first; the last one is not zero. */
export type Polynomial = readonly Fraction[];

export interface RootGroup {
  /** Square-free; its roots are those roots of the polynomial that have this multiplicity. */
  readonly factor: Polynomial;
  readonly multiplicity: number;
  /** How many different real roots the factor has. */
  readonly realRoots: number;
}

/** The roots of a polynomial grouped by multiplicity (Yun 1976), the real ones counted (Sturm 1829), all exact. */
export const rootGroups = (polynomial: Polynomial): RootGroup[] => {
  const groups: RootGroup[] = [];
  const slope = derivative(polynomial);
  const common = greatestCommonDivisor(polynomial, slope);
  let rest = divide(polynomial, common).quotient;
  let c = divide(slope, common).quotient;
  for (let multiplicity = 1; rest.length > 1; multiplicity++) {
    const d = subtract(c, derivative(rest));
    const factor = d.length === 0 ? rest : greatestCommonDivisor(rest, d);
    if (factor.length > 1) groups.push({ factor, multiplicity, realRoots: countRealRoots(factor) });
    rest = divide(rest, factor).quotient;
    c = divide(d, factor).quotient;
  }
  return groups;
};

/** Sign changes of the Sturm sequence at minus infinity less those at plus infinity. */
const countRealRoots = (squareFree: Polynomial): number => {
  const sequence = [squareFree, derivative(squareFree)];
  for (;;) {
    const remainder = divide(sequence[sequence.length - 2], sequence[sequence.length - 1]).remainder;
    if (remainder.length === 0) break;
    sequence.push(remainder.map(negative));
  }
  const atPlus = sequence.map(f => signOf(f[f.length - 1]));
  const atMinus = sequence.map((f, i) => (f.length % 2 === 1 ? atPlus[i] : -atPlus[i]));
  return changes(atMinus) - changes(atPlus);
};

const changes = (signs: readonly number[]): number => signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length;

const negative = (value: Fraction): Fraction => minus(zero, value);

const derivative = (f: Polynomial): Polynomial => f.slice(1).map((value, i) => times(value, fraction(i + 1)));

const subtract = (a: Polynomial, b: Polynomial): Polynomial =>
  trim(Array.from({ length: Math.max(a.length, b.length) }, (_, i) => minus(a[i] ?? zero, b[i] ?? zero)));

const trim = (f: readonly Fraction[]): Polynomial => {
  let length = f.length;
  while (length > 0 && signOf(f[length - 1]) === 0) length--;
  return f.slice(0, length);
};

/** Euclid's division; the divisor is not zero. */
const divide = (f: Polynomial, by: Polynomial): { readonly quotient: Polynomial; readonly remainder: Polynomial } => {
  const rest = [...f];
  const quotient: Fraction[] = [];
  for (let shift = f.length - by.length; shift >= 0; shift--) {
    const factor = over(rest[shift + by.length - 1], by[by.length - 1]);
    quotient[shift] = factor;
    by.forEach((value, i) => {
      rest[shift + i] = minus(rest[shift + i], times(factor, value));
    });
  }
  return { quotient: trim(quotient), remainder: trim(rest) };
};

/** With 1 as its leading coefficient. */
const greatestCommonDivisor = (a: Polynomial, b: Polynomial): Polynomial => {
  let [x, y] = [a, b];
  while (y.length > 0) [x, y] = [y, divide(x, y).remainder];
  return x.map(value => over(value, x[x.length - 1]));
};
