import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { balanceClaims } from "./claims.ts";
import { balanceAnneal, balanceLearner, balancePosterior } from "./learner.ts";
import { identity, imbalance } from "./protocols/imbalance.ts";
import { regimes } from "./protocols/regimes.ts";
import { sgd } from "./protocols/sgd.ts";
import { spread } from "./protocols/spread.ts";
import { threshold } from "./protocols/threshold.ts";
import { balanceStudies } from "./studies.ts";
import { balanceTheory } from "./theory/index.ts";

export const lawOfBalance: System = {
  ...card,
  learner: balanceLearner,
  theory: balanceTheory,
  protocols: protocolsOf(balanceLearner, {
    anneal: balanceAnneal,
    posterior: balancePosterior,
    sgd,
    identity,
    threshold,
    imbalance,
    spread,
    regimes,
  }),
  studies: balanceStudies,
  claims: balanceClaims,
  vectors: {},
};

export { balanceLearner };
