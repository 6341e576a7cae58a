import type { Claim } from "../../../contracts/claim.ts";
import { coefficientClaims } from "./coefficients.ts";
import { exactClaims } from "./exact.ts";
import { grokkingClaims } from "./grokking.ts";

export const modularClaims: readonly Claim[] = [...exactClaims, ...coefficientClaims, ...grokkingClaims];
