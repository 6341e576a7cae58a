import { invalid } from "../../../errors.ts";

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

/** Throws a LandauError that names the number that cannot be. */
export const checkReduced = ({ D, N, kappa }: Reduced): void => {
  checkDepth(D, 0);
  if (!(N > 0 && N < Infinity)) throw invalid("N", N, "a positive number");
  if (!(kappa > 0 && kappa < Infinity)) throw invalid("kappa", kappa, "a positive number");
};

export const checkDepth = (D: number, min: number): void => {
  if (!(Number.isInteger(D) && D >= min && D <= DEEPEST))
    throw invalid("D", D, `a number of hidden layers, an integer from ${min} to ${DEEPEST}`);
};

export const checkGamma = (gamma: number): void => {
  if (!(gamma >= 0 && gamma < Infinity)) throw invalid("gamma", gamma, "a number >= 0");
};
