import { type EpochOrderSettings, epochOrder } from "../learning/epoch-order.ts";

export interface SampleOrderSettings extends EpochOrderSettings {
  readonly batch: number;
}

/**
 * The samples of each step's minibatch, in the order of `epochOrder`. Epochs follow one another without a gap, so that every batch has the
 * same size, as the step program needs, and every epoch uses each sample once; where the batch divides the number of samples these are the
 * minibatches of `learning/gradients.ts`. The list is reused by the next call.
 */
export const sampleOrder = ({ samples, batch, seed, chain }: SampleOrderSettings): ((step: number) => Int32Array) => {
  const orderOf = epochOrder({ samples, seed, chain });
  const chosen = new Int32Array(batch);
  return step => {
    let epoch = Math.floor((step * batch) / samples);
    let from = step * batch - epoch * samples;
    for (let filled = 0; filled < batch; epoch++, from = 0) {
      const order = orderOf(epoch);
      const part = Math.min(batch - filled, samples - from);
      for (let i = 0; i < part; i++) chosen[filled + i] = order[from + i];
      filled += part;
    }
    return chosen;
  };
};
