import { type Controls, choice, integer, number, type ValuesOf } from "../../contracts/field.ts";
import { invalid } from "../../errors.ts";

export const architectures = ["dense", "residual", "convolution", "attention"] as const;
export const activationNames = ["leaky", "relu", "linear", "tanh", "elu", "swish"] as const;
export const tasks = ["pair", "xor", "context"] as const;

/** The data, the network and its start. */
export const networkControls = {
  task: choice(
    "what is learned: two points; exclusive or of two bits; one coordinate of a blob, chosen by a context",
    tasks,
  ),
  dx: number("distance of the two inputs", { default: 1, min: 0, max: 100 }),
  dy: number("distance of the two targets", { default: Math.SQRT1_2, min: 0, max: 100 }),
  centres: integer("places of the blob along each side, of the context task", { default: 8, min: 2, max: 40 }),
  dimensions: integer("coordinates of the inputs and of the targets of two points", { default: 1, min: 1, max: 256 }),
  architecture: choice(
    "layers from the second one on: dense; dense with skip connections; convolutions; self-attention and a dense part, both with skip connections",
    architectures,
  ),
  activation: choice("nonlinearity after each layer; leaky: slope 0.01 below 0", activationNames),
  normalisation: choice("of dense layers and convolutions, before the nonlinearity", ["none", "layer"]),
  width: integer("numbers in a hidden layer", { default: 100, min: 1, max: 4096, scale: "log" }),
  depth: integer("hidden layers", { default: 8, min: 1, max: 256 }),
  readLayer: integer("hidden layer that is the representation, from 0", { default: 4, min: 0, max: 255 }),
  channels: integer("channels of convolutions, or numbers of a token of attention: a divisor of the width", {
    default: 5,
    min: 1,
    max: 4096,
  }),
  kernel: integer("positions that a convolution sees", { default: 5, min: 1, max: 1024 }),
  gain: number("scale of the initial weights, relative to Xavier's", { default: 0.8, min: 0, max: 100 }),
  biases: number("standard deviation of the initial biases of the first layer", { default: 0, min: 0, max: 100 }),
} as const satisfies Controls;

export type NetworkValues = ValuesOf<typeof networkControls>;

/** Refuses values that are each in range but do not go together. */
export const checkNetwork = ({
  readLayer,
  depth,
  task,
  dx,
  architecture,
  normalisation,
  width,
  channels,
  dropout = 0,
}: NetworkValues & { readonly dropout?: number }): void => {
  if (readLayer >= depth)
    throw invalid("readLayer", readLayer, `at most ${depth - 1}, the last of ${depth} hidden layers`);
  if (task === "pair" && dx === 0)
    throw invalid("dx", dx, "a positive distance, so that the targets can be told apart");
  const isInChannels = architecture === "convolution" || architecture === "attention";
  if (isInChannels && width % channels !== 0) throw invalid("channels", channels, `a divisor of the width, ${width}`);
  if (dropout > 0 && (isInChannels || normalisation !== "none"))
    throw invalid("dropout", dropout, "0, or dense layers without normalisation");
};
