import { energyLevels } from "../theory/levels.ts";

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
  readonly kind: "minimum" | "saddle";
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
      kind: isSaddle(k, sigma, phi, c) ? ("saddle" as const) : ("minimum" as const),
    }))
    .sort((a, b) => b.loss - a.loss);

/**
 * 4-gons with a positive bias and a dead vertex are saddles, with eigenvalue (1 - sqrt 2)/(2 c^2); larger gons when some
 * but not all of their vestigial biases are positive. The rest are minima, up to flat directions.
 */
const isSaddle = (k: number, sigma: number, phi: number, c: number): boolean =>
  k <= 4 ? sigma > 0 && phi > 0 : sigma > 0 && sigma < c - k;
