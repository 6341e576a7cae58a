import type { Health } from "../contracts/health.ts";
import type { RecordOf } from "../contracts/protocol.ts";
import { healthOf, type SamplingSign } from "../sampling/health.ts";
import { type PosteriorRecords, posteriorSamplers } from "./posterior.ts";
import { byChain } from "./records.ts";

type DrawLists = {
  readonly [name in "loss" | "order" | "energy" | "acceptance" | "divergent" | "truncated"]: readonly number[];
};

/** How far the draws of a posterior can be trusted, judged over all chains of a study; the same signs as those of `sample`. */
export const posteriorHealth = (
  draws: readonly RecordOf<PosteriorRecords, "draws">[],
  sampler: keyof typeof posteriorSamplers,
): Health<SamplingSign> => {
  const chains = [...byChain(draws).values()];
  const series = (name: keyof DrawLists) =>
    chains.map(own => Float64Array.from(own.flatMap((record: DrawLists) => record[name])));
  return healthOf(posteriorSamplers[sampler](), {
    names: ["the order parameter"],
    draws: series("order"),
    losses: series("loss"),
    energies: series("energy"),
    acceptance: series("acceptance"),
    divergent: series("divergent"),
    truncated: series("truncated"),
  });
};
