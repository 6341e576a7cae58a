import { hessianAt } from "../../coefficient/exact/hessian.ts";
import { type Claim, claim } from "../../contracts/claim.ts";
import { near } from "../../contracts/comparisons.ts";
import { namesOf } from "../../contracts/field.ts";
import { log } from "../../numerics/elementary.ts";
import { line, lineZero } from "../../numerics/line-fit.ts";
import { rowsOf } from "../../numerics/square-matrix.ts";
import { branchOf, study } from "../../protocols/study.ts";
import { mirrorAnneal } from "./learner.ts";
import { lossAt, mirrorLosses } from "./model.ts";
import { attractingDecay, leastCurvature } from "./theory.ts";

/** A sweep of weight decay for each symmetry. */
export const mirrorSweeps = namesOf(mirrorLosses).map(pair => ({
  pair,
  sweep: study(
    `mirror-${pair}`,
    mirrorAnneal,
    { settings: { pair, values: 81 } },
    { quick: { settings: { steps: 3000 } }, full: { settings: { steps: 30_000 } } },
  ),
}));

export const mirrorClaims: readonly Claim[] = [
  claim("mirror-thresholds", "thresholds: gamma_c = -lambda_min / 2 at the plane", {
    statement:
      "|O^T theta| vanishes at gamma_c = -lambda_min(O^T H O)/2 with exponent 1/2, for a rescaling, a permutation and a rotation symmetry.",
    routes: {
      measured: "gradient descent in a slow sweep of weight decay",
      predicted: "curvature of the loss at the plane, by central differences",
      kind: "solved",
    },
    studies: mirrorSweeps.map(({ sweep }) => sweep),
    measure: run =>
      mirrorSweeps.flatMap(({ pair, sweep }) => {
        const seen = branchOf(run, sweep, "up")
          .filter(({ order }) => order > 0.2)
          .slice(-20);
        const controls = seen.map(({ control }) => control);
        const end = lineZero(
          controls,
          seen.map(({ order }) => order * order),
        );
        const { O, objective, plane } = lossAt(pair);
        const { matrix } = hessianAt(objective(1, 0), Float64Array.from(plane(1)));
        const critical = attractingDecay(leastCurvature({ O, H: rowsOf(plane(1).length, matrix) }));
        const { slope } = line(
          // The predicted end, as that of the straight line supposes the exponent.
          controls.map(control => log(critical - control)),
          seen.map(({ order }) => log(order)),
        );
        return [
          near(`${pair}: gamma_c`, end, critical, 2e-3 * critical),
          { ...near(`${pair}: exponent`, slope, 0.5, 0.01), kind: "formula" as const },
        ];
      }),
  }),
];
