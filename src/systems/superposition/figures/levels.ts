import { energyLevels } from "../theory/levels.ts";
import { type CriticalType, criticalType } from "../theory/stability.ts";

/** A critical family at c features, with the label a training record gives its level and the kind of its points. */
export interface Level {
  /** k^{sigma+,phi-} written out, such as 4++-. */
  readonly family: string;
  /** Live features (k for k >= 5) and positive biases, such as 3++: what a loss alone can tell. */
  readonly label: string;
  readonly k: number;
  readonly sigma: number;
  readonly phi: number;
  readonly loss: number;
  readonly kind: CriticalType;
}

/** All levels, highest loss first. */
export const levelsOf = (c: number): Level[] =>
  energyLevels(c)
    .map(({ label, k, sigma, phi, loss }) => ({
      family: k + "+".repeat(sigma) + "-".repeat(phi),
      label,
      k,
      sigma,
      phi,
      loss,
      kind: criticalType({ c, k, sigma, phi }),
    }))
    .sort((a, b) => b.loss - a.loss);
