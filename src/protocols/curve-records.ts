import { lastRise } from "../numerics/broken-line.ts";
import { mean } from "../numerics/statistics.ts";
import type { CurvePoint } from "./tempered-posterior.ts";

/** The curve over nBeta that one chain of a tempered posterior recorded; those of a study have the same points. */
export type RecordedCurve = readonly CurvePoint[];

/** The point that is nearest to an nBeta. */
export const pointNear = (curve: RecordedCurve, nBeta: number): CurvePoint =>
  curve.reduce((best, point) => (Math.abs(point.nBeta - nBeta) < Math.abs(best.nBeta - nBeta) ? point : best));

/** The nBeta where the mean share of `to` overtakes that of `from`, on straight lines between the points; NaN where it never does. */
export const meanCrossing =
  (from: number, to: number) =>
  (curves: readonly RecordedCurve[]): number =>
    lastRise(
      curves[0].map(({ nBeta }) => nBeta),
      curves[0].map((_, i) => mean(curves.map(curve => curve[i].occupancy[to] - curve[i].occupancy[from]))),
    ) ?? Number.NaN;
