import type { Protocol } from "../../../contracts/protocol.ts";
import { log } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import { drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { langevinCoefficient } from "../posterior/langevin-coefficient.ts";
import { MOST_BELOW } from "../posterior/local-coefficient.ts";
import { families, familyPoint } from "../theory/families.ts";
import { controls } from "./controls.ts";

/** Estimated learning coefficients at the k-gons: the source's Table K.1. One chain on a sample of its own a member. */
export const langevinProtocol: Protocol = {
  name: "langevin",
  summary: "estimate the learning coefficient at a critical point by Langevin steps on a finite sample, beta = 1/ln n",
  settings: {
    c: controls.c,
    n: { ...controls.n, default: 5000 },
    family: { kind: "choice", summary: "critical point", default: "5", choices: families.map(({ label }) => label) },
    vestigialBias: { kind: "number", summary: "bias of negative vestigial features", default: -1, min: -10, max: 0 },
    kappa: controls.kappa,
    stepSize: {
      kind: "number",
      summary: "squared length scale of a step",
      default: 1e-5,
      min: 1e-12,
      max: 1,
      scale: "log",
    },
    gamma: { ...controls.gamma, default: 0.1 },
    burnIn: { kind: "integer", summary: "steps left out", default: 10_000, min: 0, max: 100_000_000, scale: "log" },
    steps: { kind: "integer", summary: "steps averaged", default: 40_000, min: 1, max: 100_000_000, scale: "log" },
  },

  check: ({ c, family }) => void familyPoint(c as number, family as string, -1),

  run({ settings, seed, chain }, context) {
    const { c, n, vestigialBias, kappa, stepSize, gamma, burnIn, steps } = settings as { [name: string]: number };
    const nBeta = n > 1 ? (kappa * n) / log(n) : kappa;
    const { lambda, below } = langevinCoefficient({
      objective: empiricalObjective(drawDataset(stream({ seed, chain, purpose: "dataset" }), { c, n }), 2),
      centre: familyPoint(c, settings.family as string, vestigialBias),
      nBeta,
      gamma,
      stepSize,
      burnIn,
      steps,
      random: purpose => stream({ seed, chain, purpose: `langevin ${purpose}` }),
    });
    context.record("final", { label: settings.family, nBeta, lambda, below, kept: below <= MOST_BELOW });
    context.progress(1);
  },
};
