import { protocolsOf } from "../../../protocols/verbs.ts";
import { superpositionAnneal, superpositionLearner } from "../learner.ts";
import { census } from "./census.ts";
import { coefficient, langevin } from "./coefficient.ts";
import { escapeProtocol } from "./escape.ts";
import { posterior } from "./posterior.ts";
import { train } from "./train.ts";

export const superpositionProtocols = protocolsOf(superpositionLearner, {
  train,
  anneal: superpositionAnneal,
  census,
  escape: escapeProtocol,
  posterior,
  coefficient,
  langevin,
});
