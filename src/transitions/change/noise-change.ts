import { log } from "../../numerics/elementary.ts";

/** Values on each side of a change of the noise at least. */
export const LEAST_NOISE = 20;

/** A change of the noise: first index after it, and -2 ln likelihood that it saves. */
export interface NoiseChange {
  readonly at: number;
  readonly gain: number;
  /** Gains at each index. */
  readonly gains: Float64Array;
  /** Standard deviations, or AR(1) coefficients. */
  readonly before: number;
  readonly after: number;
  /** Standard error of the logarithm of their ratio, or of their difference. */
  readonly error: number;
}

const bestOf = (gains: Float64Array): number => gains.reduce((best, gain, i) => (gain > gains[best] ? i : best), 0);

/**
 * The best place for a change of the standard deviation of innovations e_i, i = 1, ..., n - 1, by -2 ln likelihood of normal values over what heavier
 * tails add to the spread of a variance: half the kurtosis less 1. [Inclan and Tiao 1994; Sanso, Arago and Carrion 2004]
 */
export const varianceChange = (innovations: Float64Array): NoiseChange => {
  const n = innovations.length + 1;
  const squares = new Float64Array(n);
  for (let i = 1; i < n; i++) squares[i] = squares[i - 1] + innovations[i - 1] * innovations[i - 1];
  const whole = squares[n - 1];
  const gains = new Float64Array(n);
  const spread = (sum: number, count: number): number => count * log(sum / count);
  for (let at = LEAST_NOISE; at <= n - LEAST_NOISE; at++) {
    const before = squares[at - 1];
    if (before > 0 && whole > before)
      gains[at] = spread(whole, n - 1) - spread(before, at - 1) - spread(whole - before, n - at);
  }
  const at = bestOf(gains);
  const [before, after] = [squares[at - 1] / (at - 1), (whole - squares[at - 1]) / (n - at)];
  let fourth = 0;
  for (let i = 1; i < n; i++) {
    const square = (innovations[i - 1] * innovations[i - 1]) / (i < at ? before : after);
    fourth += square * square;
  }
  const tails = Math.max(1, (fourth / (n - 1) - 1) / 2);
  return {
    at,
    gain: gains[at] / tails,
    gains: gains.map(gain => gain / tails),
    before: Math.sqrt(before),
    after: Math.sqrt(after),
    error: Math.sqrt((tails / 2) * (1 / (at - 1) + 1 / (n - at))),
  };
};

/**
 * The best place for a change of the AR(1) coefficient: innovations e_i of noise v with coefficient phi are regressed on v_(i-1), before and after it.
 */
export const dependenceChange = (innovations: Float64Array, noise: Float64Array, phi: number): NoiseChange => {
  const n = innovations.length + 1;
  const products = new Float64Array(n);
  const squares = new Float64Array(n);
  let sum = 0;
  for (let i = 1; i < n; i++) {
    products[i] = products[i - 1] + innovations[i - 1] * noise[i - 1];
    squares[i] = squares[i - 1] + noise[i - 1] * noise[i - 1];
    sum += innovations[i - 1] * innovations[i - 1];
  }
  const [product, square] = [products[n - 1], squares[n - 1]];
  const saved = (product: number, square: number): number => (square > 0 ? (product * product) / square : 0);
  const gains = new Float64Array(n);
  const whole = sum - saved(product, square);
  for (let at = LEAST_NOISE; at <= n - LEAST_NOISE; at++) {
    const cut =
      sum - saved(products[at - 1], squares[at - 1]) - saved(product - products[at - 1], square - squares[at - 1]);
    if (cut > 0 && whole > cut) gains[at] = (n - 1) * log(whole / cut);
  }
  const at = bestOf(gains);
  return {
    at,
    gain: gains[at],
    gains,
    before: phi + products[at - 1] / squares[at - 1],
    after: phi + (product - products[at - 1]) / (square - squares[at - 1]),
    error: Math.sqrt((sum / (n - 1)) * (1 / squares[at - 1] + 1 / (square - squares[at - 1]))),
  };
};
