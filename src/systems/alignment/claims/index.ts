import type { Claim } from "../../../contracts/claim.ts";
import { networkClaims } from "./networks.ts";
import { theoryClaims } from "./theory.ts";

export const alignmentClaims: readonly Claim[] = [...theoryClaims, ...networkClaims];
