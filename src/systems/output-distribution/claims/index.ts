import type { Claim } from "../../../contracts/claim.ts";
import { estimateClaims } from "./estimates.ts";
import { learningClaims } from "./learning.ts";
import { magnetClaims } from "./magnets.ts";
import { measureClaims } from "./measures.ts";
import { shapeClaims } from "./shapes.ts";

export const outputClaims: readonly Claim[] = [
  ...measureClaims,
  ...estimateClaims,
  ...shapeClaims,
  ...magnetClaims,
  ...learningClaims,
];
