import { largestOutput } from "../../learning/accuracy.ts";
import { participation } from "../../numerics/row-spectra.ts";
import { type Dimensions, weightsOf } from "./model/layout.ts";
import { network } from "./model/network.ts";
import { fullTable, pairsAt, type Split } from "./model/pairs.ts";
import { activeNeurons, neuronStrengths, squaredNorms } from "./phases.ts";
import { gaussNewtonTrace } from "./theory/traces.ts";

export type Evaluation = {
  readonly trainLoss: number;
  readonly testLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Of J^T J / N on the training pairs. */
  readonly trace: number;
  /** Squared norms of A, B and C. */
  readonly normA: number;
  readonly normB: number;
  readonly normC: number;
  /** Mean inverse participation ratio of the rows of A, and of those of C. */
  readonly iprA: number;
  readonly iprC: number;
  readonly active: number;
};

/**
 * Losses, accuracies and order parameters at a point, for the training and the test pairs from one pass over the whole table.
 */
export const evaluator = (
  { p, K }: Dimensions,
  { train, test }: Split,
  op: string,
  centred: boolean,
): ((w: Float64Array) => Evaluation) => {
  const pairs = fullTable(p, op);
  const training = pairsAt(p, op, train);
  const net = network({ p, K }, pairs);
  const mean = new Float64Array(p);

  const measure = (F: Float64Array, index: Int32Array) => {
    mean.fill(0);
    if (centred)
      for (const i of index)
        for (let c = 0; c < p; c++) mean[c] += (F[i * p + c] - (c === pairs.c[i] ? 1 : 0)) / index.length;
    let [squares, right] = [0, 0];
    for (const i of index) {
      for (let c = 0; c < p; c++) {
        const e = F[i * p + c] - (c === pairs.c[i] ? 1 : 0) - mean[c];
        squares += e * e;
      }
      if (largestOutput(F, i, p) === pairs.c[i]) right++;
    }
    return { loss: squares / (2 * index.length), accuracy: right / index.length };
  };

  return w => {
    const F = net.outputs(w);
    const onTraining = measure(F, train);
    const onTest = measure(F, test);
    const { A, C } = weightsOf(w, { p, K });
    const [normA, normB, normC] = squaredNorms(w, { p, K });
    return {
      trainLoss: onTraining.loss,
      testLoss: onTest.loss,
      trainAccuracy: onTraining.accuracy,
      testAccuracy: onTest.accuracy,
      trace: gaussNewtonTrace(w, { p, K }, training),
      normA,
      normB,
      normC,
      iprA: meanOf(participation(A, { p, K })),
      iprC: meanOf(participation(C, { p, K })),
      active: activeNeurons(neuronStrengths(w, { p, K })),
    };
  };
};

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
