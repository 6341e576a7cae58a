import type { Claim } from "../../../contracts/claim.ts";
import { deviationClaims } from "./deviations.ts";
import { learningClaims } from "./learning.ts";
import { theoryClaims } from "./theory.ts";

export const tameClaims: readonly Claim[] = [...deviationClaims, ...learningClaims, ...theoryClaims];
