import { invalid } from "../../errors.ts";
import { exp, expm1, log, log1p } from "../../numerics/elementary.ts";

/** What one per-token accuracy p looks like in other metrics, when tokens are independent. */
export interface TokenMetrics {
  /** Probability that all `length` tokens are right: p^L. */
  readonly exact: number;
  /** Expected number of wrong tokens, an edit distance without insertions and deletions: L (1 - p). */
  readonly tokenErrors: number;
  /** -ln p, in nats. */
  readonly nllToken: number;
  /** -L ln p, in nats. */
  readonly nllSeq: number;
  /** (1 - p)^2 of a two-way answer. */
  readonly brier: number;
}

/** p^L, also where it is next to nothing. */
export const exactMatch = (p: number, length: number): number => (p > 0 ? exp(length * log(p)) : 0);

/** The same targets of `length` tokens in several metrics; 0 <= p <= 1.  [arXiv 2304.15004, section 2] */
export const tokenMetrics = (p: number, length: number): TokenMetrics => {
  if (!(p >= 0 && p <= 1)) throw invalid("p", p, "a probability");
  if (!(length > 0)) throw invalid("length", length, "a positive number of tokens");
  const nllToken = -log(p);
  return {
    exact: exactMatch(p, length),
    tokenErrors: length * (1 - p),
    nllToken,
    nllSeq: length * nllToken,
    brier: (1 - p) * (1 - p),
  };
};

/** Shape of exact match over ln N when the loss per token is (N/c)^-a: a Gumbel curve. */
export interface CompoundingShape {
  readonly lnN50: number;
  readonly lnN10: number;
  readonly lnN90: number;
  /** From 10 to 90 %, in ln N: the same for every length. */
  readonly width1090: number;
  /** dA / d ln N where A is one half. */
  readonly slopeAtHalf: number;
  readonly maxSlope: number;
  /** Exact match where the slope is largest: 1/e. */
  readonly qAtMaxSlope: number;
}

export interface PowerLaw {
  /** Exponent of the loss per token, positive. */
  readonly a: number;
  /** Scale at which the loss per token is 1 nat. */
  readonly c: number;
}

/** ln N at which exp(-L (N/c)^-a) = q: ln c + (ln L - ln(-ln q)) / a. */
export const onset = ({ a, c }: PowerLaw, length: number, q: number): number =>
  log(c) + (log(length) - log(-log(q))) / a;

/** Longer targets move the onset by (ln L)/a and make it no steeper. */
export const compoundingShape = (law: PowerLaw, length: number): CompoundingShape => {
  for (const [name, value] of Object.entries({ ...law, length }))
    if (!(value > 0 && value < Infinity)) throw invalid(name, value, "a positive number");
  const [lnN10, lnN50, lnN90] = [0.1, 0.5, 0.9].map(q => onset(law, length, q));
  return {
    lnN50,
    lnN10,
    lnN90,
    width1090: (log(-log(0.1)) - log(-log(0.9))) / law.a,
    slopeAtHalf: (law.a * Math.LN2) / 2,
    maxSlope: law.a / Math.E,
    qAtMaxSlope: 1 / Math.E,
  };
};

/** Per-token accuracy of a model of scale N: exp(-(N/c)^-a). */
export const accuracyAt = ({ a, c }: PowerLaw, N: number): number => exp(-exp(-a * log(N / c)));

/** ln(1 - p^L) from ln p, with the digits of both ends. */
export const logFailure = (length: number, lnP: number): number => {
  const x = length * lnP;
  return x > -Math.LN2 ? log(-expm1(x)) : log1p(-exp(x));
};

/** Fewest test items with which an accuracy shows at least one success with probability `power`: ln(1 - power) / ln(1 - accuracy), rounded up. */
export const detectableTestSize = (accuracy: number, power = 0.95): number => {
  if (!(accuracy > 0 && accuracy <= 1)) throw invalid("accuracy", accuracy, "a number above 0 and at most 1");
  if (!(power > 0 && power < 1)) throw invalid("power", power, "a probability between 0 and 1, ends excluded");
  const exact = log1p(-power) / log1p(-accuracy);
  // Where the quotient is whole, rounding must not add an item.
  const whole = Math.round(exact);
  return Math.max(1, Math.abs(exact - whole) < 1e-12 * whole ? whole : Math.ceil(exact));
};
