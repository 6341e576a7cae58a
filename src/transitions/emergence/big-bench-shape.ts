import { invalid } from "../../errors.ts";
import { sortedQuantile } from "../../numerics/statistics/quantile.ts";

/** Linearity and breakthroughness of BIG-bench. Neither tells an artefact of the metric from a smooth curve: hints, no verdicts. */
export interface BigBenchShape {
  /** sign(place of the largest - place of the smallest) (largest - smallest). */
  readonly I: number;
  /** Root of the mean squared step. */
  readonly rms: number;
  /** Root of the median squared step, without the floor. */
  readonly rootMedian: number;
  readonly linearity: number;
  readonly breakthroughness: number;
  /** Linearity over that of equal steps, T - 1. */
  readonly linearityNormalised: number;
}

export interface ShapeOptions {
  /** Least denominator of the breakthroughness. 0 when absent. */
  readonly floor?: number;
  /** Largest size of the breakthroughness. 100 when absent. */
  readonly cap?: number;
}

/** Shape of scores y along scales in ascending order, at least two.  [arXiv 2206.04615; arXiv 2304.15004, Eq. (1)] */
export const bigBenchShape = (y: readonly number[], { floor = 0, cap = 100 }: ShapeOptions = {}): BigBenchShape => {
  if (y.length < 2) throw invalid("the length of y", y.length, "at least 2 scores");
  if (!(floor >= 0)) throw invalid("floor", floor, "a number from 0 on");
  if (!(cap > 0)) throw invalid("cap", cap, "a positive number");
  const [largest, smallest] = [y.indexOf(Math.max(...y)), y.indexOf(Math.min(...y))];
  const I = Math.sign(largest - smallest) * (y[largest] - y[smallest]);
  const squares = Float64Array.from(y.slice(1), (value, i) => (value - y[i]) * (value - y[i])).sort();
  const rms = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
  const rootMedian = Math.sqrt(sortedQuantile(squares, 0.5));
  const ratio = I === 0 ? 0 : I / Math.max(rootMedian, floor);
  const linearity = I === 0 ? 0 : I / rms;
  return {
    I,
    rms,
    rootMedian,
    linearity,
    breakthroughness: Math.max(-cap, Math.min(cap, ratio)),
    linearityNormalised: linearity / (y.length - 1),
  };
};
