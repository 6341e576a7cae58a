import { invalid } from "../../../errors.ts";
import { solveKgon } from "./kgon.ts";
import { positiveVestigialValue } from "./vestigial.ts";

/** A critical value of the population loss in the plane (r = 2), and the family k^{sigma+,phi-} that sits on it. */
export interface EnergyLevel {
  /** Live features (for k >= 5: k) followed by sigma plus signs, e.g. "3++". */
  readonly label: string;
  readonly k: number;
  /** Vestigial features with positive bias 1/(2c). */
  readonly sigma: number;
  /** Dead vertices, for k <= 4. */
  readonly phi: number;
  /** Features that are reconstructed: k - phi. */
  readonly live: number;
  readonly loss: number;
}

/** Levels are listed up to the 12-gon. Larger regular polygons are critical too; from k = 10 on all are saddles. */
const LARGEST_POLYGON = 12;

/**
 * L = (c - live - 3 sigma / (4c)) / (3c) with up to four live features and L = (h(k) + c - k - 3 sigma / (4c)) / (3c) for
 * a k-gon with k >= 5: each feature that is not live costs 1 in H = 3 c L, less what a positive bias recovers.
 */
export const levelLoss = ({ c, live, sigma }: { c: number; live: number; sigma: number }): number => {
  const polygon = live <= 4 ? 0 : solveKgon(live).h;
  return (polygon + (c - live - sigma) + sigma * positiveVestigialValue(c)) / (3 * c);
};

/**
 * The levels of all families for c features: the 4-gons by phi, then sigma; the k-gons with 5 <= k <= min(c, 12) by k, then sigma. With
 * c = 3 the triangle takes the place of the 4-gon. Not all critical values: beside a saddle k^{sigma+} there can be minima without its symmetry, such
 * as one at 0.10141 for c = 7, just below 5+. Throws a LandauError when c is not an integer >= 3.
 */
export const energyLevels = (c: number): readonly EnergyLevel[] => {
  if (!Number.isInteger(c) || c < 3) throw invalid("c", c, "an integer >= 3, the number of features");
  const smallest = Math.min(c, 4);
  const levels: EnergyLevel[] = [];
  for (let k = smallest; k <= Math.min(c, LARGEST_POLYGON); k++)
    for (let phi = 0; phi <= (k === smallest ? k : 0); phi++)
      for (let sigma = 0; sigma <= c - k; sigma++) {
        const live = k - phi;
        levels.push({ label: levelLabel(live, sigma), k, sigma, phi, live, loss: levelLoss({ c, live, sigma }) });
      }
  return levels;
};

export const levelLabel = (live: number, sigma: number): string => live + "+".repeat(sigma);

/** The level closest to a loss, and their distance. */
export const nearestLevel = (c: number, loss: number): { readonly level: EnergyLevel; readonly gap: number } => {
  const levels = energyLevels(c);
  let level = levels[0];
  for (const other of levels) if (Math.abs(loss - other.loss) < Math.abs(loss - level.loss)) level = other;
  return { level, gap: Math.abs(loss - level.loss) };
};
