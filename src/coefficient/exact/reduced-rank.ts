import { type Fraction, fraction, plus } from "../../numerics/fraction.ts";
import { checkCount } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

/** y = B A x + noise: A is H x M, B is N x H, the true product has rank r. */
export interface ReducedRank {
  /** M. */
  readonly inputs: number;
  /** H. */
  readonly hidden: number;
  /** N. */
  readonly outputs: number;
  /** r <= min(M, H, N). */
  readonly rank: number;
}

export type ReducedRankCase = "1-even" | "1-odd" | 2 | 3 | 4;

export interface ReducedRankCoefficient extends ExactCoefficient {
  /** Which of the cases of the source applies. */
  readonly case: ReducedRankCase;
}

/**
 * Reduced rank regression, K = ||B A - T||_F^2 (a positive definite input covariance changes nothing), over the whole set
 * of minima:
 *
 *     2       M + H < N + r    (HM - Hr + Nr) / 2                                  m = 1
 *     3       N + H < M + r    (HN - Hr + Mr) / 2                                  m = 1
 *     4       M + N < H + r    MN / 2                                              m = 1
 *     1-even  otherwise        [2(H + r)(M + N) - (H + r)^2 - (M - N)^2] / 8       m = 1
 *     1-odd   M+H+N+r odd      the same with + 1 in the bracket                    m = 2
 *
 * [Aoyagi and Watanabe 2005, Neural Networks 18, main theorem]
 */
export const reducedRank = (model: ReducedRank): ReducedRankCoefficient => {
  checkReducedRank(model);
  return { ...fourCases(model), scope: "global" };
};

export interface ReducedRankPoint extends ReducedRank {
  /** a: rank A = r + a at the point. */
  readonly excessRankFirstLayer: number;
  /** b: rank B = r + b at the point; a + b <= H - r. */
  readonly excessRankSecondLayer: number;
}

/**
 * The same model at a point of its set of minima with rank A = r + a and rank B = r + b:
 *
 *     lambda = r(M + N - r)/2 + a(N - r)/2 + b(M - r - a)/2 + lambda(M - r - a, H - r - a - b, N - r - b; rank 0),
 *
 * m that of the last term, where a width of zero gives 0 and m = 1. Schur complements around A and B split off the regular
 * directions. The deepest point, a = b = 0, has the global value.
 */
export const reducedRankLocal = (point: ReducedRankPoint): ExactCoefficient => {
  checkReducedRank(point);
  const { inputs, hidden, outputs, rank: r, excessRankFirstLayer: a, excessRankSecondLayer: b } = point;
  checkCount("excessRankFirstLayer", a, 0, Math.min(inputs, hidden) - r);
  checkCount("excessRankSecondLayer", b, 0, Math.min(outputs - r, hidden - r - a));
  const regular = fraction(r * (inputs + outputs - r) + a * (outputs - r) + b * (inputs - r - a), 2);
  const rest = { inputs: inputs - r - a, hidden: hidden - r - a - b, outputs: outputs - r - b, rank: 0 };
  const { lambda, multiplicity } = fourCases(rest);
  return { lambda: plus(regular, lambda), multiplicity, scope: "local" };
};

/** Widths of zero are allowed here: they leave nothing to learn. */
const fourCases = ({ inputs: M, hidden: H, outputs: N, rank: r }: ReducedRank) => {
  const found = (which: ReducedRankCase, lambda: Fraction, multiplicity = 1) => ({
    case: which,
    lambda,
    multiplicity,
  });
  if (M + H < N + r) return found(2, fraction(H * M - H * r + N * r, 2));
  if (N + H < M + r) return found(3, fraction(H * N - H * r + M * r, 2));
  if (M + N < H + r) return found(4, fraction(M * N, 2));
  const bracket = 2 * (H + r) * (M + N) - (H + r) * (H + r) - (M - N) * (M - N);
  return (M + H + N + r) % 2 === 0
    ? found("1-even", fraction(bracket, 8))
    : found("1-odd", fraction(bracket + 1, 8), 2);
};

const checkReducedRank = ({ inputs, hidden, outputs, rank }: ReducedRank): void => {
  for (const [name, width] of Object.entries({ inputs, hidden, outputs })) checkCount(name, width, 1);
  checkCount("rank", rank, 0, Math.min(inputs, hidden, outputs));
};
