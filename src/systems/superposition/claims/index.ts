import type { Claim } from "../../../contracts/claim.ts";
import { classificationClaims } from "./classification.ts";
import { criticalPointClaims } from "./critical-points.ts";
import { descentClaims } from "./descent.ts";
import { lossClaims } from "./loss.ts";
import { trainingClaims } from "./training.ts";
import { transitionClaims } from "./transitions.ts";

export const superpositionClaims: readonly Claim[] = [
  ...lossClaims,
  ...criticalPointClaims,
  ...transitionClaims,
  ...classificationClaims,
  ...trainingClaims,
  ...descentClaims,
];
