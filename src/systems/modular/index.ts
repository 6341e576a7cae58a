import type { System } from "../../contracts/system.ts";
import { sweep } from "../../protocols/sweep.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { card } from "./card.ts";
import { modularClaims } from "./claims/index.ts";
import { modularStudies } from "./claims/studies.ts";
import { modularAnneal, modularLearner, startedLearner } from "./learner.ts";
import { accuracyPhase } from "./phases.ts";
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
    sweep: sweep(trainProtocol, modularLearner.sweeps, {
      x: { control: "trainFraction", from: 0.2, to: 0.8, count: 7 },
      y: { control: "weightDecay", from: 0, to: 1, count: 6 },
      defaults: { measurements: "none" },
      shown: ({ trainLoss, trainAccuracy, testAccuracy }) => ({
        label: accuracyPhase(trainAccuracy as number, testAccuracy as number),
        order: testAccuracy,
        loss: trainLoss,
      }),
    }),
  }),
  studies: modularStudies,
  claims: modularClaims,
  vectors: modularVectors,
};

export { modularLearner };
