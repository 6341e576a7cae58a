import { number } from "../../../contracts/field.ts";
import { descend } from "../../../protocols/descend.ts";
import { checkDimensions } from "../model/layout.ts";
import { populationObjective } from "../model/population.ts";
import { classifyState, describeState } from "../phases.ts";
import { controls } from "./controls.ts";
import { startPoint } from "./starts.ts";

/** Descent on the population loss from random starts: which levels attract, and how often. */
export const census = descend({
  name: "census",
  summary: "descend the population loss from random starts and count the levels reached",
  settings: {
    c: controls.c,
    r: controls.r,
    spread: number("standard deviation of each starting parameter", { default: 0.5, min: 1e-6, max: 10 }),
  },
  steps: 30_000,
  stepSize: 0.05,
  check: ({ c, r }) => checkDimensions(c, r),
  objective: populationObjective,
  start: (at, address) => startPoint("R", at, address).map(value => at.spread * value),
  end(at, w) {
    const phase = classifyState(w, at);
    return { ...describeState(phase), W: phase.W, b: phase.b };
  },
});
