import type { Claim } from "../../../contracts/claim.ts";
import { figureClaims } from "./figure.ts";
import { imageClaims } from "./images.ts";
import { movesClaims } from "./moves.ts";
import { regionsClaims } from "./regions.ts";
import { representationClaims } from "./representation.ts";
import { setsClaims } from "./sets.ts";
import { theoryClaims } from "./theory.ts";
import { trainingClaims } from "./training.ts";
import { transformerClaims } from "./transformer.ts";

export const embeddingClaims: readonly Claim[] = [
  ...theoryClaims,
  ...setsClaims,
  ...trainingClaims,
  ...figureClaims,
  ...representationClaims,
  ...regionsClaims,
  ...movesClaims,
  ...transformerClaims,
  ...imageClaims,
];
