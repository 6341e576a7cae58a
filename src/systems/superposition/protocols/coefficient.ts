import type { Protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { localChain } from "../posterior/local-coefficient.ts";
import { families, familyPoint } from "../theory/families.ts";
import { controls } from "./controls.ts";

/** The learning coefficient of a critical point at a finite nBeta: the local tempered mean of the excess loss. One chain a member. */
export const coefficientProtocol: Protocol = {
  name: "coefficient",
  summary: "sample around a critical point of the population loss: its learning coefficient at finite nBeta",
  settings: {
    c: controls.c,
    family: { kind: "choice", summary: "critical point", default: "5", choices: families.map(({ label }) => label) },
    vestigialBias: { kind: "number", summary: "bias of negative vestigial features", default: -1, min: -10, max: 0 },
    nBeta: {
      kind: "number",
      summary: "weight of the population loss",
      default: 10_000,
      min: 1e-3,
      max: 1e12,
      scale: "log",
    },
    gamma: controls.gamma,
    draws: { kind: "integer", summary: "draws kept", default: 4000, min: 20, max: 10_000_000, scale: "log" },
    burnIn: { kind: "integer", summary: "steps that find the step size", default: 1000, min: 20, max: 10_000_000 },
    leapfrog: { kind: "integer", summary: "leapfrog steps of a trajectory", default: 16, min: 1, max: 1000 },
  },

  check: ({ c, family }) => void familyPoint(c as number, family as string, -1),

  run({ settings, seed, chain }, context) {
    const { c, vestigialBias, nBeta, gamma, draws, burnIn, leapfrog } = settings as { [name: string]: number };
    const estimate = localChain({
      c,
      centre: familyPoint(c, settings.family as string, vestigialBias),
      nBeta,
      gamma,
      burnIn,
      draws,
      steps: leapfrog,
      random: purpose => stream({ seed, chain, purpose: `coefficient ${purpose}` }),
    });
    context.record("final", { label: settings.family, ...estimate });
    context.progress(1);
  },
};
