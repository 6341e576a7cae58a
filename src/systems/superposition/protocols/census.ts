import type { Protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { checkDimensions } from "../model/layout.ts";
import { populationObjective } from "../model/population.ts";
import { classifyState, describeState } from "../phases.ts";
import { controls } from "./controls.ts";
import { descendHeavyBall } from "./descent.ts";

/** Descent on the population loss from random starts: which levels attract, and how often. */
export const censusProtocol: Protocol = {
  name: "census",
  summary: "descend the population loss from random starts and count the levels reached",
  settings: {
    c: controls.c,
    r: controls.r,
    spread: {
      kind: "number",
      summary: "standard deviation of each starting parameter",
      default: 0.5,
      min: 1e-6,
      max: 10,
    },
    steps: { kind: "integer", summary: "descent steps", default: 30_000, min: 1, max: 100_000_000, scale: "log" },
    rate: { ...controls.rate, default: 0.05 },
    momentum: controls.momentum,
  },

  check: ({ c, r }) => checkDimensions(c as number, r as number),

  run({ settings, seed, chain }, context) {
    const { c, r, spread, steps, rate, momentum } = settings as { [name: string]: number };
    const w = new Float64Array(r * c + c);
    stream({ seed, chain, purpose: "start" }).normals(w);
    for (let i = 0; i < w.length; i++) w[i] *= spread;
    descendHeavyBall(populationObjective({ c, r }), w, { rate, momentum, steps });
    const phase = classifyState(w, { c, r });
    context.record("final", { ...describeState(phase), W: phase.W, b: phase.b });
    context.progress(1);
  },
};
