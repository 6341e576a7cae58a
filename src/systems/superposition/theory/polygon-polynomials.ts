import { invalid } from "../../../errors.ts";
import { cos } from "../../../numerics/elementary.ts";
import { realRootsOf } from "../../../numerics/polynomial-roots.ts";

const TWO_PI = 6.283185307179586;

/** A root of the polynomial system: X is the length of the columns and Y their bias. */
export interface PolynomialRoot {
  readonly l: number;
  readonly bias: number;
  /**
   * -X^2 cos(s alpha) < Y < 0: all neighbours at less than a right angle are active, as the system supposes. A root
   * without it is not a critical point of the loss.
   */
  readonly admissible: boolean;
}

/**
 * The source's own conditions for a critical regular k-gon with negative bias (arXiv 2310.06301, Appendix E.1). With
 * alpha = 2 pi / k, the s = ceil(k/4) - 1 neighbours on each side at less than a right angle active, and sums over
 * j = 1..s: F = 1 + 2 sum cos^2(j alpha), G = 1 + 2 sum cos(j alpha), H = 1 + 2 sum 1/cos(j alpha), M = 1 + 2s,
 *
 *     X^6 G + X^2 Y^2 H + 2 X^4 Y M + Y^2 - X^4 = 0
 *     2 X^8 F + 3 X^6 Y G - X^2 Y^3 H - 2 X^6 - 2 Y^3 = 0
 *
 * Written down apart from the pieces of the loss, so that it can check them.
 */
const coefficients = (k: number) => {
  const s = activeSide(k);
  let [F, G, H] = [1, 1, 1];
  for (let j = 1; j <= s; j++) {
    const cosine = cos((TWO_PI * j) / k);
    F += 2 * cosine * cosine;
    G += 2 * cosine;
    H += 2 / cosine;
  }
  return { F, G, H, M: 1 + 2 * s };
};

/** Neighbours on one side at less than a right angle. */
const activeSide = (k: number): number => Math.ceil(k / 4) - 1;

/** Both values of the system at (l, bias); zero at its roots. */
export const polynomialResiduals = (k: number, l: number, bias: number): readonly [number, number] => {
  const { F, G, H, M } = coefficients(k);
  const X2 = l * l;
  const X4 = X2 * X2;
  const X6 = X4 * X2;
  const Y2 = bias * bias;
  return [
    X6 * G + X2 * Y2 * H + 2 * X4 * bias * M + Y2 - X4,
    2 * X4 * X4 * F + 3 * X6 * bias * G - X2 * Y2 * bias * H - 2 * X6 - 2 * Y2 * bias,
  ];
};

/**
 * All roots with X > 0 and Y < 0, by rising X. With q = Y / X^2 the two equations are
 *
 *     X^2 (G + 2 M q + H q^2) = 1 - q^2,   X^2 (2 F + 3 G q - H q^3) = 2 (1 + q^3):
 *
 * X^2 eliminated and 1 + q divided out, which belongs to X = 0, q is a root of a polynomial of degree 4,
 *
 *     (1 - q) (2 F + 3 G q - H q^3) - 2 (1 - q + q^2) (G + 2 M q + H q^2).
 */
export const polynomialRoots = (k: number): readonly PolynomialRoot[] => {
  if (!Number.isInteger(k) || k < 5) throw invalid("k", k, "an integer >= 5, the number of vertices");
  const { F, G, H, M } = coefficients(k);
  const outermost = cos((TWO_PI * activeSide(k)) / k);
  const quartic = [
    2 * F - 2 * G,
    3 * G - 2 * F - 4 * M + 2 * G,
    -3 * G - 2 * H + 4 * M - 2 * G,
    -H + 2 * H - 4 * M,
    H - 2 * H,
  ];
  return realRootsOf(quartic)
    .filter(q => q < 0)
    .map(q => ({ q, squared: (1 - q * q) / (G + 2 * M * q + H * q * q) }))
    .filter(({ squared }) => squared > 0)
    .map(({ q, squared }) => ({ l: Math.sqrt(squared), bias: q * squared, admissible: q > -outermost }))
    .sort((a, b) => a.l - b.l);
};
