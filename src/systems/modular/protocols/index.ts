import type { Protocol } from "../../../contracts/protocol.ts";
import { annealModular } from "./anneal.ts";
import { coefficientProtocol } from "./coefficient.ts";
import { rankProtocol } from "./rank.ts";
import { trainProtocol } from "./train.ts";

export const modularProtocols: { readonly [name: string]: Protocol } = {
  train: trainProtocol,
  anneal: annealModular,
  coefficient: coefficientProtocol,
  rank: rankProtocol,
};
