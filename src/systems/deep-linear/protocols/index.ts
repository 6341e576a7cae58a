import { protocolsOf } from "../../../protocols/verbs.ts";
import { flowersAnneal } from "../flowers.ts";
import { networkAnneal, networkLearner } from "../learner.ts";
import { basinProtocol } from "./basin.ts";
import { langevinProtocol } from "./langevin.ts";
import { mapProtocol } from "./map.ts";
import { reductionProtocol } from "./reduction.ts";

export const deepLinearProtocols = protocolsOf(networkLearner, {
  anneal: networkAnneal,
  langevin: langevinProtocol,
  reduction: reductionProtocol,
  map: mapProtocol,
  basin: basinProtocol,
  flowers: flowersAnneal,
});
