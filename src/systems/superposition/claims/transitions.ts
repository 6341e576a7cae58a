import { type Claim, claim } from "../../../contracts/claim.ts";
import { known, near } from "../../../contracts/comparisons.ts";
import { type CoefficientTable, coefficientTables } from "../theory/coefficients.ts";
import { transitionSize } from "../theory/critical-size.ts";
import { deformationCrossing, deformedHexagon, weightedPentagonLoss } from "../theory/deformation.ts";

const size = (from: string, to: string, kappa = 1, table: CoefficientTable = coefficientTables[0]): number =>
  transitionSize({ c: 6, from, to, table, kappa }).n ?? Number.NaN;

/** Transitions that the closed forms alone decide. */
export const transitionClaims: readonly Claim[] = [
  claim("critical-sizes", "critical sample sizes: 601 and about 380", {
    statement: "The free energies of 5 and 6 cross at n = 601, those of 4+ and 5 at about 380; 5+ never wins.",
    routes: {
      measured: "root of the free-energy difference from levels, coefficients and norms",
      predicted: "published sizes, and the same arithmetic done by hand",
      kind: "recomputed",
    },
    studies: [],
    measure: () => [
      ...known(
        "published",
        near("5 -> 6", size("5", "6"), 601, 0.5),
        near("4+ -> 5, published coefficient", size("4+", "5"), 380, 2),
      ),
      near("5 -> 5+", size("5", "5+"), 1593.17, 0.02),
      near("5+ -> 6", size("5+", "6"), 202.11, 0.01),
      near("5 -> 6 with half the loss (kappa = 1/2)", size("5", "6", 0.5), 1316.47, 0.02),
    ],
  }),
  claim("deformation-crossing", "beyond the source: the weight u of the last output as a control", {
    statement:
      "As output 6 loses weight, 5+ overtakes the 6-gon at u = 0.6581978: a crossing of two minima, first order.",
    routes: {
      measured: "6-gon followed by Newton's method",
      predicted: "an independent computation of the same crossing",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const { u, loss } = deformationCrossing();
      return [
        near("u", u, 0.658197813, 1e-6),
        near("loss there", loss, 0.0451837, 5e-8),
        near("difference of the two losses", deformedHexagon(u).loss - weightedPentagonLoss(u), 0, 1e-12),
      ];
    },
  }),
];
