import type { Claim } from "../../../contracts/claim.ts";
import { classificationClaims } from "./classification.ts";
import { coefficientClaims } from "./coefficients.ts";
import { criticalPointClaims } from "./critical-points.ts";
import { descentClaims } from "./descent.ts";
import { lossClaims } from "./loss.ts";
import { posteriorClaims } from "./posterior.ts";
import { trainingClaims } from "./training.ts";
import { trajectoryClaims } from "./trajectories.ts";
import { transitionClaims } from "./transitions.ts";

export const superpositionClaims: readonly Claim[] = [
  ...lossClaims,
  ...criticalPointClaims,
  ...transitionClaims,
  ...classificationClaims,
  ...trainingClaims,
  ...descentClaims,
  ...trajectoryClaims,
  ...coefficientClaims,
  ...posteriorClaims,
];
