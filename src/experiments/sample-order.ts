import { stream } from "../numerics/stream.ts";

export interface SampleOrderSettings {
  readonly samples: number;
  readonly batch: number;
  readonly seed: number;
  readonly chain: number;
}

/**
 * The samples of each step's minibatch. Epochs are shuffled afresh and follow one another without a gap, so that every batch has the
 * same size and every epoch uses each sample once. Addressed by (seed, chain, epoch): any step can be asked for, and successive ones are
 * cheap. The list is reused by the next call.
 */
export const sampleOrder = ({ samples, batch, seed, chain }: SampleOrderSettings): ((step: number) => Int32Array) => {
  const random = stream({ seed, chain, purpose: "minibatches" });
  const order = new Int32Array(samples);
  const chosen = new Int32Array(batch);
  let shuffledFor = -1;
  const shuffle = (epoch: number) => {
    if (epoch === shuffledFor) return;
    for (let i = 0; i < samples; i++) order[i] = i;
    random.at(epoch).shuffle(order);
    shuffledFor = epoch;
  };
  return step => {
    let epoch = Math.floor((step * batch) / samples);
    let from = step * batch - epoch * samples;
    for (let filled = 0; filled < batch; epoch++, from = 0) {
      shuffle(epoch);
      const part = Math.min(batch - filled, samples - from);
      for (let i = 0; i < part; i++) chosen[filled + i] = order[from + i];
      filled += part;
    }
    return chosen;
  };
};
