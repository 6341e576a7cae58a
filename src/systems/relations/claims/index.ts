import type { Claim } from "../../../contracts/claim.ts";
import { dynamicsClaims } from "./dynamics.ts";
import { staticsClaims } from "./statics.ts";

export const relationsClaims: readonly Claim[] = [...staticsClaims, ...dynamicsClaims];
