import type { Claim } from "../../../contracts/claim.ts";
import { classifierClaims } from "./classifiers.ts";
import { coarseClaims } from "./coarse.ts";
import { criticalityClaims } from "./criticality.ts";
import { noiseClaims } from "./noise.ts";
import { shapeClaims } from "./shape.ts";
import { workedClaims } from "./worked.ts";

export const emergenceClaims: readonly Claim[] = [
  ...classifierClaims,
  ...workedClaims,
  ...shapeClaims,
  ...noiseClaims,
  ...criticalityClaims,
  ...coarseClaims,
];
