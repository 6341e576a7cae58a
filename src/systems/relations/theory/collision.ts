import { arctan } from "../../../numerics/arctan.ts";
import { incompleteBeta } from "../../../numerics/incomplete-beta.ts";

/** Normal starts: standard deviations of the decoder's entries and of the embeddings' separation, and the learning rates. */
export interface Starts {
  readonly sigmaA: number;
  readonly sigmaC: number;
  readonly etaX: number;
  readonly etaA: number;
}

const TWO_OVER_PI = 2 / Math.PI;

/** Probability that two embeddings in one dimension meet, C > 0: depends on the ratio of the rates alone [theorem 3, equation 12]. */
export const collisionProbability = ({ sigmaA, sigmaC, etaX, etaA }: Starts): number =>
  TWO_OVER_PI * arctan((sigmaA / sigmaC) * Math.sqrt(etaX / (2 * etaA)));

/** How a secondary transcription prints the factor of equation 13; only the derived one is that of two embeddings at N = 1. */
export const clusterForms = ["derived", "transcribed"] as const;
export type ClusterForm = (typeof clusterForms)[number];

/** Squared distance from the centre of mass below which an embedding joins a cluster of N, for a decoder of slope a: eta_x a^2 / ((1 + 1/N) eta_A). */
export const clusterThreshold = (
  N: number,
  { a, etaX, etaA }: { readonly a: number; readonly etaX: number; readonly etaA: number },
  form: ClusterForm = "derived",
): number => (etaX * a * a) / ((form === "derived" ? 1 : 4) * (1 + 1 / N) * etaA);

/** Probability that an embedding joins a cluster of N; sigmaC is that of its distance from the centre of mass of all N + 1 [equation 13]. */
export const clusterProbability = (N: number, { sigmaA, sigmaC, etaX, etaA }: Starts, form?: ClusterForm): number =>
  TWO_OVER_PI * arctan((sigmaA / sigmaC) * Math.sqrt(clusterThreshold(N, { a: 1, etaX, etaA }, form)));

/**
 * Probability that embeddings of d dimensions meet in front of a decoder of m outputs: that r^T (A^T A)^-1 r is below eta_x / (2 eta_A), which Hotelling's
 * theorem gives by Fisher's distribution; 0 where the decoder does not see all dimensions, m < d.
 */
export const matrixProbability = (d: number, m: number, { sigmaA, sigmaC, etaX, etaA }: Starts): number => {
  if (m < d) return 0;
  const g = (((sigmaA * sigmaA) / (sigmaC * sigmaC)) * etaX) / (2 * etaA);
  return incompleteBeta(g / (1 + g), d / 2, (m - d + 1) / 2);
};
