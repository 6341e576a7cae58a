import type { Controls } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Protocol } from "../contracts/protocol.ts";
import { anneal } from "./anneal.ts";
import { LIVE, live, liveMap } from "./live.ts";
import { posterior } from "./posterior.ts";
import { LIVE_MAP, sweep } from "./sweep.ts";
import { train } from "./train.ts";

/**
 * The protocols that every learner has: `train`, `anneal`, `posterior`, `sweep`, which maps the phases in which its training ends, and the quick `live` and
 * `live-map` of the browser lab; what a system declares itself takes their place.
 */
export const protocolsOf = <
  Declared extends Controls,
  Seen extends JsonObject,
  Own extends { readonly [name: string]: Protocol },
>(
  learner: Learner<Declared, Seen>,
  own: Own,
): { readonly [name: string]: Protocol } => {
  const trained: Protocol = own.train ?? train(learner);
  return {
    train: trained,
    anneal: anneal(learner),
    posterior: posterior(learner),
    sweep: own.sweep ?? sweep(trained, learner.sweeps),
    [LIVE]: live(learner),
    [LIVE_MAP]: liveMap(learner),
    ...own,
  };
};
