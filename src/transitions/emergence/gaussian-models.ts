import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { leastSquares } from "../../numerics/least-squares.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";
import { checkSegments } from "./counts.ts";
import { type Criteria, criteria } from "./information-criteria.ts";

export interface GaussianFit extends Criteria {
  /** Sum of squared residuals. */
  readonly rss: number;
}

/** Models of a continuous metric y over x; k counts the variance and the place of a break. */
export interface GaussianModels {
  readonly constant: GaussianFit;
  readonly linear: GaussianFit;
  readonly quadratic: GaussianFit;
  readonly cubic: GaussianFit;
  /** Two levels; `breakIndex` is the first point after the break. */
  readonly step: GaussianFit & { readonly breakIndex: number };
  /** A broken power law when y is the logarithm of a loss: continuous, with a kink at an interior point. */
  readonly hinge: GaussianFit & { readonly knotIndex: number };
  /** A line on each side, of three points or more. */
  readonly twoLines: GaussianFit & { readonly breakIndex: number };
  /** Smallest BIC of the smooth models less that of the hinge. */
  readonly deltaKink: number;
  /** Smallest BIC of all continuous models less that of the better of step and twoLines. */
  readonly deltaJump: number;
  /** F of two levels against one, largest over the break. */
  readonly supF: number;
  readonly jumpModel: "step" | "twoLines";
  /** Right less left at the break, beyond the trend. */
  readonly jumpSize: number;
  /** Half-way between the points on both sides of it. */
  readonly jumpAt: number;
}

/** Points that a line on one side of a break needs. */
const LINE = 3;
/** As a share of the number of points. */
const LEAST_RSS = 1e-18;

/** Models of y over ascending x by least squares, at least 6 points. */
export const gaussianModels = (
  x: readonly number[],
  y: readonly number[],
  { minSegment = 2 }: { readonly minSegment?: number } = {},
): GaussianModels => {
  checkValues("x", x, 2 * LINE);
  checkValues("y", y, 2 * LINE);
  const T = x.length;
  if (y.length !== T) throw invalid("the length of y", y.length, `${T}, as x has`);
  x.forEach((value, i) => {
    if (i > 0 && !(value > x[i - 1])) throw invalid(`x[${i}]`, value, `a number above x[${i - 1}], ${x[i - 1]}`);
  });
  checkSegments(minSegment, T);
  // Centred and scaled, so that powers of x tell themselves apart.
  const centre = (x[0] + x[T - 1]) / 2;
  const half = (x[T - 1] - x[0]) / 2;
  const u = x.map(value => (value - centre) / half);
  const polynomial = (degree: number, from = 0, to = T) =>
    fitted(
      u.slice(from, to).map(value => powers(value, degree)),
      y.slice(from, to),
    );
  const asFit = (rss: number, k: number): GaussianFit => {
    const squares = Math.max(rss, LEAST_RSS * T);
    return { rss: squares, ...criteria((-T / 2) * (log((TWO_PI * squares) / T) + 1), k, T) };
  };
  const split = (degree: number, t: number): number => polynomial(degree, 0, t).rss + polynomial(degree, t).rss;
  const smooth = [0, 1, 2, 3].map(degree => asFit(polynomial(degree).rss, degree + 2));
  const [constant, linear, quadratic, cubic] = smooth;
  const stepAt = least(minSegment, T - minSegment, t => split(0, t));
  const linesAt = least(LINE, T - LINE, t => split(1, t));
  const kinkAt = least(
    1,
    T - 2,
    i =>
      fitted(
        u.map(value => [1, value, Math.max(0, value - u[i])]),
        y,
      ).rss,
  );
  const step = { ...asFit(stepAt.value, 4), breakIndex: stepAt.at };
  const hinge = { ...asFit(kinkAt.value, 5), knotIndex: kinkAt.at };
  const twoLines = { ...asFit(linesAt.value, 6), breakIndex: linesAt.at };
  const bestSmooth = Math.min(...smooth.map(({ bic }) => bic));
  const jumpModel = step.bic <= twoLines.bic ? "step" : "twoLines";
  const t = (jumpModel === "step" ? step : twoLines).breakIndex;
  const degree = jumpModel === "step" ? 0 : 1;
  const middle = (u[t - 1] + u[t]) / 2;
  const atBreak = ({ solution }: ReturnType<typeof fitted>): number =>
    solution.reduce((sum, coefficient, i) => sum + coefficient * powers(middle, degree)[i], 0);
  return {
    constant,
    linear,
    quadratic,
    cubic,
    step,
    hinge,
    twoLines,
    deltaKink: bestSmooth - hinge.bic,
    deltaJump: Math.min(bestSmooth, hinge.bic) - Math.min(step.bic, twoLines.bic),
    supF: (constant.rss - step.rss) / (step.rss / (T - 2)),
    jumpModel,
    jumpSize: atBreak(polynomial(degree, t)) - atBreak(polynomial(degree, 0, t)),
    jumpAt: (x[t - 1] + x[t]) / 2,
  };
};

const TWO_PI = 6.283185307179586;

const powers = (value: number, degree: number): readonly number[] => {
  const out = [1];
  for (let d = 1; d <= degree; d++) out.push(out[d - 1] * value);
  return out;
};

const fitted = (rows: readonly (readonly number[])[], y: readonly number[]) => {
  const k = rows[0].length;
  const found = leastSquares(Float64Array.from(rows.flat()), Float64Array.from(y), rows.length, k)!;
  return { rss: found.squares, solution: Array.from(found.solution) };
};

/** The first whole number of a range, ends included, at which a function is smallest. */
const least = (
  from: number,
  to: number,
  of: (at: number) => number,
): { readonly at: number; readonly value: number } => {
  let best = { at: from, value: of(from) };
  for (let at = from + 1; at <= to; at++) {
    const value = of(at);
    if (value < best.value) best = { at, value };
  }
  return best;
};
