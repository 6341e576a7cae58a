import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { modularClaims } from "./claims/index.ts";
import { modularStudies } from "./claims/studies.ts";
import { modularAnneal, modularLearner, startedLearner } from "./learner.ts";
import { coefficientProtocol } from "./protocols/coefficient.ts";
import { rankProtocol } from "./protocols/rank.ts";
import { trainProtocol } from "./protocols/train.ts";
import { modularTheory } from "./theory/index.ts";
import { modularVectors } from "./vectors.ts";

export const modular: System = {
  ...card,
  learner: modularLearner,
  theory: modularTheory,
  protocols: protocolsOf(startedLearner, {
    train: trainProtocol,
    anneal: modularAnneal,
    coefficient: coefficientProtocol,
    rank: rankProtocol,
  }),
  studies: modularStudies,
  claims: modularClaims,
  vectors: modularVectors,
};

export { modularLearner };
