import type { Protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { namedPoints, pointAt, pointSettings } from "../points.ts";
import { hamiltonianEstimate } from "../posterior/hamiltonian-estimate.ts";
import { langevinEstimate } from "../posterior/langevin-estimate.ts";
import { controls } from "./controls.ts";

/** The learning coefficient at an exactly known point, at a finite nBeta: one chain a member. */
export const coefficientProtocol: Protocol = {
  name: "coefficient",
  summary: "sample around an exactly known zero of the loss: its learning coefficient at finite nBeta",
  settings: {
    ...pointSettings,
    point: {
      kind: "choice",
      summary: Object.entries(namedPoints)
        .map(([name, { summary }]) => `${name}: ${summary}`)
        .join("; "),
      default: "narrow",
      choices: Object.keys(namedPoints),
    },
    sampler: {
      kind: "choice",
      summary: "hmc: Hamiltonian chains that accept or refuse; langevin: full-batch Langevin",
      default: "hmc",
      choices: ["hmc", "langevin"],
    },
    nBeta: { ...controls.nBeta, default: 1e4 },
    gamma: { ...controls.gamma, default: 10 },
    stepSize: { ...controls.stepSize, default: 1e-5 },
    burnIn: { ...controls.burnIn, default: 600 },
    draws: { ...controls.draws, default: 1500 },
  },

  check: settings => void pointAt(settings.point as string, settings),

  run({ settings, seed, chain }, context) {
    const { nBeta, gamma, stepSize, burnIn, draws } = settings as { [name: string]: number };
    const { objective, w } = pointAt(settings.point as string, settings);
    const random = (purpose: string) => stream({ seed, chain, purpose: `point ${purpose}` });
    const plan = { objective, centre: w, nBeta, gamma, burnIn, draws, random };
    const estimate = settings.sampler === "hmc" ? hamiltonianEstimate(plan) : langevinEstimate({ ...plan, stepSize });
    context.record("final", {
      point: settings.point,
      nBeta,
      lambda: estimate.kind === "estimate" ? estimate.lambda : null,
      standardError: estimate.kind === "estimate" ? estimate.standardError : null,
      failure: estimate.kind === "failure" ? estimate.text : null,
    });
    context.progress(1);
  },
};
