import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { linearVaeClaims, vaeSweeps } from "./claims.ts";
import { vaeAnneal, vaeLearner } from "./learner.ts";
import { linearVaeTheory } from "./theory.ts";

export const linearVae: System = {
  ...card,
  learner: vaeLearner,
  theory: linearVaeTheory,
  protocols: protocolsOf(vaeLearner, { anneal: vaeAnneal }),
  studies: vaeSweeps,
  claims: linearVaeClaims,
  vectors: {},
};

export { vaeLearner };
