import { integer, number } from "../../contracts/field.ts";
import { protocol } from "../../contracts/protocol.ts";
import { linearCheckpoints } from "../../learning/checkpoints.ts";
import { descend } from "../../learning/descend.ts";
import { fullBatch } from "../../learning/gradients.ts";
import { heavyBall } from "../../learning/heavy-ball.ts";
import { symmetricEigenvalues } from "../../numerics/linear-algebra.ts";
import { type Stream, stream } from "../../numerics/stream.ts";
import { encoderStart, encoderState, type SslProblem, sslObjective } from "./model.ts";
import { sslMinimum, survivingDirections } from "./theory.ts";

/** Random problems keep this far from any threshold, where descent would take for ever. */
const CLEAR = 0.05;
/** Steps between two states that could be saved. */
const SLICE = 500;

const spd = (random: Stream, d: number, scale: number): number[][] => {
  const G = Array.from({ length: d }, () => Array.from({ length: d }, () => random.normal()));
  return G.map((row, i) =>
    G.map((other, j) => scale * (row.reduce((sum, x, k) => sum + x * other[k], 0) / d + (i === j ? 0.1 : 0))),
  );
};

const drawProblem = (random: Stream): SslProblem => {
  for (;;) {
    const d = 3 + random.below(2);
    const problem = {
      A: spd(random, d, 1),
      C: spd(random, d, 0.6),
      alpha: 1 + 2 * random.uniform(),
      weightDecay: 0.4 * random.uniform() + 0.02,
      width: 2 + random.below(3),
    };
    const { A, C, alpha, weightDecay } = problem;
    const B = Float64Array.from({ length: d * d }, (_, at) => {
      const [i, j] = [Math.floor(at / d), at % d];
      return A[i][j] - (alpha - 1) * C[i][j] - (i === j ? weightDecay : 0);
    });
    if (symmetricEigenvalues(B, d).every(value => Math.abs(value) > CLEAR)) return problem;
  }
};

export const randomProblem = protocol<{
  final: {
    readonly label: string;
    readonly rank: number;
    readonly spectrum: readonly number[];
    readonly loss: number;
    readonly predictedRank: number;
    readonly predictedLoss: number | null;
  };
}>()({
  name: "random-problem",
  summary: "gradient descent on a random problem, one a chain, beside the count of surviving directions",
  settings: {
    steps: integer("steps of the heavy ball", { default: 4000, min: 1, max: 10_000_000, scale: "log" }),
    stepSize: number("step size", { default: 0.02, min: 1e-6, max: 1, scale: "log" }),
  },
  small: { steps: 1200 },
  run({ settings: { steps, stepSize }, ...address }, context) {
    const problem = drawProblem(stream({ ...address, purpose: "problem" }));
    const objective = sslObjective(problem);
    const { saved } = context;
    const w = (saved?.w as Float64Array | undefined)?.slice() ?? encoderStart(objective.size, address);
    descend({
      gradients: fullBatch(objective),
      optimiser: heavyBall({ stepSize, momentum: 0.9 }),
      w,
      ...(saved && { state: { velocity: (saved.velocity as Float64Array).slice() }, from: saved.step as number }),
      checkpoints: linearCheckpoints(Math.min(SLICE, steps), steps),
      visit({ step, w, state }) {
        context.save(() => ({ w, step, velocity: state.velocity }));
        context.progress(step / steps);
      },
    });
    const { rank, spectrum } = encoderState(w, problem.A.length);
    context.record("final", {
      label: `rank ${rank}`,
      rank,
      spectrum,
      loss: objective.loss(w),
      predictedRank: survivingDirections(problem),
      predictedLoss: sslMinimum(problem).loss,
    });
  },
});
