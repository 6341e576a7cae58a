import { invalid } from "../../../errors.ts";
import { kronecker } from "../../../numerics/kronecker.ts";
import { memoised } from "../../../numerics/memoised.ts";
import { familyPoint } from "./families.ts";
import { hessianEigenvalues } from "./kgon-report.ts";

/** Far enough from the critical point to be inside one chamber, near enough for the soft eigenvalues to vanish. */
const DISTANCE = 1e-7;
/** Eigenvalues of order 1 in 3 c L are curvature; those that vanish with DISTANCE lie below. */
const CURVED = 1e-5;
const DIRECTIONS = 1000;

/**
 * Half the ranks of the Hessian in the smooth chambers that meet at the 4-gon with phi dead vertices and c = 4, in rising
 * order: the direction-dependent learning coefficients of arXiv 2310.06301. They are not exponents of a volume, since
 * the walls of a chamber cut its null directions off. Found by evaluating the Hessian a short way along 1000 directions
 * that fill the cube evenly.
 */
export const chamberRanks = memoised((phi: number): readonly number[] => {
  if (!Number.isInteger(phi) || phi < 0 || phi > 4)
    throw invalid("phi", phi, "an integer from 0 to 4, the dead vertices");
  const centre = familyPoint(4, `4${"-".repeat(phi)}`, -1);
  const ranks = new Set<number>();
  for (let n = 1; n <= DIRECTIONS; n++) {
    const w = centre.map((value, i) => value + DISTANCE * kronecker(n, i));
    ranks.add(hessianEigenvalues(4, w).filter(value => Math.abs(value) > CURVED).length / 2);
  }
  return [...ranks].sort((a, b) => a - b);
});
