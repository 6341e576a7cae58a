import type { Protocol } from "../../../contracts/protocol.ts";
import { censusProtocol } from "./census.ts";
import { escapeProtocol } from "./escape.ts";
import { trainProtocol } from "./train.ts";

export const superpositionProtocols: { readonly [name: string]: Protocol } = {
  train: trainProtocol,
  census: censusProtocol,
  escape: escapeProtocol,
};
