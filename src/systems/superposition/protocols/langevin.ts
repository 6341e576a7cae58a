import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { log } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import { langevinCoefficient } from "../../../protocols/langevin-chain.ts";
import { MOST_BELOW } from "../../../protocols/local-chain.ts";
import { drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { familyPoint } from "../theory/families.ts";
import { checkFamily, controls } from "./controls.ts";

type Final = {
  readonly label: string;
  readonly nBeta: number;
  readonly lambda: number;
  readonly below: number;
  readonly kept: boolean;
};

/** Estimated learning coefficients at the k-gons: the source's Table K.1. One chain on a sample of its own a member. */
export const langevin = protocol<{ final: Final }>()({
  name: "langevin",
  summary: "estimate the learning coefficient at a critical point by Langevin steps on a finite sample, beta = 1/ln n",
  settings: {
    c: controls.c,
    n: { ...controls.n, default: 5000 },
    family: controls.family,
    vestigialBias: controls.vestigialBias,
    kappa: controls.kappa,
    stepSize: number("squared length scale of a step", { default: 1e-5, min: 1e-12, max: 1, scale: "log" }),
    gamma: { ...controls.gamma, default: 0.1 },
    burnIn: integer("steps left out", { default: 10_000, min: 0, max: 100_000_000, scale: "log" }),
    steps: integer("steps averaged", { default: 40_000, min: 1, max: 100_000_000, scale: "log" }),
  },
  small: { n: 200, burnIn: 40, steps: 300 },
  check: checkFamily,

  run({ settings, seed, chain }, context) {
    const { c, n, family, vestigialBias, kappa, ...plan } = settings;
    const nBeta = n > 1 ? (kappa * n) / log(n) : kappa;
    const { lambda, below } = langevinCoefficient({
      ...plan,
      objective: empiricalObjective(drawDataset(stream({ seed, chain, purpose: "dataset" }), { c, n }), 2),
      centre: familyPoint(c, family, vestigialBias),
      nBeta,
      random: purpose => stream({ seed, chain, purpose: `langevin ${purpose}` }),
      host: context,
    });
    context.record("final", { label: family, nBeta, lambda, below, kept: below <= MOST_BELOW });
    context.progress(1);
  },
});
