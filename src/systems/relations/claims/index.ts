import type { Claim } from "../../../contracts/claim.ts";
import { dynamicsClaims } from "./dynamics.ts";
import { mapClaims } from "./map.ts";
import { staticsClaims } from "./statics.ts";
import { trainingClaims } from "./training.ts";

export const relationsClaims: readonly Claim[] = [...staticsClaims, ...trainingClaims, ...dynamicsClaims, ...mapClaims];
