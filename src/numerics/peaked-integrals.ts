import { type Integrals, integrals, type QuadratureOptions } from "./adaptive-quadrature.ts";
import { exp } from "./elementary.ts";
import { turningPlaces } from "./minimum.ts";

/** Parts of the interval in which a peak is looked for. */
const SCAN = 1000;
/** Widths of a peak, in powers of 2, that are told from nothing. */
const HALVINGS = 60;

/** The given ends and the turning places of a log density between them, and from each maximum distances that double from the width at which it has fallen by 1. */
const peakEnds = (logDensity: (x: number) => number, given: readonly number[]): number[] => {
  const places = given.flatMap((low, i) =>
    i === 0 ? [low] : turningPlaces(logDensity, given[i - 1], low, SCAN).slice(1),
  );
  const ends = new Set(places);
  for (const [i, place] of places.entries()) {
    const top = logDensity(place);
    for (const [edge, sign] of [
      [places[i - 1], -1],
      [places[i + 1], 1],
    ] as const) {
      if (edge === undefined || !(logDensity(edge) < top)) continue;
      const reach = Math.abs(edge - place);
      let width = reach;
      for (let k = 0; k < HALVINGS && top - logDensity(place + sign * width) > 1; k++) width /= 2;
      for (; width < reach; width *= 2) ends.add(place + sign * width);
    }
  }
  return [...ends].sort((a, b) => a - b);
};

export interface PeakedIntegrals extends Integrals {
  /** The integrals are these values times exp of it. */
  readonly logScale: number;
}

/**
 * Integrals of weights times exp(logDensity) from the first to the last of `ends` (ascending), adaptively, however narrow the peaks; `weights`
 * writes `count` factors of x into `out`. Peaks are looked for in the log density, a thousand places between two ends; where it may turn more
 * quickly than that shows, the place belongs among the ends.
 */
export const peakedIntegrals = (
  logDensity: (x: number) => number,
  weights: (x: number, out: Float64Array) => void,
  count: number,
  given: readonly number[],
  options?: QuadratureOptions,
): PeakedIntegrals => {
  const ends = peakEnds(logDensity, given);
  const logScale = ends.reduce((most, x) => Math.max(most, logDensity(x)), Number.NEGATIVE_INFINITY);
  const f = (x: number, out: Float64Array): void => {
    weights(x, out);
    const density = exp(logDensity(x) - logScale);
    for (let k = 0; k < count; k++) out[k] *= density;
  };
  return { ...integrals(f, count, ends, options), logScale };
};
