import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { alignmentClaims } from "./claims/index.ts";
import { alignmentStudies } from "./claims/studies.ts";
import { alignmentAnneal, alignmentLearner } from "./learner.ts";
import { distancesProtocol } from "./protocols/distances.ts";
import { structureProtocol } from "./protocols/structure.ts";
import { trainProtocol } from "./protocols/train.ts";
import { alignmentTheory } from "./theory/index.ts";
import { alignmentVectors } from "./vectors.ts";

export const alignment: System = {
  ...card,
  learner: alignmentLearner,
  theory: alignmentTheory,
  protocols: protocolsOf(alignmentLearner, {
    train: trainProtocol,
    anneal: alignmentAnneal,
    distances: distancesProtocol,
    structure: structureProtocol,
  }),
  studies: alignmentStudies,
  claims: alignmentClaims,
  vectors: alignmentVectors,
};

export {
  type CompareOptions,
  compareWithEffectiveTheory,
  type OwnComparison,
  type SeenRate,
  type TheoryVerdict,
} from "./own-model/compare.ts";
export type { WatchOptions } from "./own-model/watch.ts";
export { alignmentLearner };
