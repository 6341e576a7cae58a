import type { Protocol } from "../../../contracts/protocol.ts";
import { deepLinearAnneal } from "./anneal.ts";
import { basinProtocol } from "./basin.ts";
import { flowersProtocol } from "./flowers.ts";
import { langevinProtocol } from "./langevin.ts";
import { mapProtocol } from "./map.ts";
import { reductionProtocol } from "./reduction.ts";
import { trainProtocol } from "./train.ts";

export const deepLinearProtocols: { readonly [name: string]: Protocol } = {
  train: trainProtocol,
  anneal: deepLinearAnneal,
  langevin: langevinProtocol,
  reduction: reductionProtocol,
  map: mapProtocol,
  basin: basinProtocol,
  flowers: flowersProtocol,
};
