import { mean } from "../numerics/statistics.ts";

/** A quantity at each step at which it was recorded. */
export type CurveOverSteps = ReadonlyMap<number, number>;

/** The mean over the records of each step; values that are missing are left out. */
export const curveOverSteps = <Each extends { readonly step: number }>(
  records: readonly Each[],
  of: (record: Each) => number | null,
): CurveOverSteps => {
  const steps = new Map<number, number[]>();
  for (const record of records) {
    const value = of(record);
    if (value !== null) steps.set(record.step, [...(steps.get(record.step) ?? []), value]);
  }
  return new Map([...steps].map(([step, values]) => [step, mean(values)]));
};

/** Where a curve is largest, first of equals. */
export const peakOf = (curve: CurveOverSteps): [step: number, value: number] =>
  [...curve].reduce((best, point) => (point[1] > best[1] ? point : best));
