import type { Placed } from "./families.ts";
import { criticalType } from "./stability.ts";

/**
 * Two tables of learning coefficients. For k >= 5 they agree. At the 4-gons the loss is only piecewise smooth, and they
 * answer different questions: "published" is half the rank of the Hessian in one smooth chamber, as the source quotes it;
 * "volume" is the exponent of the volume of {L < L* + epsilon}, which is what the free energy contains.
 */
export const coefficientTables = ["published", "volume"] as const;
export type CoefficientTable = (typeof coefficientTables)[number];

/** The learning coefficient of a family among c features; null where no formula applies. */
export const learningCoefficient = (table: CoefficientTable, { c, k, sigma, phi }: Placed): number | null => {
  if (k >= 5) return nondegenerate({ c, k, sigma });
  if (k !== 4 || c < 4 || sigma > c - 4) return null;
  return table === "volume" ? square({ c, sigma, phi }) : publishedSquare({ c, sigma, phi });
};

/**
 * lambda = (3k - 1 + 3 sigma) / 2: half the number of directions that are not flat, when all of them have curvature.
 * Holds where the k-gon is a minimum: k from 5 to 9, with none or all of the c - k vestigial biases positive.
 */
const nondegenerate = ({ c, k, sigma }: Omit<Placed, "phi">): number | null =>
  k <= 9 && k <= c && (sigma === 0 || sigma === c - k) ? (3 * k - 1 + 3 * sigma) / 2 : null;

/**
 * Near a 4-gon that is a minimum the excess loss is a piecewise quadratic form, positive in every direction that is not flat, so lambda is
 * half their number: 11 of the gon, 2 for each vestigial column, 1 for each positive bias. A dead vertex with nothing
 * vestigial beside it (c = 4) frees two directions: its bias and its length.
 */
const square = ({ c, sigma, phi }: Omit<Placed, "k">): number | null => {
  if (criticalType({ c, k: 4, sigma, phi }) === "saddle") return null;
  if (phi === 0) return (11 + 2 * (c - 4) + sigma) / 2;
  return phi === 1 && c === 4 ? 4.5 : null;
};

/** The source names one value among its direction-dependent ones: 5 for 4+, through its critical size for 4+ -> 5. */
const publishedSquare = ({ c, sigma, phi }: Omit<Placed, "k">): number | null =>
  c > 4 && phi === 0 && sigma === 1 ? 5 : null;
