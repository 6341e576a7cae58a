import type { Address } from "../../contracts/protocol.ts";
import { type Stream, stream } from "../../numerics/stream.ts";
import { descend } from "../../protocols/descend.ts";
import { encoderStart, encoderState, type SslProblem, sslObjective } from "./model.ts";
import { directions, sslMinimum, survivingDirections } from "./theory.ts";

/** Random problems keep this far from any threshold, where descent would take for ever. */
const CLEAR = 0.05;

const spd = (random: Stream, d: number, scale: number): number[][] => {
  const G = Array.from({ length: d }, () => Array.from({ length: d }, () => random.normal()));
  return G.map((row, i) =>
    G.map((other, j) => scale * (row.reduce((sum, x, k) => sum + x * other[k], 0) / d + (i === j ? 0.1 : 0))),
  );
};

const problemOf = (address: Address): SslProblem => {
  const random = stream({ ...address, purpose: "problem" });
  for (;;) {
    const d = 3 + random.below(2);
    const problem = {
      A: spd(random, d, 1),
      C: spd(random, d, 0.6),
      alpha: 1 + 2 * random.uniform(),
      weightDecay: 0.4 * random.uniform() + 0.02,
      width: 2 + random.below(3),
    };
    if (directions(problem).every(value => Math.abs(value) > CLEAR)) return problem;
  }
};

export const randomProblem = descend({
  name: "random-problem",
  summary: "gradient descent on a random problem, one a chain, beside the count of surviving directions",
  settings: {},
  steps: 4000,
  stepSize: 0.02,
  objective: (_, address) => sslObjective(problemOf(address)),
  start: (_, address) => encoderStart(sslObjective(problemOf(address)).size, address),
  end(_, w, address) {
    const problem = problemOf(address);
    const { rank, spectrum } = encoderState(w, problem.A.length);
    return {
      label: `rank ${rank}`,
      rank,
      spectrum,
      loss: sslObjective(problem).loss(w),
      predictedRank: survivingDirections(problem),
      predictedLoss: sslMinimum(problem).loss,
    };
  },
});
