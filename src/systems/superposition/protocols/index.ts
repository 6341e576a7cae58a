import type { Protocol } from "../../../contracts/protocol.ts";
import { annealSuperposition } from "./anneal.ts";
import { censusProtocol } from "./census.ts";
import { coefficientProtocol } from "./coefficient.ts";
import { escapeProtocol } from "./escape.ts";
import { langevinProtocol } from "./langevin.ts";
import { posteriorProtocol } from "./posterior.ts";
import { trainProtocol } from "./train.ts";

export const superpositionProtocols: { readonly [name: string]: Protocol } = {
  train: trainProtocol,
  anneal: annealSuperposition,
  census: censusProtocol,
  escape: escapeProtocol,
  posterior: posteriorProtocol,
  coefficient: coefficientProtocol,
  langevin: langevinProtocol,
};
