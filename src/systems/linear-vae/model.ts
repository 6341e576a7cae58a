import { type Controls, choice, integer, number, type ValuesOf } from "../../contracts/field.ts";
import { type Objective, objectiveOf } from "../../contracts/objective.ts";
import { log } from "../../numerics/elementary.ts";
import { gramSpectrum } from "../../numerics/gram.ts";

export const vaeControls = {
  beta: number("weight of the divergence from the prior", { default: 0.5, min: 1e-6, max: 1e3, scale: "log" }),
  etaDec: number("standard deviation of the decoder", { default: 1, min: 1e-3, max: 1e3, scale: "log" }),
  etaEnc: number("standard deviation of the prior", { default: 1, min: 1e-3, max: 1e3, scale: "log" }),
  d1: integer("latent dimensions", { default: 5, min: 1, max: 5 }),
  /** Fixed widths are etaEnc. */
  sigma: choice("widths of the encoder", ["learned", "fixed"]),
} as const satisfies Controls;

export type VaeSettings = ValuesOf<typeof vaeControls>;

/** Data y = M x + noise with A = E[x x^T]; matrices as rows. */
export interface VaeData {
  readonly A: readonly (readonly number[])[];
  readonly M: readonly (readonly number[])[];
  /** Trace of the covariance of the noise. */
  readonly noiseTrace: number;
}

/** Singular values of the task y = M x with white inputs: M is diagonal. */
export const ZETA = [2, 1.6, 1.2, 0.9, 0.6] as const;
export const EY2 = ZETA.reduce((sum, z) => sum + z * z, 0);

export const vaeTask: VaeData = {
  A: ZETA.map((_, i) => ZETA.map((__, j) => Number(i === j))),
  M: ZETA.map((z, i) => ZETA.map((_, j) => (i === j ? z : 0))),
  noiseTrace: 0,
};

/**
 * Exact expected loss of encoder z = W^T x + eps, eps ~ N(0, diag sigma^2), and decoder U z:
 *
 *     L = (1 / 2 etaDec^2) [tr((U W^T - M) A (U W^T - M)^T) + noiseTrace + sum_i sigma_i^2 |U_i|^2 + beta (etaDec / etaEnc)^2 tr(W^T A W)]
 *         + (beta / 2) sum_i (sigma_i^2 / etaEnc^2 - 1 - ln(sigma_i^2 / etaEnc^2))
 *
 * Parameters U (d2 x d1), W (d0 x d1) and, when they are trained, sigma / etaEnc (d1). [Wang and Ziyin, arXiv 2205.04009, eq. 5]
 */
export const vaeObjective = ({ A, M, noiseTrace }: VaeData, settings: VaeSettings): Objective => {
  const { d1, beta, etaEnc, etaDec, sigma } = settings;
  const learnSigma = sigma === "learned";
  const [d0, d2] = [A.length, M.length];
  const [atW, atSigma] = [d2 * d1, (d2 + d0) * d1];
  const half = 1 / (2 * etaDec * etaDec);
  const pull = (beta * etaDec * etaDec) / (etaEnc * etaEnc);
  const gap = new Float64Array(d2 * d0);
  const gapA = new Float64Array(d2 * d0);
  const AW = new Float64Array(d0 * d1);

  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    let [errors, spread, encoder, divergence] = [0, 0, 0, 0];
    for (let a = 0; a < d2; a++)
      for (let k = 0; k < d0; k++) {
        let sum = -M[a][k];
        for (let i = 0; i < d1; i++) sum += w[a * d1 + i] * w[atW + k * d1 + i];
        gap[a * d0 + k] = sum;
      }
    for (let a = 0; a < d2; a++)
      for (let k = 0; k < d0; k++) {
        let sum = 0;
        for (let l = 0; l < d0; l++) sum += gap[a * d0 + l] * A[l][k];
        gapA[a * d0 + k] = sum;
        errors += sum * gap[a * d0 + k];
      }
    for (let k = 0; k < d0; k++)
      for (let i = 0; i < d1; i++) {
        let sum = 0;
        for (let l = 0; l < d0; l++) sum += A[k][l] * w[atW + l * d1 + i];
        AW[k * d1 + i] = sum;
        encoder += sum * w[atW + k * d1 + i];
      }
    for (let i = 0; i < d1; i++) {
      const ratio = learnSigma ? square(w[atSigma + i]) : 1;
      const variance = ratio * etaEnc * etaEnc;
      let column = 0;
      for (let a = 0; a < d2; a++) column += w[a * d1 + i] * w[a * d1 + i];
      spread += variance * column;
      if (learnSigma) {
        divergence += ratio - 1 - log(ratio);
        gradient[atSigma + i] =
          2 * w[atSigma + i] * (half * etaEnc * etaEnc * column + 0.5 * beta) - beta / w[atSigma + i];
      }
      for (let a = 0; a < d2; a++) {
        let sum = variance * w[a * d1 + i];
        for (let k = 0; k < d0; k++) sum += gapA[a * d0 + k] * w[atW + k * d1 + i];
        gradient[a * d1 + i] = 2 * half * sum;
      }
      for (let k = 0; k < d0; k++) {
        let sum = pull * AW[k * d1 + i];
        for (let a = 0; a < d2; a++) sum += gapA[a * d0 + k] * w[a * d1 + i];
        gradient[atW + k * d1 + i] = 2 * half * sum;
      }
    }
    return half * (errors + noiseTrace + spread + pull * encoder) + 0.5 * beta * divergence;
  };

  return objectiveOf({ U: [d2, d1], W: [d0, d1], ...(learnSigma && { "sigma / etaEnc": [d1] }) }, lossAndGradient);
};

/** Singular values of the map U W^T of the task, largest first. */
export const gainsOf = (w: Float64Array, d1: number): number[] => {
  const d = ZETA.length;
  const map = ZETA.map((_, a) =>
    ZETA.map((__, k) => {
      let sum = 0;
      for (let i = 0; i < d1; i++) sum += w[a * d1 + i] * w[(d + k) * d1 + i];
      return sum;
    }),
  );
  return gramSpectrum(map).map(value => Math.sqrt(Math.max(0, value)));
};

const square = (x: number): number => x * x;
