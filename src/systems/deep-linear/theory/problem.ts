/**
 * The network reduced to one direction of the data: D hidden layers, N = |E[xy]|, kappa = a prod(1 + sigma2_l / d_l) with the
 * variance a of the inputs.
 */
export interface Reduced {
  readonly D: number;
  readonly N: number;
  readonly kappa: number;
}

/** Deeper networks are refused: powers of s beyond it leave nothing to see. */
export const DEEPEST = 64;
