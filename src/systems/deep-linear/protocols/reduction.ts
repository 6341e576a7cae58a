import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { descendFor } from "../../../learning/descend.ts";
import { heavyBall } from "../../../learning/heavy-ball.ts";
import { squaresOf } from "../../../learning/networks/layout.ts";
import { noisyLinearObjective } from "../../../learning/networks/noisy-linear.ts";
import { stream } from "../../../numerics/stream.ts";
import type { PhaseName } from "../theory/global-minimum.ts";
import { reduce } from "../theory/reduction.ts";

/** Descent of a whole random network beside its one-dimensional reduction: one problem a chain. */
export const reductionProtocol = protocol<{
  final: {
    D: number;
    label: PhaseName;
    loss: number;
    reduced: number;
    penalties: readonly number[];
    regPerLayer: number;
  };
}>()({
  name: "reduction",
  summary: "minimise a whole network with noise and unequal decays, beside its exact reduction to one number",
  settings: {
    starts: integer("random starts, of which the lowest end counts", { default: 6, min: 1, max: 1000 }),
    steps: integer("steps of the heavy ball from each", { default: 6000, min: 1, max: 10_000_000, scale: "log" }),
    stepSize: number("step size", { default: 0.005, min: 1e-6, max: 1, scale: "log" }),
  },
  small: { starts: 2, steps: 100 },

  run({ settings, seed, chain }, context) {
    const { starts, steps, stepSize } = settings;
    const { moments, shape } = randomProblem(seed, chain);
    const D = shape.gammaW.length;
    const objective = noisyLinearObjective(moments, shape);
    const { saved } = context;
    let loss = (saved?.loss as number | undefined) ?? Infinity;
    let best = (saved?.best as Float64Array | undefined) ?? new Float64Array(objective.size);
    for (let start = (saved?.start as number | undefined) ?? 0; start < starts; start++) {
      const w = new Float64Array(objective.size);
      stream({ seed, chain, purpose: "start", step: start }).normals(w);
      for (let i = 0; i < w.length; i++) w[i] *= 0.7;
      descendFor(objective, heavyBall({ stepSize, momentum: 0.9 }), w, steps);
      const end = objective.loss(w);
      if (end < loss) [loss, best] = [end, w];
      context.save(() => ({ start: start + 1, loss, best }));
      context.progress((start + 1) / starts);
    }
    const penalties = squaresOf(objective, best).map((square, l) => square * (l < D ? shape.gammaW[l] : shape.gammaU));
    const { minLoss, regPerLayer, phase } = reduce(moments, shape);
    context.record("final", { D, label: phase, loss, reduced: minLoss, penalties, regPerLayer });
  },
});

/** Data of two directions and a network of 1 to 3 hidden layers of up to 4 neurons, with noise and unequal decays. */
const randomProblem = (seed: number, chain: number) => {
  const random = stream({ seed, chain, purpose: "problem" });
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const D = 1 + (chain % 3);
  const a = [between(0.6, 1.5), between(0.4, 1)];
  const tilt = between(-0.3, 0.3);
  const moments = {
    A0: [
      [a[0], tilt],
      [tilt, a[1]],
    ],
    n: [between(0.5, 1), between(-0.6, 0.6)],
    Ey2: 3,
  };
  const shape = {
    gammaU: between(0.02, 0.2),
    gammaW: Array.from({ length: D }, () => between(0.02, 0.2)),
    widths: Array.from({ length: D }, () => 1 + random.below(4)),
    sigma2: Array.from({ length: D }, () => between(0, 1)),
  };
  return { moments, shape };
};
