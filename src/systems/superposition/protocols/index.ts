import { sweep } from "../../../protocols/sweep.ts";
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
  sweep: sweep(train, superpositionLearner.sweeps, { x: { control: "c", from: 4, to: 8, count: 5 } }),
});
