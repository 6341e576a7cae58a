import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { mirrorClaims, mirrorSweeps } from "./claims.ts";
import { mirrorAnneal, mirrorLearner } from "./learner.ts";
import { mirrorTheory } from "./theory.ts";

export const mirrorSymmetry: System = {
  ...card,
  learner: mirrorLearner,
  theory: mirrorTheory,
  protocols: protocolsOf(mirrorLearner, { anneal: mirrorAnneal }),
  studies: mirrorSweeps.map(({ sweep }) => sweep),
  claims: mirrorClaims,
  vectors: {},
};

export { mirrorLearner };
