import { stream } from "../numerics/stream.ts";

export interface EpochOrderSettings {
  readonly samples: number;
  readonly seed: number;
  readonly chain: number;
}

/**
 * The order of all samples in an epoch, from 0, shuffled afresh for each. Addressed by (seed, chain, epoch), so that a run continues from any
 * epoch without saved random state; asking again for the same epoch is free. The list is reused by the next call.
 */
export const epochOrder = ({ samples, seed, chain }: EpochOrderSettings): ((epoch: number) => Int32Array) => {
  const random = stream({ seed, chain, purpose: "minibatches" });
  const order = new Int32Array(samples);
  let shuffledFor = -1;
  return epoch => {
    if (epoch !== shuffledFor) {
      for (let i = 0; i < samples; i++) order[i] = i;
      random.at(epoch).shuffle(order);
      shuffledFor = epoch;
    }
    return order;
  };
};
