import type { Curve, Scatter } from "../../../charts/line-chart.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import type { QuantileOfSize } from "../claims/by-size.ts";

/** What charts of gaps under bounds have in common. */

export const sizeAxis = { label: "samples N", scale: "log" } as const;

/** From 1 on a bound on errors says nothing. */
export const vacuous = { label: "vacuous: a bound of 1 or more", low: 1, high: Number.MAX_VALUE } as const;

const POINTS = 60;

/** A bound over the sizes that were measured. */
export const boundCurve = (
  quantiles: readonly QuantileOfSize[],
  bound: (N: number) => number,
  style: Pick<Curve, "colour" | "label" | "dashed">,
): Curve => {
  const [first, last] = [quantiles[0].N, quantiles[quantiles.length - 1].N];
  const sizes = [...new Set(sweepValues(first, last, POINTS, "log").map(Math.round))];
  return { points: sizes.map(N => [N, bound(N)]), ...style };
};

/** Quantiles as rings with their intervals. */
export const quantileRings = (quantiles: readonly QuantileOfSize[], colour: string): Scatter => ({
  points: quantiles.map(({ N, estimate }) => [N, estimate]),
  ranges: quantiles.map(({ low, high }) => [low, high]),
  colour,
});

/** "4000 repetitions at each size" */
export const repetitions = (quantiles: readonly QuantileOfSize[]): string =>
  `${quantiles[0].members} repetitions at each size`;
