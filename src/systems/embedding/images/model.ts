import type { Address } from "../../../contracts/protocol.ts";
import { type Model, model } from "../../../engine/model.ts";
import type { Data } from "../../../experiments/data.ts";
import { adam } from "../../../learning/adam.ts";
import type { ParameterGroup } from "../../../learning/parameter-groups.ts";
import type { ImageValues } from "./controls.ts";
import { CLASSES, digitImages, type Images } from "./digits.ts";

/**
 * A perceptron of three layers with rectifiers, pixels -> width -> width -> classes. Its loss is the mean over pictures and classes of the squared error against one-hot
 * targets. Weights and biases start uniform between -+1/sqrt(inputs), times a factor.
 */
export const imageModel = ({ width, startScale }: Pick<ImageValues, "width" | "startScale">): Model =>
  model((m, { picture, label }) => {
    const layer = (name: string, inputs: number, outputs: number) => {
      const start = { uniform: startScale / Math.sqrt(inputs) };
      return {
        weight: m.parameter(`${name}.weight`, [inputs, outputs], start),
        bias: m.parameter(`${name}.bias`, [outputs], start),
      };
    };
    const [first, second, last] = [
      layer("first", picture.shape[1], width),
      layer("second", width, width),
      layer("last", width, CLASSES),
    ];
    const one = m.relu(m.add(m.matmul(picture, first.weight), first.bias));
    const two = m.relu(m.add(m.matmul(one, second.weight), second.bias));
    const out = m.add(m.matmul(two, last.weight), last.bias);
    return { loss: m.mean(m.square(m.sub(out, m.oneHot(label, CLASSES)))), accuracy: m.accuracy(out, label) };
  });

/** Pictures of a member to train on or to test on. */
export const memberImages = (which: "train" | "test", at: ImageValues, { seed, chain }: Address): Images =>
  digitImages(which === "train" ? at.trainImages : at.testImages, at.side, {
    seed,
    chain,
    purpose: `${which} pictures`,
  });

export const imageData = ({ pixels, labels }: Images): Data => ({
  picture: { shape: [labels.length, pixels.length / labels.length], data: pixels },
  label: labels,
});

/** AdamW twice: the last layer has a rate of its own. */
export const imageOptimisers = ({
  rate,
  lastRate,
  weightDecay,
}: Pick<ImageValues, "rate" | "lastRate" | "weightDecay">): readonly ParameterGroup[] => [
  { parameters: "last.*", optimiser: adam({ stepSize: lastRate, weightDecay }) },
  { parameters: "*", optimiser: adam({ stepSize: rate, weightDecay }) },
];
