import { invalid } from "../../../errors.ts";
import { incompleteBeta } from "../../../numerics/incomplete-beta.ts";

/**
 * Probability that a hyperplane through the origin of R^N separates P points in general position with random labels: 2^(1-P) sum_{i<N} C(P-1, i), the
 * probability that at most N - 1 of P - 1 coins show heads.  [Cover 1965]
 */
export const coverProbability = (P: number, N: number): number => {
  for (const [name, value] of Object.entries({ P, N }))
    if (!(Number.isSafeInteger(value) && value >= 1)) throw invalid(name, value, "a whole number from 1 on");
  return P <= N ? 1 : incompleteBeta(0.5, P - N, N);
};

/** Loads alpha = P/N at which the probability is 90, 50 and 10 %, linear between whole P, and their distance. */
export interface CoverWidth {
  readonly alpha90: number;
  readonly alpha50: number;
  readonly alpha10: number;
  readonly width: number;
}

export const coverWidth = (N: number): CoverWidth => {
  const [alpha90, alpha50, alpha10] = [0.9, 0.5, 0.1].map(q => loadAt(N, q));
  return { alpha90, alpha50, alpha10, width: alpha10 - alpha90 };
};

const loadAt = (N: number, q: number): number => {
  // The last P with at least that probability, between N, where it is 1, and many more.
  let [low, high] = [N, 2 * N + 2];
  while (coverProbability(high, N) >= q) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (coverProbability(middle, N) >= q) low = middle;
    else high = middle;
  }
  const [above, below] = [coverProbability(low, N), coverProbability(high, N)];
  return (low + (above - q) / (above - below)) / N;
};
