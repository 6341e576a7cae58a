import { number } from "../../../contracts/field.ts";
import { stream } from "../../../numerics/stream.ts";
import { descend } from "../../../protocols/descend.ts";
import { populationObjective } from "../model/population.ts";
import { classifyState, describeState, LEVEL_TOLERANCE } from "../phases.ts";
import { familyPoint } from "../theory/families.ts";
import { checkFamily, controls } from "./controls.ts";

const objectiveIn = ({ c }: { readonly c: number }) => populationObjective({ c, r: 2 });

/** Descent from perturbed copies of a critical point: do they come back to its level, or leave it? */
export const escapeProtocol = descend({
  name: "escape",
  summary: "perturb a critical point, descend the population loss, and see whether its level is left",
  settings: {
    c: controls.c,
    family: { ...controls.family, default: "4++-" },
    vestigialBias: { ...controls.vestigialBias, default: -0.5 },
    noise: number("standard deviation added to each parameter", { default: 1e-3, min: 0, max: 1 }),
  },
  steps: 20_000,
  stepSize: 0.05,
  check: checkFamily,
  objective: objectiveIn,
  start({ c, family, vestigialBias, noise }, { seed, chain }) {
    const random = stream({ seed, chain, purpose: "perturbation" });
    return familyPoint(c, family, vestigialBias).map(value => value + noise * random.normal());
  },
  end({ c, family, vestigialBias }, w) {
    const level = objectiveIn({ c }).loss(familyPoint(c, family, vestigialBias));
    const phase = classifyState(w, { c, r: 2 });
    return { family, level, left: Math.abs(phase.loss - level) > LEVEL_TOLERANCE, ...describeState(phase) };
  },
});
