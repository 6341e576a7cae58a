import { invalid, LandauError } from "../errors.ts";
import { type Fraction, fraction, minus, one, plus, signOf, times, zero } from "./fraction.ts";

/** coefficient x^p y^q. */
export interface Term {
  readonly p: number;
  readonly q: number;
  readonly coefficient: Fraction;
}

/** A polynomial in x and y with exact coefficients: its terms that are not zero, each pair of exponents once. */
export type PlanePolynomial = readonly Term[];

/** Bounds on the work that a string can ask for. */
const MAX_DEGREE = 100;
const MAX_TEXT = 500;
const LARGEST_COEFFICIENT = 1n << 4096n;

export const constant = (value: Fraction): PlanePolynomial => collect([{ p: 0, q: 0, coefficient: value }]);
const X: PlanePolynomial = [{ p: 1, q: 0, coefficient: one }];
const Y: PlanePolynomial = [{ p: 0, q: 1, coefficient: one }];

export const addPolynomials = (a: PlanePolynomial, b: PlanePolynomial): PlanePolynomial => collect([...a, ...b]);

/** Throws when the degree of the product is above 100. */
export const multiplyPolynomials = (a: PlanePolynomial, b: PlanePolynomial): PlanePolynomial => {
  const degree = degreeOf(a) + degreeOf(b);
  if (degree > MAX_DEGREE) throw invalid("the degree of the polynomial", degree, `at most ${MAX_DEGREE}`);
  return collect(
    a.flatMap(one =>
      b.map(other => ({
        p: one.p + other.p,
        q: one.q + other.q,
        coefficient: times(one.coefficient, other.coefficient),
      })),
    ),
  );
};

export const powerOfPolynomial = (base: PlanePolynomial, exponent: number): PlanePolynomial => {
  if (!(Number.isInteger(exponent) && exponent >= 0 && exponent <= MAX_DEGREE))
    throw invalid("an exponent", exponent, `an integer from 0 to ${MAX_DEGREE}`);
  let power = constant(one);
  for (let i = 0; i < exponent; i++) power = multiplyPolynomials(power, base);
  return power;
};

/** f(x, y + c x^n), or with `variable` "x" f(x + c y^n, y). */
export const shiftPolynomial = (f: PlanePolynomial, variable: "x" | "y", c: Fraction, n: number): PlanePolynomial => {
  const [moved, other] = variable === "y" ? [Y, X] : [X, Y];
  const shifted = addPolynomials(moved, multiplyPolynomials(constant(c), powerOfPolynomial(other, n)));
  const highest = f.reduce((most, { p, q }) => Math.max(most, variable === "y" ? q : p), 0);
  const powers = [constant(one)];
  for (let i = 1; i <= highest; i++) powers.push(multiplyPolynomials(powers[i - 1], shifted));
  return collect(
    f.flatMap(({ p, q, coefficient }) => {
      const [own, rest] = variable === "y" ? [q, powerOfPolynomial(X, p)] : [p, powerOfPolynomial(Y, q)];
      return multiplyPolynomials(multiplyPolynomials(constant(coefficient), rest), powers[own]);
    }),
  );
};

/**
 * The polynomial written as, say, "((y - x^2)(y + x^2))^2": sums, differences, products with or without *, whole powers,
 * decimal coefficients and fractions such as 1/2. Throws a LandauError that calls the string `name`.
 */
export const parsePolynomial = (name: string, text: string): PlanePolynomial => {
  const refused = (at: number, needs: string) =>
    new LandauError("input", `${name} is ${JSON.stringify(text.slice(0, 80))}: at character ${at + 1}, needs ${needs}`);
  if (text.length > MAX_TEXT) throw refused(MAX_TEXT, `at most ${MAX_TEXT} characters`);
  let at = 0;
  const peek = (): string => {
    while (text[at] === " ") at++;
    return text[at] ?? "";
  };
  const take = (pattern: RegExp): string | undefined => {
    peek();
    const found = pattern.exec(text.slice(at))?.[0];
    at += found?.length ?? 0;
    return found;
  };

  const sum = (): PlanePolynomial => {
    let total = term();
    for (let sign = take(/^[+-]/); sign !== undefined; sign = take(/^[+-]/)) {
      const next = term();
      total = addPolynomials(total, sign === "+" ? next : negative(next));
    }
    return total;
  };
  const term = (): PlanePolynomial => {
    if (take(/^-/) !== undefined) return negative(term());
    let product = power();
    while (/[*(xy\d]/.test(peek())) {
      take(/^\*/);
      product = multiplyPolynomials(product, power());
    }
    return product;
  };
  const power = (): PlanePolynomial => {
    const base = atom();
    if (take(/^\^/) === undefined) return base;
    const exponent = take(/^\d{1,3}/);
    if (exponent === undefined) throw refused(at, "a whole power");
    return powerOfPolynomial(base, Number(exponent));
  };
  const atom = (): PlanePolynomial => {
    const number = take(/^\d+(\.\d+|\/0*[1-9]\d*)?/);
    if (number !== undefined) return constant(numberIn(number));
    if (take(/^x/) !== undefined) return X;
    if (take(/^y/) !== undefined) return Y;
    if (take(/^\(/) === undefined) throw refused(at, "x, y, a number or an opening bracket");
    const inner = sum();
    if (take(/^\)/) === undefined) throw refused(at, "a closing bracket");
    return inner;
  };

  const polynomial = sum();
  if (peek() !== "") throw refused(at, "the end, an operator or a factor");
  return polynomial;
};

const numberIn = (text: string): Fraction => {
  const [top, bottom] = text.split("/");
  if (bottom !== undefined) return fraction(BigInt(top), BigInt(bottom));
  const [before, after = ""] = text.split(".");
  return fraction(BigInt(before + after), BigInt(`1${"0".repeat(after.length)}`));
};

const negative = (f: PlanePolynomial): PlanePolynomial =>
  f.map(term => ({ ...term, coefficient: minus(zero, term.coefficient) }));

const degreeOf = (f: PlanePolynomial): number => f.reduce((most, { p, q }) => Math.max(most, p + q), 0);

const collect = (terms: readonly Term[]): PlanePolynomial => {
  const byExponents = new Map<number, Term>();
  for (const { p, q, coefficient } of terms) {
    const key = p * 1000 + q;
    const before = byExponents.get(key);
    byExponents.set(key, { p, q, coefficient: before ? plus(before.coefficient, coefficient) : coefficient });
  }
  const kept = [...byExponents.values()].filter(({ coefficient }) => signOf(coefficient) !== 0);
  for (const {
    coefficient: { numerator, denominator },
  } of kept)
    if (numerator > LARGEST_COEFFICIENT || numerator < -LARGEST_COEFFICIENT || denominator > LARGEST_COEFFICIENT)
      throw new LandauError("input", "a coefficient of the polynomial is beyond 2^4096: needs smaller numbers");
  return kept;
};
