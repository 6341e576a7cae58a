import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { embeddingClaims } from "./claims/index.ts";
import { embeddingStudies } from "./claims/studies.ts";
import { embeddingAnneal, embeddingLearner } from "./learner.ts";
import { collapseProtocol } from "./protocols/collapse.ts";
import { imageMapProtocol } from "./protocols/image-map.ts";
import { imagesProtocol } from "./protocols/images.ts";
import { mapProtocol } from "./protocols/map.ts";
import { regionsProtocol } from "./protocols/regions.ts";
import { trainProtocol } from "./protocols/train.ts";
import { trainingSetsProtocol } from "./protocols/training-sets.ts";
import { transformerProtocol } from "./protocols/transformer.ts";
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
    regions: regionsProtocol,
    "training-sets": trainingSetsProtocol,
    transformer: transformerProtocol,
    images: imagesProtocol,
    "image-map": imageMapProtocol,
    collapse: collapseProtocol,
  }),
  studies: embeddingStudies,
  claims: embeddingClaims,
  vectors: embeddingVectors,
};

export { embeddingLearner };
