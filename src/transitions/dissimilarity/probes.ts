import { invalid } from "../../errors.ts";
import { standardDeviation } from "../../numerics/statistics/moments.ts";
import { checkControl, splitsOf, vertexAt } from "./grid.ts";
import { type ByMeasure, byMeasure, checkDistribution, checkSameLength, type MeasureName } from "./measures.ts";
import { splitDissimilarity } from "./scan.ts";

/** Distributions of outputs given a probe input: probs[value of the control][probe][outcome]. */
export type ProbeDistributions = readonly (readonly ArrayLike<number>[])[];

/** At each split, of each probe: dissimilarity of the outputs. */
export interface ProbeScan {
  readonly splits: readonly number[];
  /** [split][probe] */
  readonly perProbe: ByMeasure<readonly Float64Array[]>;
}

/**
 * As the law of probes is the same everywhere, the dissimilarity of input and output together is the mean over probes of that of the
 * outputs given the probe. Probes are the independent units.
 */
export const probeScan = (probs: ProbeDistributions, T: ArrayLike<number>, L: number): ProbeScan => {
  const splits = splitsOf(T, L);
  const probes = probs[0].length;
  const perProbe = byMeasure(() => splits.map(() => new Float64Array(probes)));
  for (let u = 0; u < probes; u++) {
    const P = probs.map(rows => rows[u]);
    splits.forEach((_, i) => {
      const found = splitDissimilarity(P, i, L);
      for (const name of ["lin", "js", "tv"] as const) perProbe[name][i][u] = found[name];
    });
  }
  return { splits, perProbe };
};

/** Means over probes at each split, with the standard error of their spread. */
export const probeMeans = (rows: readonly Float64Array[]): { readonly value: number; readonly se: number }[] =>
  rows.map(row => ({
    value: row.reduce((sum, each) => sum + each, 0) / row.length,
    se: row.length < 2 ? Infinity : standardDeviation(row) / Math.sqrt(row.length),
  }));

/** Where each probe has its largest dissimilarity; null for one whose outputs never change. Aligned places speak for a global transition. */
export const probePeaks = ({ splits, perProbe }: ProbeScan, measure: MeasureName): (number | null)[] =>
  Array.from({ length: perProbe[measure][0].length }, (_, u) => {
    const values = perProbe[measure].map(row => row[u]);
    let best = 0;
    for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
    return values[best] > 0 ? vertexAt(splits, values, best) : null;
  });

/** Throws a LandauError of kind "input" that names the place of what is no distribution. */
export const checkProbes = (probs: ProbeDistributions, T: ArrayLike<number>): void => {
  checkControl(T);
  if (probs.length !== T.length) throw invalid("the length of probs", probs.length, `${T.length}, as there are values`);
  if (probs[0].length === 0) throw invalid("probs[0]", [], "at least one probe");
  probs.forEach((rows, k) => {
    if (rows.length !== probs[0].length)
      throw invalid(`the length of probs[${k}]`, rows.length, `${probs[0].length} probes, as probs[0] has`);
    rows.forEach((row, u) => {
      checkDistribution(`probs[${k}][${u}]`, row);
      checkSameLength(probs[0][u], row);
    });
  });
};
