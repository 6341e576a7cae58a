import { log } from "../../numerics/elementary.ts";
import { type Curve, fitLaw, type LawFit, residualsOf, tangentColumns } from "./law-fit.ts";
import { type Law, laws } from "./laws.ts";
import { type MeanChange, meanChanges } from "./mean-change.ts";
import { type NoiseChange, varianceChange } from "./noise-change.ts";
import { smoothDeviations } from "./noise-law.ts";
import { penalties } from "./penalties.ts";
import { bestPhi, PHIS } from "./phi-profile.ts";
import { scan } from "./scan.ts";

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

/** Share of the sum of squares of a whole curve below which nothing is noise. */
const ROUNDING = 1e-13;
/** Coefficients of the noise with which shapes are looked for. */
const STARTS = [0, 0.9] as const;

/** Of all laws, and of even noise, noise that grows or falls smoothly, and noise that jumps: the best fit with changes of the mean at known places. */
export const fitCurve = (curve: Curve, changes: readonly MeanChange[]): BestFit => {
  const n = curve.values.length;
  const even = bestLaw(curve, changes, new Float64Array(n).fill(1), "even", 0);
  if (even.squares <= floorOf(curve.values)) return even;
  const { residuals } = residualsOf(curve.values, tangentColumns(curve, even, changes), even.noise);
  const deviations = smoothDeviations(residuals);
  const smooth = deviations && bestOfLaw(curve, even.law, changes, deviations, "smooth");
  const best =
    smooth && smooth.criterion + 2 * log(n) < even.criterion
      ? bestLaw(curve, changes, deviations, "smooth", 2 * log(n))
      : even;
  const step = steppedFit(curve, even, residuals);
  if (!step || !(step.criterion < best.criterion)) return best;
  if (best === even) return step;
  // Noise that only grows or falls is no transition: a jump must be there beside it too.
  const left = residualsOf(curve.values, tangentColumns(curve, best, changes), best.noise).residuals;
  return varianceChange(left).gain > priceOfChange(n, 1) ? step : best;
};

const bestLaw = (
  curve: Curve,
  changes: readonly MeanChange[],
  deviations: Float64Array,
  spread: Spread,
  price: number,
): BestFit => {
  const all = laws.map(law => bestOfLaw(curve, law, changes, deviations, spread));
  const best = all.reduce((low, each) => (each.criterion < low.criterion ? each : low));
  return { ...best, criterion: best.criterion + price, all, jump: null };
};

/** A law at the better of the shapes that are best for white and for dependent noise. */
const bestOfLaw = (
  curve: Curve,
  law: Law,
  changes: readonly MeanChange[],
  deviations: Float64Array,
  spread: Spread,
): CurveFit => {
  const starts = law.terms.some(({ shaped }) => shaped) ? STARTS : STARTS.slice(0, 1);
  return starts
    .map(start => {
      const fit = fitLaw(curve, law, changes, { phi: start, deviations });
      return { ...fit, ...withNoise(curve, fit, changes, deviations), changes, spread };
    })
    .reduce((best, each) => (each.criterion < best.criterion ? each : best));
};

/** The coefficient of the noise, or a random walk, whichever is better, for shapes and deviations that are known. */
const withNoise = (
  curve: Curve,
  fit: LawFit,
  changes: readonly MeanChange[],
  deviations: Float64Array,
): Pick<CurveFit, "noise" | "squares" | "criterion"> => {
  const scaled = (column: Float64Array): Float64Array => column.map((value, i) => value / deviations[i]);
  const profile = bestPhi(scaled(curve.values), tangentColumns(curve, fit, changes).map(scaled));
  const { law } = fit;
  const of = (phi: number, squares: number) => ({
    noise: { phi, deviations },
    squares,
    criterion: criterionOf(curve, { law, changes, squares, deviations, phi }),
  });
  const [free, walk] = [of(profile.phi, profile.squares), of(1, profile.walk)];
  return walk.criterion < free.criterion ? walk : free;
};

/** A fit with other changes, its law, shapes and deviations kept. */
export const withChanges = (curve: Curve, fit: BestFit, changes: readonly MeanChange[]): BestFit => ({
  ...fit,
  ...withNoise(curve, fit, changes, fit.noise.deviations),
  changes,
});

/** The even fit with noise that jumps where its innovations say so. Gains are those for tails as heavy as they are. */
const steppedFit = (curve: Curve, even: CurveFit, innovations: Float64Array): BestFit | null => {
  const n = curve.values.length;
  const found = varianceChange(innovations);
  if (!(found.gain > priceOfChange(n, 1))) return null;
  const middle = Math.sqrt(found.before * found.after);
  const deviations = Float64Array.from({ length: n }, (_, i) => (i < found.at ? found.before : found.after) / middle);
  const stepped = bestLaw(curve, even.changes, deviations, "step", 0);
  return { ...stepped, criterion: even.criterion - found.gain + priceOfChange(n, 1), jump: found };
};

/**
 * -2 ln likelihood over the variance of the innovations, up to a constant, and ln n for each parameter; for changes the modified criterion. A random walk
 * has two parameters less than other noise: its coefficient is not estimated, and no constant is seen in it.
 */
const criterionOf = (
  { values }: Curve,
  {
    law,
    changes,
    squares,
    deviations,
    phi,
  }: Pick<CurveFit, "law" | "changes" | "squares"> & { deviations: Float64Array; phi: number },
): number => {
  const rows = values.length - 1;
  let scale = 0;
  for (let t = 1; t <= rows; t++) scale += 2 * log(deviations[t]);
  const parameters = (phi === 1 ? 0 : 2) + law.terms.reduce((sum, { shaped }) => sum + (shaped ? 2 : 1), 0);
  const price = changes.reduce((sum, { kind }) => sum + priceOfKind(values.length, kind), 0);
  return rows * log(Math.max(squares, floorOf(values)) / rows) + scale + parameters * log(values.length) + price;
};

export const floorOf = (values: Float64Array): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return ROUNDING * values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
};

export const priceOfChange = penalties.mbic;
const priceOfKind = (n: number, kind: MeanChange["kind"]): number =>
  priceOfChange(n, kind === "level and slope" || kind === "ramp" ? 2 : 1);

/**
 * The best change more, over all laws, coefficients, kinds and places, with the law's shapes moving along their tangents; null where that is no better
 * than none.
 */
export const nextChange = (curve: Curve, { all, changes, noise: { deviations } }: BestFit): MeanChange | null => {
  const n = curve.values.length;
  let best: MeanChange | null = null;
  let least = all.reduce((low, { criterion }) => Math.min(low, criterion), Infinity);
  for (const start of all) {
    const columns = tangentColumns(curve, start, changes);
    for (const phi of PHIS) {
      const noise = { phi, deviations };
      const { residuals, basis } = residualsOf(curve.values, columns, noise);
      const whole = residuals.reduce((sum, value) => sum + value * value, 0);
      const gains = scan(residuals, basis, noise, changes);
      for (const kind of meanChanges) {
        let at = 0;
        for (let i = 1; i < n; i++) if (gains[kind][i] > gains[kind][at]) at = i;
        if (!(gains[kind][at] > 0)) continue;
        const squares = whole - gains[kind][at];
        const change = { at, kind, width: kind === "ramp" ? gains.widths[at] : 1 };
        const more = [...changes, change];
        const criterion = criterionOf(curve, { law: start.law, changes: more, squares, deviations, phi });
        if (criterion < least) [best, least] = [change, criterion];
      }
    }
  }
  return best;
};
