import { fraction, over } from "../../numerics/fraction.ts";
import { checkCount, readFraction } from "./checks.ts";
import type { ExactCoefficient } from "./exact-coefficient.ts";

export interface Homogeneous {
  readonly dim: number;
  /** D > 0: K(s w) = s^D K(w) for s > 0. */
  readonly degree: number | string;
}

/** K homogeneous of degree D on R^d and zero at the origin alone: lambda = d/D, m = 1 (one blow-up of the origin). */
export const homogeneous = ({ dim, degree }: Homogeneous): ExactCoefficient => {
  checkCount("dim", dim, 1);
  const lambda = over(fraction(dim), readFraction("degree", degree, { limit: 0, open: true }));
  return { lambda, multiplicity: 1, scope: "global" };
};
