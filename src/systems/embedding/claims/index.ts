import type { Claim } from "../../../contracts/claim.ts";
import { setsClaims } from "./sets.ts";
import { theoryClaims } from "./theory.ts";
import { trainingClaims } from "./training.ts";

export const embeddingClaims: readonly Claim[] = [...theoryClaims, ...setsClaims, ...trainingClaims];
