import type { RunView } from "../../../contracts/run-view.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { line } from "../../../numerics/line-fit.ts";
import { byChain } from "../../../protocols/records.ts";
import { type CapabilityCounts, type EmergenceAudit, emergenceAudit } from "../../../transitions/emergence/audit.ts";
import { binomialModels } from "../../../transitions/emergence/binomial-models.ts";
import { type CompoundingCheck, compoundingCheck } from "../../../transitions/emergence/compounding-check.ts";
import { CLUMPED_LENGTH, LENGTHS, type ScaleRecord } from "../protocols/classifiers.ts";
import { classifiers } from "./studies.ts";

/** Lengths of the targets at which slopes are compared. */
export const COMPARED = [2, 5, 10] as const;
/** Tokens of the targets that are audited, and scales that their extrapolation sees. */
export const AUDITED = { length: 40, m: 4 } as const;

/** What the models of one seed show. */
export interface SeedReading {
  readonly seed: number;
  readonly scales: readonly ScaleRecord[];
  /** Effective over nominal length, by COMPARED. */
  readonly ratios: readonly number[];
  /** Falling slope of ln(-ln A) over ln N, by COMPARED. */
  readonly slopes: readonly number[];
  /** ln N at which half of the targets are right, by COMPARED. */
  readonly onsets: readonly number[];
  /** Slope of the onset over ln L, times the slope of the models: 1 when the loss is a power law. */
  readonly onsetTimesSlope: number;
  readonly audit: EmergenceAudit;
  readonly clumped: CompoundingCheck;
  /** Effective length of clumped errors over the nominal one, when the mean counts are fitted. */
  readonly clumpedExpected: number;
}

/** Exact matches of targets of one length; a token accuracy of all or none counts as half a token away. */
export const tableOf = (scales: readonly ScaleRecord[], length: number): CapabilityCounts => ({
  scale: scales.map(({ N }) => N),
  k: scales.map(({ exact }) => exact[LENGTHS.indexOf(length as (typeof LENGTHS)[number])]),
  n: scales.map(({ tokens }) => Math.floor(tokens / length)),
  p: scales.map(({ right, tokens }) => inside(right, tokens)),
  length,
});

const inside = (right: number, tokens: number): number => Math.min(tokens - 0.5, Math.max(0.5, right)) / tokens;

/** One reading for each seed, made once a run. */
export const readings = (run: RunView): readonly SeedReading[] => {
  const records = classifiers.of(run, "sample");
  const known = cache.get(records);
  if (known) return known;
  const made = [...byChain(records)].map(([seed, scales]) => readingOf(seed, scales));
  cache.set(records, made);
  return made;
};

const cache = new WeakMap<object, readonly SeedReading[]>();

const readingOf = (seed: number, scales: readonly ScaleRecord[]): SeedReading => {
  const tables = COMPARED.map(length => tableOf(scales, length));
  const fits = tables.map(table => binomialModels(table).compounding.beta);
  const centre = scales.reduce((sum, { N }) => sum + log(N), 0) / scales.length;
  const onsets = fits.map(([b0, b1]) => centre + (log(Math.LN2) - b0) / b1);
  const slopes = fits.map(([, b1]) => -b1);
  const a = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
  const clumpedTable = {
    p: scales.map(({ clumpedRight, tokens }) => inside(clumpedRight, tokens)),
    k: scales.map(({ clumpedExact }) => clumpedExact),
    n: scales.map(({ tokens }) => Math.floor(tokens / CLUMPED_LENGTH)),
  };
  return {
    seed,
    scales,
    ratios: tables.map(table => compoundingCheck(table, table.length).ratio),
    slopes,
    onsets,
    onsetTimesSlope: line(COMPARED.map(log), onsets).slope * a,
    audit: emergenceAudit(tableOf(scales, AUDITED.length), { m: AUDITED.m }),
    clumped: compoundingCheck(clumpedTable, CLUMPED_LENGTH),
    clumpedExpected: expectedRatio(clumpedTable.p, CLUMPED_LENGTH),
  };
};

/** Most likely L for mean counts of targets of which half are blocks, A = (p + p^L) / 2: by trying lengths ever more finely. */
const expectedRatio = (p: readonly number[], length: number): number => {
  const powers = (L: number): readonly number[] => p.map(value => exp(L * log(value)));
  const seen = powers(length).map((q, i) => (p[i] + q) / 2);
  const fits = (L: number): number =>
    powers(L).reduce((sum, q, i) => sum + seen[i] * log(q) + (1 - seen[i]) * log(1 - q), 0);
  let [low, high] = [0.01 * length, 2 * length];
  for (let round = 0; round < 60; round++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (fits(left) < fits(right)) low = left;
    else high = right;
  }
  return low / length;
};
