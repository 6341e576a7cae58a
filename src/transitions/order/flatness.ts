import type { Evidence } from "./evidence.ts";
import { text } from "./evidence.ts";
import type { Profile } from "./profile.ts";

/** Below this many standard deviations the chi-square of constant means is nothing unusual. */
const UNUSUAL = 4;
/** Means that move by less than this many standard deviations of a sample are flat, however well they are known. */
const SMALL = 0.3;

/**
 * Does the order parameter depend on the control at all? The means of each size against their common mean, by chi-square.
 * Null when they do.
 */
export const flatness = (profiles: readonly Profile[]): Evidence | null => {
  if (profiles.length === 0) return null;
  let worst = 0;
  let widest = 0;
  for (const { cells } of profiles) {
    if (cells.some(({ error }) => !(error > 0))) return null;
    const weights = cells.map(({ error }) => 1 / (error * error));
    const whole = weights.reduce((a, b) => a + b, 0);
    const mean = cells.reduce((sum, cell, i) => sum + weights[i] * cell.mean, 0) / whole;
    const chi2 = cells.reduce((sum, cell, i) => sum + weights[i] * (cell.mean - mean) * (cell.mean - mean), 0);
    const freedom = cells.length - 1;
    worst = Math.max(worst, (chi2 - freedom) / Math.sqrt(2 * freedom));
    const spread = Math.sqrt(cells.reduce((sum, cell) => sum + cell.variance, 0) / cells.length);
    const means = cells.map(cell => cell.mean);
    widest = Math.max(widest, (Math.max(...means) - Math.min(...means)) / spread);
  }
  if (worst > UNUSUAL && widest > SMALL) return null;
  return {
    probe: "flatness",
    support: { none: 0, continuous: -6, discontinuous: -6 },
    finding: `the order parameter does not depend on the control: its means scatter by ${text(Math.max(0, worst))} standard deviations more than chance`,
    values: { excess: worst, range: widest },
  };
};
