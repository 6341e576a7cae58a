import type { Protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { populationObjective } from "../model/population.ts";
import { classifyState, describeState, LEVEL_TOLERANCE } from "../phases.ts";
import { families, familyPoint } from "../theory/families.ts";
import { controls } from "./controls.ts";
import { descendHeavyBall } from "./descent.ts";

/** Descent from perturbed copies of a critical point: do they come back to its level, or leave it? */
export const escapeProtocol: Protocol = {
  name: "escape",
  summary: "perturb a critical point, descend the population loss, and see whether its level is left",
  settings: {
    c: controls.c,
    family: { kind: "choice", summary: "critical point", default: "4++-", choices: families.map(({ label }) => label) },
    vestigialBias: { kind: "number", summary: "bias of negative vestigial features", default: -0.5, min: -10, max: 0 },
    noise: { kind: "number", summary: "standard deviation added to each parameter", default: 1e-3, min: 0, max: 1 },
    steps: { kind: "integer", summary: "descent steps", default: 20_000, min: 1, max: 100_000_000, scale: "log" },
    rate: { ...controls.rate, default: 0.05 },
    momentum: controls.momentum,
  },

  check: ({ c, family }) => void familyPoint(c as number, family as string, -1),

  run({ settings, seed, chain }, context) {
    const { c, noise, vestigialBias, steps, rate, momentum } = settings as { [name: string]: number };
    const objective = populationObjective({ c, r: 2 });
    const w = familyPoint(c, settings.family as string, vestigialBias);
    const level = objective.loss(w);
    const random = stream({ seed, chain, purpose: "perturbation" });
    for (let i = 0; i < w.length; i++) w[i] += noise * random.normal();
    descendHeavyBall(objective, w, { rate, momentum, steps });
    const phase = classifyState(w, { c, r: 2 });
    context.record("final", {
      family: settings.family,
      level,
      left: Math.abs(phase.loss - level) > LEVEL_TOLERANCE,
      ...describeState(phase),
    });
    context.progress(1);
  },
};
