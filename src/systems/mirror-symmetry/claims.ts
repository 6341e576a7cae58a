import type { Claim } from "../../contracts/claim.ts";
import { log } from "../../numerics/elementary.ts";
import { line } from "../../numerics/line-fit.ts";
import { near } from "../compare.ts";
import { mirrorLosses } from "./model.ts";
import { attractingDecay, leastCurvature } from "./theory.ts";

export const PAIRS = ["rescaling", "permutation", "rotation"] as const;

export const mirrorSymmetryClaims: readonly Claim[] = [
  {
    id: "mirror-thresholds",
    where: "thresholds: gamma_c = -lambda_min / 2 at the plane",
    statement:
      "|O^T theta| vanishes at gamma_c = -lambda_min(O^T H O)/2 with exponent 1/2, for a rescaling, a permutation and a rotation symmetry.",
    routes: {
      measured: "gradient descent in a slow sweep of weight decay",
      predicted: "curvature of the loss at the plane",
    },
    studies: PAIRS.map(pair => `mirror-${pair}`),
    measure: evidence =>
      PAIRS.flatMap(pair => {
        const records = evidence.records(`mirror-${pair}`, "sweep").filter(({ direction }) => direction === "up");
        const seen = records
          .map(({ control, order }) => ({ x: control as number, y: order as number }))
          .filter(({ y }) => y > 0.2)
          .slice(-20);
        const square = line(
          seen.map(({ x }) => x),
          seen.map(({ y }) => y * y),
        );
        const end = -square.intercept / square.slope;
        const slope = line(
          seen.map(({ x }) => log(end - x)),
          seen.map(({ y }) => log(y)),
        ).slope;
        const critical = attractingDecay(leastCurvature({ O: mirrorLosses[pair].O, H: hessianOnPlane(pair) }));
        return [near(`${pair}: gamma_c`, end, critical, 0.02 * critical), near(`${pair}: exponent`, slope, 0.5, 0.05)];
      }),
  },
];

/** Second derivatives of the loss without decay at a point of the plane, N = 1, by central differences. */
const hessianOnPlane = (pair: (typeof PAIRS)[number]): number[][] => {
  const { objective, plane } = mirrorLosses[pair];
  const loss = objective(1, 0);
  const point = plane(1);
  const h = 1e-3;
  const at = (i: number, a: number, j: number, b: number): number => {
    const w = Float64Array.from(point);
    w[i] += a;
    w[j] += b;
    return loss.loss(w);
  };
  return point.map((_, i) =>
    point.map((__, j) => (at(i, h, j, h) - at(i, h, j, -h) - at(i, -h, j, h) + at(i, -h, j, -h)) / (4 * h * h)),
  );
};
