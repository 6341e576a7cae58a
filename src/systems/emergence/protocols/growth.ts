import { protocol } from "../../../contracts/protocol.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import { GROWTH, integrated } from "../model/growth.ts";

/** The order parameter at each of N times. */
export type GrowthRecord = { readonly N: number; readonly sigma0: number; readonly order: readonly number[] };

export const growthProtocol = protocol<{ sample: GrowthRecord }>()({
  name: "growth",
  summary: "logistic growth of an order parameter from random small values, integrated",
  settings: {},
  run({ seed, chain }, context) {
    const normal = stream({ seed, chain, purpose: "growth" }).normal();
    const sigma0 = exp(log(GROWTH.mean) + GROWTH.spread * normal);
    context.record("sample", { N: GROWTH.points, sigma0, order: integrated(sigma0) });
    context.progress(1);
  },
});
