import { choice } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { type ChainEstimate, hamiltonianEstimate, langevinEstimate } from "../../../protocols/chain-estimate.ts";
import { controls } from "../controls.ts";
import { namedPoints, pointAt, pointControls, pointNames } from "../points.ts";

/** The learning coefficient at an exactly known point, at a finite nBeta: one chain a member. */
export const coefficientProtocol = protocol<{
  final: { readonly point: string; readonly nBeta: number } & ChainEstimate;
}>()({
  name: "coefficient",
  summary: "sample around an exactly known zero of the loss: its learning coefficient at finite nBeta",
  settings: {
    ...pointControls,
    point: choice(pointNames.map(name => `${name}: ${namedPoints[name].summary}`).join("; "), pointNames, {
      default: "narrow",
    }),
    sampler: choice("hmc: Hamiltonian chains that accept or refuse; langevin: full-batch Langevin", [
      "hmc",
      "langevin",
    ]),
    nBeta: { ...controls.nBeta, default: 1e4 },
    gamma: { ...controls.gamma, default: 10 },
    stepSize: { ...controls.langevinStep, default: 1e-5 },
    burnIn: { ...controls.burnIn, default: 600 },
    draws: { ...controls.draws, default: 1500 },
  },
  small: { p: 3, burnIn: 120, draws: 120 },

  check: settings => void pointAt(settings.point, settings),

  run({ settings, seed, chain }, context) {
    const { point, sampler, nBeta, gamma, stepSize, burnIn, draws } = settings;
    const { objective, w } = pointAt(point, settings);
    const random = (purpose: string) => stream({ seed, chain, purpose: `point ${purpose}` });
    const plan = { objective, centre: w, nBeta, gamma, burnIn, draws, random, host: context };
    const estimate = sampler === "hmc" ? hamiltonianEstimate(plan) : langevinEstimate({ ...plan, stepSize });
    context.record("final", { point, nBeta, ...estimate });
    context.progress(1);
  },
});
