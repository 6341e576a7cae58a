import { sweep } from "../../../protocols/sweep.ts";
import { relationsLearner } from "../learner.ts";
import { trainProtocol } from "./train.ts";

/** Phases over the two learning rates, from several seeds [figure 5]; each run ends as soon as its phase is decided. */
export const sweepProtocol = sweep(trainProtocol, relationsLearner.sweeps);
