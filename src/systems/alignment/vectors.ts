import { integer, list, matrix, number } from "../../contracts/field.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import type { Node } from "../../engine/graph/node.ts";
import type { Tracer } from "../../engine/graph/tracer.ts";
import { model } from "../../engine/model.ts";
import { invalid } from "../../errors.ts";
import { activationNames } from "./controls.ts";
import { activations, leakyRelu } from "./model/activation.ts";
import { givenStack } from "./model/layers.ts";
import { halfMeanSquare, layerDistances, pairOutputs, through } from "./model/network.ts";
import { type PairSeen, pairTraining } from "./training.ts";

/** Any name of an activation here, and leaky_relu_ with the slope below 0. */
const activationOf = (name: string): ((m: Tracer, a: Node) => Node) => {
  const slope = Number(/^leaky_relu_(\d*\.?\d+(?:e-?\d+)?)$/.exec(name)?.[1] ?? Number.NaN);
  if (slope >= 0) return leakyRelu(slope);
  const own = { leaky_relu: activations.leaky, none: activations.linear, silu: activations.swish, ...activations };
  if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
  throw invalid("activation", name, `one of ${activationNames.join(", ")}, or leaky_relu_ and a slope`);
};

type Weights = readonly (readonly (readonly number[])[])[];

/** Each layer takes what the one before gives, from the inputs on to the targets. */
const checkWeights = (weights: Weights, inputs: number, outputs: number): void => {
  weights.forEach((rows, layer) => {
    const needed = layer === 0 ? inputs : weights[layer - 1].length;
    if (rows[0].length !== needed)
      throw invalid(`the columns of weights[${layer}]`, rows[0].length, `${needed} inputs`);
  });
  const last = weights[weights.length - 1].length;
  if (last !== outputs)
    throw invalid(`the rows of weights[${weights.length - 1}]`, last, `${outputs}, as many as targets`);
};

/** Answers to test vectors that are training runs, in float64. */
export const alignmentVectors: VectorTable = {
  trainTwoPointNet: answer(
    {
      weights: list("weights of each layer, a row for each output", matrix("weights"), { least: 2 }),
      activation: { kind: "text", summary: "nonlinearity of the hidden layers" },
      x: matrix("inputs, a row for each point"),
      y: matrix("targets, a row for each point"),
      lr: number("step size of gradient descent", { above: 0 }),
      hiddenLayer: integer("hidden layer that is the representation, from 0", { min: 0 }),
      steps: list("steps to look at", integer("step", { min: 0, max: 10_000_000 }), { least: 1 }),
    },
    ({ weights, activation, x, y, lr, hiddenLayer, steps }) => {
      if (x.length < 2) throw invalid("the length of x", x.length, "at least 2 points");
      if (y.length !== x.length) throw invalid("the length of y", y.length, `${x.length}, a target for each point`);
      checkWeights(weights, x[0].length, y[0].length);
      if (hiddenLayer > weights.length - 2)
        throw invalid("hiddenLayer", hiddenLayer, `at most ${weights.length - 2}, the last hidden layer`);
      const nonlinear = activationOf(activation);
      const network = model((m, { x, y }) => {
        const { hidden, outputs } = through(
          givenStack(m, weights, input => nonlinear(m, input)),
          x,
        );
        const layers = layerDistances(m, hidden);
        return { loss: halfMeanSquare(m, outputs, y), layers, pair: pairOutputs(m, outputs, y) };
      });
      const last = Math.max(...steps);
      const seen = new Map<number, PairSeen>();
      const recipe = { model: network, data: { x, y }, stepSize: lr, steps: last, precision: "f64" } as const;
      pairTraining(recipe, { seed: 0, from: 0 }, step => steps.includes(step)).advance(last, state => {
        seen.set(state.step, state);
      });
      const states = steps.map(step => seen.get(step)!);
      return {
        h2: states.map(({ layers }) => layers[hiddenLayer]),
        y2: states.map(({ y }) => y),
        w: states.map(({ w }) => w),
        loss: states.map(({ loss }) => loss),
      };
    },
  ),
};
