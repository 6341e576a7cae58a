import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { relationsClaims } from "./claims/index.ts";
import { relationsStudies } from "./claims/studies.ts";
import { relationsAnneal, relationsLearner } from "./learner.ts";
import { sweepProtocol } from "./protocols/sweep.ts";
import { trainProtocol } from "./protocols/train.ts";
import { relationsTheory } from "./theory/index.ts";
import { relationsVectors } from "./vectors.ts";

export const relations: System = {
  ...card,
  learner: relationsLearner,
  theory: relationsTheory,
  protocols: protocolsOf(relationsLearner, { train: trainProtocol, anneal: relationsAnneal, sweep: sweepProtocol }),
  studies: relationsStudies,
  claims: relationsClaims,
  vectors: relationsVectors,
};

export { relationsLearner };
