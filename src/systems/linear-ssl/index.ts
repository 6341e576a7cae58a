import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { augmentationSweeps, linearSslClaims, randomProblems } from "./claims.ts";
import { sslAnneal, sslLearner } from "./learner.ts";
import { randomProblem } from "./random-problem.ts";
import { linearSslTheory } from "./theory.ts";

export const linearSsl: System = {
  ...card,
  learner: sslLearner,
  theory: linearSslTheory,
  protocols: protocolsOf(sslLearner, { anneal: sslAnneal, "random-problem": randomProblem }),
  studies: [randomProblems, ...augmentationSweeps.map(({ sweep }) => sweep)],
  claims: linearSslClaims,
  vectors: {},
};

export { sslLearner };
