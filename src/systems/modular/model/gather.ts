import type { SampledObjective } from "../../../contracts/objective.ts";
import { model } from "../../../engine/model.ts";
import { objective } from "../../../experiments/objective.ts";
import type { Cost, Evaluate, Problem } from "./problem.ts";

export const gatherCost: Cost = ({ p, K }, count) => 3 * count * p * K + 8 * count * K;

/**
 * Loss and gradient on any set of pairs as a compiled array program: rows gathered from the tables A^T and B^T,
 *
 *     s_n = A[:, a_n] + B[:, b_n],   F = (s o s) C,   L = |F - Y|^2 / (2N),
 *
 * and back, with the rows of 2 s o ((F - Y) C^T) / N added into dA^T by a_n and into dB^T by b_n. 3 N p K multiply-adds in three
 * products. Batches are programs of their own, one for each size.
 */
export const gatherObjective = ({ p, K, pairs, centred, targets }: Problem): SampledObjective => {
  const count = pairs.index.length;
  const network = model((m, { a, b, y }) => {
    const [A, B, C] = ["A", "B", "C"].map(name => m.parameter(name, [K, p], 0));
    const s = m.add(m.gather(m.transpose(A), a), m.gather(m.transpose(B), b));
    const E = m.sub(m.matmul(m.mul(s, s), C), y);
    return m.mul(m.squaredError(E, centred ? m.mean(E, 0) : 0), 0.5);
  });
  const y = targets ?? oneHot(pairs.c, p);
  return objective(network, { a: pairs.a, b: pairs.b, y: { shape: [count, p], data: y } });
};

export const gatherEvaluate = (problem: Problem): Evaluate => {
  const own = gatherObjective(problem);
  return (w, gradient) => (gradient ? own.lossAndGradient(w, gradient) : own.loss(w));
};

const oneHot = (answers: Int32Array, p: number): Float64Array => {
  const y = new Float64Array(answers.length * p);
  answers.forEach((answer, n) => {
    y[n * p + answer] = 1;
  });
  return y;
};
