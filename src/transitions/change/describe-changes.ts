import { exp, log } from "../../numerics/elementary.ts";
import { leastSquares } from "../../numerics/least-squares.ts";
import type { Interval } from "../order/index.ts";
import { type BestFit, type CurveFit, fitCurve, floorOf, priceOfChange } from "./curve-fit.ts";
import { type Curve, type Rest, residualsOf, tangentColumns } from "./law-fit.ts";
import { columnsOf, type MeanChange } from "./mean-change.ts";
import { dependenceChange, type NoiseChange } from "./noise-change.ts";
import { project } from "./orthonormal.ts";
import { type Place, placeOf } from "./place.ts";
import { scan } from "./scan.ts";
import { whitened } from "./whitened.ts";

export interface Change {
  /** First index after it, and its 95 % interval, whole indices. */
  readonly at: Place;
  /** Values over which the level goes from what it was to what it will be, beginning with `at`: 1 of all that is sudden. */
  readonly width: number;
  /** Step at that index. */
  readonly step: number;
  readonly type: Exclude<MeanChange["kind"], "ramp"> | "variance" | "dependence";
  /** What it adds to the level, in units of the curve; null where the type has no such part, as below. */
  readonly level: Interval | null;
  /** What it adds to the slope, in units of the curve a value. */
  readonly slope: Interval | null;
  /** The noise's standard deviation after it over that before. */
  readonly ratio: Interval | null;
  /** The noise's AR(1) coefficient after it less that before. */
  readonly difference: Interval | null;
  /** By how much the criterion is worse without it. */
  readonly evidence: number;
}

/** All changes of a fit, of the mean and of the noise, by their places; `innovations` are those of the fit. */
export const describeChanges = (curve: Curve, fit: BestFit, innovations: Float64Array): Change[] =>
  [...meanChangesOf(curve, fit), ...noiseChangesOf(curve, fit, innovations)].sort(
    (a, b) => a.at.estimate - b.at.estimate,
  );

const NORMAL_95 = 1.959963984540054;

export const intervalOf = (estimate: number, error: number): Interval => ({
  estimate,
  low: estimate - NORMAL_95 * error,
  high: estimate + NORMAL_95 * error,
});

const meanChangesOf = (curve: Curve, fit: CurveFit): Change[] => {
  const n = curve.values.length;
  const rows = n - 1;
  return fit.changes.map(change => {
    const others = fit.changes.filter(other => other !== change);
    // What is known of a change is known beside shapes that are not.
    const smooth = tangentColumns(curve, fit, others, true);
    const rest = residualsOf(curve.values, smooth, fit.noise);
    const { residuals, basis } = rest;
    const whole = residuals.reduce((sum, value) => sum + value * value, 0);
    const gains = scan(residuals, basis, fit.noise, others, change.kind === "ramp" ? change.width : undefined)[
      change.kind
    ];
    const free = rows - basis.length - (change.kind === "level and slope" ? 2 : 1);
    const scores = gains.map(gain => (gain > 0 ? (-free / 2) * log((whole - gain) / whole) : -Infinity));
    const sizes = sizesOf(fit, change, rest);
    return {
      at: placeOf(scores, change.at),
      width: change.width,
      step: curve.steps[change.at],
      type: change.kind === "ramp" ? "level" : change.kind,
      level: change.kind === "slope" ? null : sizes[0],
      slope: change.kind === "level" || change.kind === "ramp" ? null : scaledBy(sizes[sizes.length - 1], 1 / n),
      ratio: null,
      difference: null,
      evidence: fitCurve(curve, others).criterion - fit.criterion,
    };
  });
};

const scaledBy = ({ estimate, low, high }: Interval, factor: number): Interval => ({
  estimate: factor * estimate,
  low: factor * low,
  high: factor * high,
});

/** Coefficients of a change's columns at its place, beside what is left of a fit without it. */
export const sizesOf = ({ noise }: CurveFit, change: MeanChange, { residuals, basis }: Rest): Interval[] => {
  const own = columnsOf(change, residuals.length + 1).map(column => whitened(column, noise));
  for (const column of own) project(column, basis);
  const [rows, count] = [residuals.length, own.length];
  const solved = leastSquares(rowMajor(own), residuals.slice(), rows, count);
  if (!solved) return own.map(() => ({ estimate: 0, low: -Infinity, high: Infinity }));
  const variance = solved.squares / Math.max(1, rows - basis.length - count);
  const covariance = solved.covariance();
  return own.map((_, c) => intervalOf(solved.solution[c], Math.sqrt(variance * covariance[c * count + c])));
};

const rowMajor = (columns: readonly Float64Array[]): Float64Array => {
  const count = columns.length;
  const rows = new Float64Array(count * columns[0].length);
  for (let i = 0; i < rows.length; i++) rows[i] = columns[i % count][Math.floor(i / count)];
  return rows;
};

const noiseChangesOf = (curve: Curve, fit: BestFit, innovations: Float64Array): Change[] => {
  const n = curve.values.length;
  const price = priceOfChange(n, 1);
  const changeOf = (found: NoiseChange, type: "variance" | "dependence"): Change => ({
    at: placeOf(
      found.gains.map(gain => (gain > 0 ? gain / 2 : -Infinity)),
      found.at,
    ),
    width: 1,
    step: curve.steps[found.at],
    type,
    level: null,
    slope: null,
    ratio: type === "variance" ? ratioOf(found) : null,
    difference: type === "dependence" ? intervalOf(found.after - found.before, found.error) : null,
    evidence: found.gain - price,
  });
  const found: Change[] = [];
  if (fit.jump) found.push(changeOf(fit.jump, "variance"));
  const mean = fit.squares > floorOf(curve) ? meanResiduals(curve, fit) : null;
  const dependence = mean && dependenceChange(innovations, mean, fit.noise.phi);
  if (dependence && dependence.gain > price) found.push(changeOf(dependence, "dependence"));
  return found;
};

const ratioOf = ({ before, after, error }: NoiseChange): Interval => {
  const { estimate, low, high } = intervalOf(log(after / before), error);
  return { estimate: exp(estimate), low: exp(low), high: exp(high) };
};

/** Distances of the values from the fitted mean in units of the deviations; null where the mean is not known, as of a random walk. */
const meanResiduals = (curve: Curve, fit: CurveFit): Float64Array | null => {
  const columns = tangentColumns(curve, fit, fit.changes);
  const rows = curve.values.length - 1;
  const white = columns.map(column => whitened(column, fit.noise));
  const values = whitened(curve.values, fit.noise);
  const solution = leastSquares(rowMajor(white), values, rows, columns.length)?.solution;
  if (!solution) return null;
  return curve.values.map((value, t) => {
    const mean = columns.reduce((sum, column, c) => sum + solution[c] * column[t], 0);
    return (value - mean) / fit.noise.deviations[t];
  });
};
