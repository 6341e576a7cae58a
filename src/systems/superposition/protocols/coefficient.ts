import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { type LocalChain, localChain } from "../../../protocols/local-chain.ts";
import { populationObjective } from "../model/population.ts";
import { familyPoint } from "../theory/families.ts";
import { checkFamily, controls } from "./controls.ts";

/** The learning coefficient of a critical point at a finite nBeta: the local tempered mean of the excess loss. One chain a member. */
export const coefficient = protocol<{ final: { readonly label: string } & LocalChain }>()({
  name: "coefficient",
  summary: "sample around a critical point of the population loss: its learning coefficient at finite nBeta",
  settings: {
    c: controls.c,
    family: controls.family,
    vestigialBias: controls.vestigialBias,
    nBeta: number("weight of the population loss", { default: 10_000, min: 1e-3, max: 1e12, scale: "log" }),
    gamma: controls.gamma,
    draws: integer("draws kept", { default: 4000, min: 20, max: 10_000_000, scale: "log" }),
    burnIn: integer("steps that find the step size", { default: 1000, min: 20, max: 10_000_000 }),
    leapfrog: integer("leapfrog steps of a trajectory", { default: 16, min: 1, max: 1000 }),
  },
  small: { draws: 60, burnIn: 40 },
  check: checkFamily,

  run({ settings, seed, chain }, context) {
    const { c, family, vestigialBias, leapfrog, ...plan } = settings;
    const estimate = localChain({
      ...plan,
      objective: populationObjective({ c, r: 2 }),
      centre: familyPoint(c, family, vestigialBias),
      steps: leapfrog,
      random: purpose => stream({ seed, chain, purpose: `coefficient ${purpose}` }),
      host: context,
    });
    context.record("final", { label: family, ...estimate });
    context.progress(1);
  },
});
