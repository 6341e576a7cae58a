import { autoregressiveMeanCost } from "./autoregressive-mean-cost.ts";
import { continuousLine } from "./continuous-line.ts";
import { type BestFit, priceOfChange, withChanges } from "./curve-fit.ts";
import { functionalMean } from "./functional-mean.ts";
import type { Curve } from "./law-fit.ts";
import { LEAST_SEGMENT, type MeanChange } from "./mean-change.ts";
import { pelt } from "./pelt.ts";

export const MOST_CHANGES = 30;

/** Coefficients of the noise at which partitions are looked for. */
const STARTS = [0, 0.3, 0.6, 0.85] as const;
const ROUNDS = 4;
/** A broken line is looked for in at most so many means of neighbours, as its search takes long and its bends are moved afterwards. */
const MOST_POINTS = 150;

/**
 * Finds the cheapest partition of a whole curve at the noise that a fit left, `squares`, and fits the law that suits it best beside it, its shape that of a fit without
 * changes; null where nothing changes.
 */
type FindPartition = (curve: Curve, none: BestFit, squares: number) => BestFit | null;

/**
 * The least of n ln(squares) and a price for each change is a least of squares and a penalty, which is the price times the variance: where one leads to
 * the other is found by going back and forth, from the variance of a fit that is to be improved.
 */
const settledAt = (
  curve: Curve,
  none: BestFit,
  start: number,
  find: (penalty: number) => MeanChange[],
): BestFit | null => {
  const n = curve.values.length;
  let best: BestFit | null = null;
  let squares = start;
  for (let round = 0; round < ROUNDS; round++) {
    const changes = find((priceOfChange(n, 1) * squares) / (n - 1));
    if (changes.length === 0 || changes.length > MOST_CHANGES) break;
    const fit = beside(curve, none, changes);
    if (best && !(fit.criterion < best.criterion)) break;
    [best, squares] = [fit, fit.squares];
  }
  return best;
};

const beside = (curve: Curve, none: BestFit, changes: readonly MeanChange[]): BestFit =>
  none.all
    .map(each => withChanges(curve, { ...none, ...each }, changes))
    .reduce((best, each) => (each.criterion < best.criterion ? each : best));

const leastOf = (fits: readonly (BestFit | null)[]): BestFit | null =>
  fits.reduce((best, fit) => (fit && !(best && best.criterion <= fit.criterion) ? fit : best), null);

const levels: FindPartition = (curve, none, squares) =>
  leastOf(
    STARTS.map(phi => {
      const cost = { ...autoregressiveMeanCost(curve.values, phi), least: LEAST_SEGMENT };
      return settledAt(curve, none, squares, penalty =>
        pelt(cost, penalty).map(at => ({ at, kind: "level", width: 1 })),
      );
    }),
  );

/**
 * Of y_t - phi y_(t-1), over 1 - phi, the mean is a broken line nearly where that of y is one. In a random walk it bends where the level of the
 * differences changes.
 */
const bends: FindPartition = (curve, none, squares) => {
  const { values } = curve;
  const n = values.length;
  const spaced = (places: readonly number[]): MeanChange[] => {
    const kept: number[] = [];
    for (const at of places) if (at - (kept.at(-1) ?? 0) >= LEAST_SEGMENT && at <= n - LEAST_SEGMENT) kept.push(at);
    return kept.map(at => ({ at, kind: "slope", width: 1 }));
  };
  const differences = Float64Array.from({ length: n - 1 }, (_, i) => values[i + 1] - values[i]);
  const stride = Math.ceil(differences.length / MOST_POINTS);
  return leastOf([
    ...STARTS.map(phi => {
      const line = meansOf(
        differences.map((step, i) => values[i] + step / (1 - phi)),
        stride,
      );
      const unit = stride * (1 - phi) * (1 - phi);
      return settledAt(curve, none, squares, penalty =>
        spaced(continuousLine(line, penalty / unit).map(at => Math.floor((at + 0.5) * stride + 0.5))),
      );
    }),
    settledAt(curve, none, squares, penalty => spaced(functionalMean(differences, penalty))),
  ]);
};

const meansOf = (values: Float64Array, stride: number): Float64Array =>
  Float64Array.from({ length: Math.floor(values.length / stride) }, (_, i) => {
    let sum = 0;
    for (let j = i * stride; j < (i + 1) * stride; j++) sum += values[j];
    return sum / stride;
  });

export const partitions: readonly FindPartition[] = [levels, bends];
