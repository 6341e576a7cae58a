import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { deepLinearClaims } from "./claims/index.ts";
import { deepLinearStudies } from "./claims/studies.ts";
import { networkLearner } from "./learner.ts";
import { deepLinearProtocols } from "./protocols/index.ts";
import { deepLinearTheory } from "./theory/index.ts";

export const deepLinear: System = {
  ...card,
  learner: networkLearner,
  theory: deepLinearTheory,
  protocols: deepLinearProtocols,
  studies: deepLinearStudies,
  claims: deepLinearClaims,
  vectors: {},
};

export { deepLinearConditionals } from "../../sampling/linear-network-conditionals.ts";
export { networkLearner };
