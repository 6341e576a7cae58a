import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { superpositionClaims } from "./claims/index.ts";
import { superpositionStudies } from "./claims/studies.ts";
import { superpositionLearner } from "./learner.ts";
import { superpositionProtocols } from "./protocols/index.ts";
import { superpositionTheory } from "./theory/index.ts";
import { superpositionVectors } from "./vectors.ts";

export const superposition: System = {
  ...card,
  learner: superpositionLearner,
  theory: superpositionTheory,
  protocols: superpositionProtocols,
  studies: superpositionStudies,
  claims: superpositionClaims,
  vectors: superpositionVectors,
};

export { superpositionLearner };
