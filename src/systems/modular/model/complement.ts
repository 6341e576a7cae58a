import { invalid } from "../../../errors.ts";
import { gatherCost, gatherEvaluate } from "./gather.ts";
import { sizeOf } from "./layout.ts";
import { fullTable, pairsAt } from "./pairs.ts";
import type { Cost, Evaluate, Problem } from "./problem.ts";
import { tableGramCost, tableGramEvaluate } from "./table-gram.ts";

export const complementCost: Cost = (dimensions, count) =>
  tableGramCost(dimensions, count) + gatherCost(dimensions, dimensions.p * dimensions.p - count);

/**
 * Loss and gradient on most of the table: those of the whole table less those of the pairs that are left out. Sums lose the digits
 * that the two have in common, so that a training loss far below the test loss is known to about 1e-15 of the latter.
 */
export const complementEvaluate = (problem: Problem): Evaluate => {
  const { p, K, pairs, centred, targets } = problem;
  const count = pairs.index.length;
  if (centred || targets || count === p * p)
    throw invalid("method", "complement", "one-hot answers on a part of the table and a loss that is not centred");
  const answer = new Int32Array(p * p).fill(-1);
  pairs.index.forEach((i, n) => {
    answer[i] = pairs.c[n];
  });
  const left = Int32Array.from({ length: p * p }, (_, i) => i).filter(i => answer[i] < 0);
  // The answers of what is left out cancel, whatever they are.
  const op = (a: number, b: number): number => Math.max(0, answer[a * p + b]);
  const whole = tableGramEvaluate({ p, K, pairs: fullTable(p, op), centred: false });
  const rest = gatherEvaluate({ p, K, pairs: pairsAt(p, op, left), centred: false });
  const other = new Float64Array(sizeOf({ p, K }));
  const all = p * p;
  return (w, gradient) => {
    const wholeLoss = whole(w, gradient);
    const restLoss = rest(w, gradient && other);
    if (gradient)
      for (let i = 0; i < gradient.length; i++) gradient[i] = (all * gradient[i] - left.length * other[i]) / count;
    return (all * wholeLoss - left.length * restLoss) / count;
  };
};
