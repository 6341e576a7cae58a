import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { embeddingClaims } from "./claims/index.ts";
import { embeddingStudies } from "./claims/studies.ts";
import { embeddingAnneal, embeddingLearner } from "./learner.ts";
import { mapProtocol } from "./protocols/map.ts";
import { trainProtocol } from "./protocols/train.ts";
import { trainingSetsProtocol } from "./protocols/training-sets.ts";
import { embeddingTheory } from "./theory/index.ts";
import { embeddingVectors } from "./vectors.ts";

export const embedding: System = {
  ...card,
  learner: embeddingLearner,
  theory: embeddingTheory,
  protocols: protocolsOf(embeddingLearner, {
    train: trainProtocol,
    anneal: embeddingAnneal,
    map: mapProtocol,
    "training-sets": trainingSetsProtocol,
  }),
  studies: embeddingStudies,
  claims: embeddingClaims,
  vectors: embeddingVectors,
};

export { embeddingLearner };
