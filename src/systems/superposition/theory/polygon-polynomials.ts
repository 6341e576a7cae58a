import { invalid } from "../../../errors.ts";
import { cos } from "../../../numerics/elementary.ts";
import { type PlanarEquations, planarNewton } from "../../../numerics/planar-newton.ts";

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
const system = (k: number): PlanarEquations => {
  const s = activeSide(k);
  let [F, G, H] = [1, 1, 1];
  for (let j = 1; j <= s; j++) {
    const cosine = cos((TWO_PI * j) / k);
    F += 2 * cosine * cosine;
    G += 2 * cosine;
    H += 2 / cosine;
  }
  const M = 1 + 2 * s;
  return (X, Y, out) => {
    const X2 = X * X;
    const X4 = X2 * X2;
    const X6 = X4 * X2;
    const Y2 = Y * Y;
    out[0] = X6 * G + X2 * Y2 * H + 2 * X4 * Y * M + Y2 - X4;
    out[1] = 2 * X4 * X4 * F + 3 * X6 * Y * G - X2 * Y2 * Y * H - 2 * X6 - 2 * Y2 * Y;
    out[2] = 6 * X4 * X * G + 2 * X * Y2 * H + 8 * X2 * X * Y * M - 4 * X2 * X;
    out[3] = 2 * X2 * Y * H + 2 * X4 * M + 2 * Y;
    out[4] = 16 * X6 * X * F + 18 * X4 * X * Y * G - 2 * X * Y2 * Y * H - 12 * X4 * X;
    out[5] = 3 * X6 * G - 3 * X2 * Y2 * H - 6 * Y2;
  };
};

/** Neighbours on one side at less than a right angle. */
const activeSide = (k: number): number => Math.ceil(k / 4) - 1;

/** Both values of the system at (l, bias); zero at its roots. */
export const polynomialResiduals = (k: number, l: number, bias: number): readonly [number, number] => {
  const out = new Float64Array(6);
  system(k)(l, bias, out);
  return [out[0], out[1]];
};

/** All roots with 0.1 < X < 3 and -3 < Y < 0 that Newton's method finds from a grid of starts, by rising X. */
export const polynomialRoots = (k: number): readonly PolynomialRoot[] => {
  if (!Number.isInteger(k) || k < 5) throw invalid("k", k, "an integer >= 5, the number of vertices");
  const equations = system(k);
  const outermost = cos((TWO_PI * activeSide(k)) / k);
  const roots: PolynomialRoot[] = [];
  for (let X = 0.3; X < 2.5; X += 0.1)
    for (let ratio = 0.05; ratio < 1; ratio += 0.1) {
      const root = planarNewton(equations, [X, -ratio * X * X]);
      if (!root) continue;
      const [l, bias] = root;
      const fresh = roots.every(other => Math.abs(other.l - l) + Math.abs(other.bias - bias) > 1e-9);
      if (fresh && l > 0.1 && l < 3 && bias > -3 && bias < 0)
        roots.push({ l, bias, admissible: bias > -l * l * outermost });
    }
  return roots.sort((a, b) => a.l - b.l);
};
