import { log } from "../../numerics/elementary.ts";
import {
  type Curve,
  fitLaw,
  type Ground,
  groundColumns,
  groundOf,
  type LawFit,
  residualsOf,
  tangentColumns,
  termColumns,
} from "./law-fit.ts";
import { type Law, laws } from "./laws.ts";
import { columnsOf, type MeanChange } from "./mean-change.ts";
import { type NoiseChange, varianceChange } from "./noise-change.ts";
import { smoothDeviations } from "./noise-law.ts";
import { once } from "./once.ts";
import { penalties } from "./penalties.ts";
import { type Lags, lagsOf, profileOf } from "./phi-profile.ts";

/** How the size of the noise goes with the index. */
export type Spread = "even" | "smooth" | "step";

/** A law with changes and noise, fitted to a curve. */
export interface CurveFit extends LawFit {
  readonly changes: readonly MeanChange[];
  readonly spread: Spread;
  /** -2 ln likelihood and what all parameters and places cost. */
  readonly criterion: number;
}

/** The best fit, with those of all laws for the same deviations, whose own price is left out of their criteria. */
export interface BestFit extends CurveFit {
  readonly all: readonly CurveFit[];
  /** The change of the noise, where its spread is a step. */
  readonly jump: NoiseChange | null;
}

/** Share of the sum of squares of a whole curve below which nothing is noise, and of that of its distances from 0, as sums of such values are rounded. */
const ROUNDING = 1e-13;
const ROUNDED = 1e-28;
/** Coefficients of the noise with which shapes are looked for. */
const STARTS = [0, 0.9] as const;

/** Of all laws, and of even noise, noise that grows or falls smoothly, and noise that jumps: the best fit with changes of the mean at known places. */
export const fitCurve = (curve: Curve, changes: readonly MeanChange[]): BestFit =>
  dearer(curve, fitted(curve, changes));

/**
 * Where innovations still depend on each other the noise is no AR(1), and neighbours say less than they seem to: changes then cost as many times more as the variance
 * of a mean of such innovations exceeds that of independent ones.
 */
const dearer = (curve: Curve, fit: BestFit): BestFit => {
  if (fit.changes.length === 0 || fit.squares <= floorOf(curve)) return fit;
  const { residuals } = residualsOf(curve.values, tangentColumns(curve, fit, fit.changes), fit.noise);
  const excess = excessOf(residuals);
  if (excess === 0) return fit;
  const price = fit.changes.reduce((sum, { kind }) => sum + priceOfKind(curve.values.length, kind), 0);
  return { ...fit, criterion: fit.criterion + price * excess };
};

/** Standard errors from which on dependence is none by chance. */
const SURE = 3;

/**
 * By which share the variance of a mean of innovations is larger than that of independent ones, from the correlations of up to sqrt(n) neighbours with weights that
 * fall on a line [Newey and West 1987]; 0 where that may be chance.
 */
const excessOf = (innovations: Float64Array): number => {
  const n = innovations.length;
  const reach = Math.floor(Math.sqrt(n));
  const whole = innovations.reduce((sum, value) => sum + value * value, 0);
  let excess = 0;
  for (let lag = 1; lag <= reach; lag++) {
    let lagged = 0;
    for (let i = lag; i < n; i++) lagged += innovations[i] * innovations[i - lag];
    excess += (2 * (1 - lag / (reach + 1)) * lagged) / whole;
  }
  return excess > SURE * Math.sqrt((4 * reach) / (3 * n)) ? excess : 0;
};

const fitted = (curve: Curve, changes: readonly MeanChange[]): BestFit => {
  const n = curve.values.length;
  const even = bestLaw(curve, shared(curve, changes, new Float64Array(n).fill(1), "even"), 0);
  if (even.squares <= floorOf(curve)) return even;
  const { residuals } = residualsOf(curve.values, tangentColumns(curve, even, changes), even.noise);
  const deviations = smoothDeviations(residuals);
  const parts = deviations && shared(curve, changes, deviations, "smooth");
  const best =
    parts && bestOfLaw(curve, even.law, parts).criterion + 2 * log(n) < even.criterion
      ? bestLaw(curve, parts, 2 * log(n))
      : even;
  const step = steppedFit(curve, even, residuals);
  if (!step || !(step.criterion < best.criterion)) return best;
  if (best === even) return step;
  // Noise that only grows or falls is no transition: a jump must be there beside it too.
  const left = residualsOf(curve.values, tangentColumns(curve, best, changes), best.noise).residuals;
  return varianceChange(left).gain > priceOfChange(n, 1) ? step : best;
};

/** What all laws share for the same changes and deviations. */
interface Shared {
  readonly changes: readonly MeanChange[];
  readonly deviations: Float64Array;
  readonly spread: Spread;
  /** For white and for dependent noise. */
  readonly grounds: readonly Ground[];
  readonly lags: Lags;
}

const shared = (curve: Curve, changes: readonly MeanChange[], deviations: Float64Array, spread: Spread): Shared => ({
  changes,
  deviations,
  spread,
  grounds: STARTS.map(phi => groundOf(curve, changes, { phi, deviations })),
  lags: lagsOf(
    scaled(curve.values, deviations),
    groundColumns(curve, changes).map(column => scaled(column, deviations)),
  ),
});

const scaled = (column: Float64Array, deviations: Float64Array): Float64Array =>
  column.map((value, i) => value / deviations[i]);

const bestLaw = (curve: Curve, parts: Shared, price: number): BestFit => {
  const all = laws.map(law => bestOfLaw(curve, law, parts));
  const best = all.reduce((low, each) => (each.criterion < low.criterion ? each : low));
  return { ...best, criterion: best.criterion + price, all, jump: null };
};

/** A law at the better of the shapes that are best for white and for dependent noise. */
const bestOfLaw = (curve: Curve, law: Law, { changes, spread, grounds, lags }: Shared): CurveFit => {
  const starts = law.terms.some(({ shaped }) => shaped > 0) ? grounds : grounds.slice(0, 1);
  return starts
    .map(ground => {
      const fit = fitLaw(law, ground);
      const { deviations } = ground.noise;
      const columns = termColumns(curve, fit).map(column => scaled(column, deviations));
      const all = columns.length > 0 ? lagsOf(curve.values, columns, lags) : lags;
      return { ...fit, ...withNoise(curve, { law, changes, deviations }, all), changes, spread };
    })
    .reduce((best, each) => (each.criterion < best.criterion ? each : best));
};

/** The coefficient of the noise, or a random walk, whichever is better, for shapes and deviations that are known; `lags` are those of all columns. */
const withNoise = (
  curve: Curve,
  parts: Pick<CurveFit, "law" | "changes"> & { deviations: Float64Array },
  lags: Lags,
): Pick<CurveFit, "noise" | "squares" | "criterion"> => {
  const profile = profileOf(lags);
  const of = (phi: number, squares: number) => ({
    noise: { phi, deviations: parts.deviations },
    squares,
    criterion: criterionOf(curve, { ...parts, squares, phi }),
  });
  const [free, walk] = [of(profile.phi, profile.squares), of(1, profile.walk)];
  return walk.criterion < free.criterion ? walk : free;
};

/** Fits with some changes and, each time, other ones beside them; law, shapes and deviations are kept. */
export const fitsBeside = (curve: Curve, fit: BestFit, known: readonly MeanChange[]) => {
  const n = curve.values.length;
  const { law, noise } = fit;
  const { deviations } = noise;
  const lagsBeside = (columns: readonly Float64Array[], before?: Lags): Lags =>
    lagsOf(
      before ? curve.values : scaled(curve.values, deviations),
      columns.map(column => scaled(column, deviations)),
      before,
    );
  const lags = lagsBeside([...groundColumns(curve, known), ...termColumns(curve, fit)]);
  return (...more: readonly MeanChange[]): BestFit => {
    const columns = more.flatMap(change => columnsOf(change, n));
    const changes = [...known, ...more];
    const all = columns.length > 0 ? lagsBeside(columns, lags) : lags;
    return { ...fit, ...withNoise(curve, { law, changes, deviations }, all), changes };
  };
};

/** A fit with other changes, its law, shapes and deviations kept. */
export const withChanges = (curve: Curve, fit: BestFit, changes: readonly MeanChange[]): BestFit =>
  fitsBeside(curve, fit, changes)();

/** The even fit with noise that jumps where its innovations say so. Gains are those for tails as heavy as they are. */
const steppedFit = (curve: Curve, even: CurveFit, innovations: Float64Array): BestFit | null => {
  const n = curve.values.length;
  const found = varianceChange(innovations);
  if (!(found.gain > priceOfChange(n, 1))) return null;
  const middle = Math.sqrt(found.before * found.after);
  const deviations = Float64Array.from({ length: n }, (_, i) => (i < found.at ? found.before : found.after) / middle);
  const stepped = bestLaw(curve, shared(curve, even.changes, deviations, "step"), 0);
  return { ...stepped, criterion: even.criterion - found.gain + priceOfChange(n, 1), jump: found };
};

/** -2 ln likelihood over the variance of the innovations, up to a constant, and what the parameters cost. */
export const criterionOf = (
  curve: Curve,
  fit: Pick<CurveFit, "law" | "changes" | "squares"> & { deviations: Float64Array; phi: number },
): number => {
  const rows = curve.values.length - 1;
  const likelihood = rows * log(Math.max(fit.squares, floorOf(curve)) / rows) + scaleOf(fit.deviations);
  return likelihood + costOf(curve, fit);
};

/**
 * ln n for each parameter, and for changes the modified criterion; Infinity where hardly more values than parameters are there. A random walk has two parameters less than
 * other noise: its coefficient is not estimated, and no constant is seen in it. Where parameters are not few beside the values they cost more, as in the corrected AIC.
 * [Hurvich and Tsai 1989]
 */
export const costOf = (
  { values, season }: Curve,
  { law, changes, phi }: Pick<CurveFit, "law" | "changes"> & { phi: number },
): number => {
  const rows = values.length - 1;
  const parameters = (phi === 1 ? 0 : 2) + law.terms.reduce((sum, { shaped }) => sum + 1 + shaped, 0);
  const price = changes.reduce((sum, { kind }) => sum + priceOfKind(values.length, kind), 0);
  const cost = (season?.price ?? 0) + parameters * log(values.length) + price;
  const free = rows - cost / log(values.length) - 2;
  return free > 0 ? (cost * rows) / free : Infinity;
};

/** What the deviations add to -2 ln likelihood. */
const scaleOf = once((deviations: Float64Array): number => {
  let scale = 0;
  for (let t = 1; t < deviations.length; t++) scale += 2 * log(deviations[t]);
  return scale;
});

/** Sum of squares below which nothing is noise. */
export const floorOf = ({ values, rounding = 0 }: Curve): number => Math.max(arithmeticOf(values), rounding);

const arithmeticOf = once((values: Float64Array): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + ROUNDING * (value - mean) * (value - mean) + ROUNDED * value * value, 0);
});

export const priceOfChange = penalties.mbic;
export const priceOfKind = (n: number, kind: MeanChange["kind"]): number =>
  priceOfChange(n, kind === "level and slope" || kind === "ramp" ? 2 : 1);
