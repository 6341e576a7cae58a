import type { Change } from "../../src/transitions/change/describe-changes.ts";
import { findChanges } from "../../src/transitions/change/find-changes.ts";
import { jumpSeries, nullSeries, nulls } from "./series.ts";

/** What was found in a series without a change. */
export interface NullRow {
  readonly null: string;
  readonly types: readonly Change["type"][];
}

/** What was found in a series with one jump: the nearest change of level, if any. */
export interface JumpRow {
  readonly phi: number;
  /** In standard deviations of the noise. */
  readonly size: number;
  readonly types: readonly Change["type"][];
  /** Distance of the place from the truth, whether its interval holds that, and how wide it is. */
  readonly off: number | null;
  readonly covers: boolean | null;
  readonly width: number | null;
  /** Whether the interval for its moment holds that. */
  readonly held: boolean | null;
  /** What the interval says of itself. */
  readonly probability: number | null;
}

export const phis = [0, 0.5, 0.9] as const;
export const sizes = [2, 3, 5] as const;

export function* everySeries(first: number, last: number): Generator<NullRow | JumpRow> {
  for (let seed = first; seed < last; seed++) {
    for (const name of Object.keys(nulls)) {
      const { values, steps } = nullSeries(name, seed);
      yield { null: name, types: findChanges(values, steps).changes.map(({ type }) => type) };
    }
    for (const phi of phis) for (const size of sizes) yield jumpRow(phi, size, seed);
  }
}

const jumpRow = (phi: number, size: number, seed: number): JumpRow => {
  const { values, at, moment } = jumpSeries(phi, size, seed);
  const { changes } = findChanges(values);
  const types = changes.map(({ type }) => type);
  const jumps = changes.filter(({ level }) => level !== null);
  if (jumps.length === 0)
    return { phi, size, types, off: null, covers: null, width: null, held: null, probability: null };
  const off = (change: Change): number => Math.abs(change.at.estimate - at);
  const nearest = jumps.reduce((best, each) => (off(each) < off(best) ? each : best));
  const { low, high, probability, moment: told } = nearest.at;
  return {
    phi,
    size,
    types,
    off: off(nearest),
    covers: low <= at && at <= high,
    width: high - low,
    held: told.low <= moment && moment <= told.high,
    probability,
  };
};
