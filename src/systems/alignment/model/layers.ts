import type { Node } from "../../../engine/graph/node.ts";
import type { Tracer } from "../../../engine/graph/tracer.ts";
import type { NetworkValues } from "../controls.ts";
import { activations } from "./activation.ts";

/** A layer whose parameters are declared: it can be applied more than once. */
export type Layer = (input: Node) => Node;

/** What a network is made of, from the input on. */
export interface Stack {
  readonly hidden: readonly Layer[];
  readonly output: Layer;
}

/** Standard deviation of the initial weights: Xavier's times the gain. */
export const startDeviation = (gain: number, inputs: number, outputs: number): number =>
  gain * Math.sqrt(2 / (inputs + outputs));

/** Weights as matrices of a row for each output, biases 0. */
export const givenStack = (
  m: Tracer,
  weights: readonly (readonly (readonly number[])[])[],
  nonlinear: (input: Node) => Node,
): Stack => {
  const layers = weights.map((rows, layer): Layer => {
    const shape = [rows[0].length, rows.length];
    const columns = Float64Array.from(
      { length: rows.length * rows[0].length },
      (_, i) => rows[i % rows.length][Math.floor(i / rows.length)],
    );
    const weight = m.parameter(`layer ${layer}.weight`, shape, columns);
    const bias = m.parameter(`layer ${layer}.bias`, [rows.length]);
    return input => m.add(m.matmul(input, weight), bias);
  });
  return {
    hidden: layers.slice(0, -1).map(layer => (input: Node) => nonlinear(layer(input))),
    output: layers[layers.length - 1],
  };
};

/** a W + b, weights normal with Xavier's variance times the square of the gain, biases normal. */
const affine = (
  m: Tracer,
  name: string,
  [inputs, outputs]: readonly [number, number],
  { gain, biases = 0 }: { readonly gain: number; readonly biases?: number },
): Layer => {
  const weight = m.parameter(`${name}.weight`, [inputs, outputs], { normal: startDeviation(gain, inputs, outputs) });
  const bias = m.parameter(`${name}.bias`, [outputs], biases === 0 ? 0 : { normal: biases });
  return input => m.add(m.matmul(input, weight), bias);
};

/** A network between so many inputs and outputs. Its dense layers are declared here, layers in channels as they are applied. */
export const stackOf = (
  m: Tracer,
  at: NetworkValues,
  sizes: { readonly inputs: number; readonly outputs: number },
): Stack => {
  const { architecture, activation, normalisation, width, depth, gain, channels, kernel } = at;
  const nonlinear = (name: string, input: Node) =>
    activations[activation](m, normalisation === "layer" ? m.layerNorm(`${name}.norm`, input) : input);
  const dense = (name: string, inputs: number, outputs: number, biases?: number): Layer => {
    const linear = affine(m, name, [inputs, outputs], { gain, biases });
    return input => nonlinear(name, linear(input));
  };
  /** Layers of the engine begin with Xavier's variance where they have as many outputs as inputs; the gain stands in front of them. */
  const inChannels =
    (layer: Layer): Layer =>
    input => {
      const whole = m.reshape(input, [input.shape[0], width / channels, channels]);
      return m.reshape(layer(whole), input.shape);
    };
  const further: { readonly [name in NetworkValues["architecture"]]: (name: string) => Layer } = {
    dense: name => dense(name, width, width),
    residual: name => {
      const own = dense(name, width, width);
      return input => m.add(input, own(input));
    },
    convolution: name =>
      inChannels(whole => {
        const convolved = m.convolution(name, whole, channels, { kernel, padding: "same" });
        return nonlinear(name, m.mul(gain, convolved));
      }),
    attention: name => {
      const own = dense(name, channels, channels);
      return inChannels(whole => {
        const attended = m.add(whole, m.mul(gain, m.selfAttention(`${name}.attention`, whole, { heads: 1 })));
        return m.add(attended, own(attended));
      });
    },
  };
  return {
    hidden: Array.from({ length: depth }, (_, layer) =>
      layer === 0 ? dense("hidden 0", sizes.inputs, width, at.biases) : further[architecture](`hidden ${layer}`),
    ),
    output: affine(m, "output", [width, sizes.outputs], { gain }),
  };
};
