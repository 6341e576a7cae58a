import type { Protocol } from "../../../contracts/protocol.ts";
import { linearCheckpoints } from "../../../learning/checkpoints.ts";
import { descend } from "../../../learning/descend.ts";
import { gradientDescent } from "../../../learning/gradient-descent.ts";
import { fullBatch } from "../../../learning/gradients.ts";
import { networkState } from "../phases.ts";
import { controls, networkControls, networkSettings } from "./controls.ts";
import { checkNetwork, networkObjective, networkStart } from "./network.ts";

/** Gradient descent at fixed weight decay from a random start. */
export const trainProtocol: Protocol = {
  name: "train",
  summary: "gradient descent at one weight decay from a random start",
  settings: {
    ...networkControls,
    spread: controls.spread,
    stepSize: controls.stepSize,
    steps: { kind: "integer", summary: "steps of descent", default: 4000, min: 1, max: 100_000_000, scale: "log" },
    every: { kind: "integer", summary: "steps between checkpoints", default: 100, min: 1, max: 100_000_000 },
  },

  check: settings => checkNetwork(networkSettings(settings)),

  run({ settings, seed, chain }, context) {
    const network = networkSettings(settings);
    const { steps, every, stepSize, spread } = settings as { [name: string]: number };
    const objective = networkObjective(network, seed);
    const widths = new Array<number>(network.D).fill(network.width);
    const { saved } = context;
    const w = saved ? (saved.w as Float64Array).slice() : networkStart(network, spread, seed, chain);
    descend({
      gradients: fullBatch(objective),
      optimiser: gradientDescent({ rate: stepSize }),
      w,
      ...(saved && { from: saved.step as number }),
      checkpoints: linearCheckpoints(Math.min(every, steps), steps),
      visit({ step }) {
        context.record("checkpoint", { step, loss: objective.loss(w), ...networkState(w, network.dx, widths) });
        context.save(() => ({ w, step }));
        context.progress(step / steps);
      },
    });
    context.record("final", { loss: objective.loss(w), ...networkState(w, network.dx, widths) });
  },
};
