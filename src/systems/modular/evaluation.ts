import { type Dimensions, weightsOf } from "./model/layout.ts";
import { largestOutput, network } from "./model/network.ts";
import { fullTable, type Split } from "./model/pairs.ts";
import { activeNeurons, neuronStrengths, participation, squaredNorms } from "./phases.ts";

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
 * Losses, accuracies and order parameters at a point, for the training and the test pairs from one pass over the whole table. The
 * trace is (1/N) [p sum_kn h_kn^2 + 8 sum_k |C_k|^2 sum_n h_kn].
 */
export const evaluator = (
  { p, K }: Dimensions,
  { train, test }: Split,
  op: string,
  centred: boolean,
): ((w: Float64Array) => Evaluation) => {
  const pairs = fullTable(p, op);
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

  const traceOn = (w: Float64Array, index: Int32Array): number => {
    const { A, B, C } = weightsOf(w, { p, K });
    let sum = 0;
    for (let k = 0, from = 0; k < K; k++, from += p) {
      let [h1, h2, norm] = [0, 0, 0];
      for (const i of index) {
        const s = A[from + pairs.a[i]] + B[from + pairs.b[i]];
        const h = s * s;
        h1 += h;
        h2 += h * h;
      }
      for (let j = from; j < from + p; j++) norm += C[j] * C[j];
      sum += p * h2 + 8 * norm * h1;
    }
    return sum / index.length;
  };

  return w => {
    const F = net.outputs(w);
    const training = measure(F, train);
    const testing = measure(F, test);
    const { A, C } = weightsOf(w, { p, K });
    const [normA, normB, normC] = squaredNorms(w, { p, K });
    return {
      trainLoss: training.loss,
      testLoss: testing.loss,
      trainAccuracy: training.accuracy,
      testAccuracy: testing.accuracy,
      trace: traceOn(w, train),
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
