import type { Claim } from "../../contracts/claim.ts";
import { log } from "../../numerics/elementary.ts";
import { line, near } from "../compare.ts";
import { mirrorLosses } from "./model.ts";
import { attractingDecay, leastCurvature } from "./theory.ts";

export const PAIRS = ["rescaling", "permutation"] as const;

export const mirrorSymmetryClaims: readonly Claim[] = [
  {
    id: "mirror-thresholds",
    where: "thresholds: gamma_c = -lambda_min / 2 at the plane",
    statement:
      "|O^T theta| vanishes at gamma_c = -lambda_min(O^T H O)/2 with exponent 1/2, for a rescaling and for a permutation pair.",
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
        const critical = attractingDecay(leastCurvature({ O: mirrorLosses[pair].O, H: hessianAtOrigin(pair) }));
        return [near(`${pair}: gamma_c`, end, critical, 0.02 * critical), near(`${pair}: exponent`, slope, 0.5, 0.05)];
      }),
  },
];

/** Second derivatives of (u w -+ 1)^2 at u = w = 0, by central differences of the loss. */
const hessianAtOrigin = (pair: (typeof PAIRS)[number]): number[][] => {
  const loss = mirrorLosses[pair].objective(1, 0);
  const h = 1e-3;
  const at = (u: number, w: number): number => loss.loss(Float64Array.of(u, w));
  const mixed = (at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h * h);
  const [uu, ww] = [(at(h, 0) - 2 * at(0, 0) + at(-h, 0)) / (h * h), (at(0, h) - 2 * at(0, 0) + at(0, -h)) / (h * h)];
  return [
    [uu, mixed],
    [mixed, ww],
  ];
};
