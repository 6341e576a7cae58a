import { effectiveCoefficient, harmonicFreeEnergy, type LangevinRun, langevinCoefficient } from "./harmonic.ts";

/** What the curvatures of a loss say of chains, as fields of a record. */
export type SpectrumSummary = {
  /** The coefficient at the resolution of the chains, and at a fine one. */
  readonly effective: number;
  readonly fine: number;
  /** What Langevin chains measure on the quadratic with these curvatures; null where they are unstable. */
  readonly langevin: number | null;
  readonly freeEnergy: number;
  readonly largest: number;
};

/** The fine resolution. */
const FINE = { nBeta: 1e6, gamma: 1 };

/** Of descending curvatures, at a point of this loss, for chains that run so. */
export const spectrumSummary = (h: Float64Array, loss: number, run: LangevinRun): SpectrumSummary => {
  const { nBeta, gamma, stepSize } = run;
  return {
    effective: effectiveCoefficient(h, { nBeta, gamma }),
    fine: effectiveCoefficient(h, FINE),
    langevin: stepSize * (nBeta * h[0] + gamma) < 4 ? langevinCoefficient(h, run) : null,
    freeEnergy: nBeta * loss + harmonicFreeEnergy(h, { nBeta, gamma }),
    largest: h[0],
  };
};
