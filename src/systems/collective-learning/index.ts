import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { collectiveClaims } from "./claims.ts";
import { collectiveAnneal, collectiveLearner, collectivePosterior } from "./learner.ts";
import { boundary } from "./protocols/boundary.ts";
import { couplings } from "./protocols/couplings.ts";
import { flow } from "./protocols/flow.ts";
import { threshold } from "./protocols/threshold.ts";
import { collectiveStudies } from "./studies.ts";
import { collectiveTheory } from "./theory/index.ts";

export const collectiveLearning: System = {
  ...card,
  learner: collectiveLearner,
  theory: collectiveTheory,
  protocols: protocolsOf(collectiveLearner, {
    anneal: collectiveAnneal,
    posterior: collectivePosterior,
    flow,
    couplings,
    boundary,
    threshold,
  }),
  studies: collectiveStudies,
  claims: collectiveClaims,
  vectors: {},
};

export { collectiveLearner };
