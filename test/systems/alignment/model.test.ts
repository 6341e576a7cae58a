import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import {
  activationNames,
  checkNetwork,
  type NetworkValues,
  networkControls,
} from "../../../src/systems/alignment/controls.ts";
import { alignmentLearner } from "../../../src/systems/alignment/learner.ts";
import { constantLoss, firstPair, pointsOf } from "../../../src/systems/alignment/model/data.ts";
import { networkModel } from "../../../src/systems/alignment/model/network.ts";
import { trainProtocol } from "../../../src/systems/alignment/protocols/train.ts";
import { pairTraining } from "../../../src/systems/alignment/training.ts";
import { recordsOf } from "../../support/host.ts";

const small: NetworkValues = { ...defaultsOf(networkControls), width: 6, depth: 3, readLayer: 1 };
const address = { seed: 3, chain: 2 };

const functions: { readonly [name in (typeof activationNames)[number]]: (z: number) => number } = {
  leaky: z => (z > 0 ? z : 0.01 * z),
  relu: z => Math.max(z, 0),
  linear: z => z,
  tanh: Math.tanh,
  elu: z => (z > 0 ? z : Math.expm1(z)),
  swish: z => z / (1 + Math.exp(-z)),
};

/** The layers in plain loops. */
const plainLayers = (at: NetworkValues, parameters: { readonly [name: string]: { readonly data: Float64Array } }) => {
  const affine = (name: string, rows: readonly (readonly number[])[]) => {
    const { data: bias } = parameters[`${name}.bias`];
    const { data: weight } = parameters[`${name}.weight`];
    return rows.map(row =>
      Array.from(bias, (b, j) => row.reduce((sum, value, i) => sum + value * weight[i * bias.length + j], b)),
    );
  };
  const hidden: number[][][] = [];
  let rows = pointsOf(at).x as number[][];
  /** One token or position of all channels, so that attention has one place to look at and a kernel is a matrix. */
  const attended = (name: string, input: number[][]) => {
    const seen = affine(`${name}.attention.output`, affine(`${name}.attention.value`, input));
    return input.map((row, i) => row.map((value, j) => value + at.gain * seen[i][j]));
  };
  const normalised = (name: string, row: readonly number[]) => {
    const centre = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / row.length;
    const [scale, shift] = ["scale", "shift"].map(part => parameters[`${name}.norm.${part}`].data);
    return row.map((value, j) => ((value - centre) / Math.sqrt(variance + 1e-5)) * scale[j] + shift[j]);
  };
  for (let layer = 0; layer < at.depth; layer++) {
    const name = `hidden ${layer}`;
    if (at.architecture === "attention" && layer > 0) rows = attended(name, rows);
    const before = affine(name, rows).map(row =>
      at.architecture === "convolution" && layer > 0 ? row.map(value => at.gain * value) : row,
    );
    const own = before
      .map(row => (at.normalisation === "layer" ? normalised(name, row) : row))
      .map(row => row.map(functions[at.activation]));
    rows =
      (at.architecture === "residual" || at.architecture === "attention") && layer > 0
        ? own.map((row, i) => row.map((value, j) => value + rows[i][j]))
        : own;
    hidden.push(rows);
  }
  return { hidden, outputs: affine("output", rows) };
};

const squared = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + (value - b[i]) * (value - b[i]), 0);

test.each([
  ...activationNames.map(activation => [activation, { activation }] as const),
  ["residual", { architecture: "residual" }] as const,
  ["convolution", { architecture: "convolution", channels: 6, kernel: 1 }] as const,
  ["attention", { architecture: "attention", channels: 6 }] as const,
  ["normalised", { normalisation: "layer", biases: 0.3, activation: "tanh" }] as const,
  ["several outputs", { dimensions: 3, dx: 0.7, dy: 1.2 }] as const,
  ["context", { task: "context", centres: 3, activation: "tanh" }] as const,
])("%s: the compiled network shows h, y, w and the loss of plain loops", (_, changed) => {
  const at = { ...small, ...changed } as NetworkValues;
  const data = { ...pointsOf(at) };
  const training = pairTraining(
    { model: networkModel(at), data, stepSize: 0.1, steps: 1, precision: "f64" },
    { seed: 3, from: 2 },
  );
  const { hidden, outputs } = plainLayers(at, training.parameters());
  const { y } = data;
  training.advance(0, seen => {
    hidden.forEach((rows, layer) => {
      expect(seen.layers[layer]).toBeCloseTo(squared(rows[0], rows[1]), 12);
    });
    const difference = outputs[1].map((value, j) => value - outputs[0][j]);
    expect(seen.y).toBeCloseTo(squared(outputs[0], outputs[1]), 12);
    const w = difference.reduce((sum, value, j) => sum + value * (value - (y[1][j] - y[0][j])), 0);
    expect(seen.w).toBeCloseTo(w, 12);
    const mean2 = outputs[0].reduce((sum, value, j) => {
      const mean = (value + outputs[1][j] - y[0][j] - y[1][j]) / 2;
      return sum + mean * mean;
    }, 0);
    expect(seen.mean2).toBeCloseTo(mean2, 12);
    const loss = outputs.reduce((sum, row, i) => sum + squared(row, y[i]), 0) / (2 * outputs.length * y[0].length);
    expect(seen.loss).toBeCloseTo(loss, 12);
    if (y.length === 2) {
      // L = 1/2 |m|^2 + 1/8 |e|^2 of the sum over outputs.
      const error2 = 2 * seen.w - seen.y + firstPair(pointsOf(at)).dy2;
      expect(seen.loss * y[0].length).toBeCloseTo(seen.mean2 / 2 + error2 / 8, 12);
    }
  });
});

test("training begins at the learner's start, and dropout changes the steps but not what is shown of the start", () => {
  const w = alignmentLearner.start(small, address);
  const first = (dropout: number) => {
    const states: number[] = [];
    const recipe = {
      model: networkModel(small, { dropout }),
      data: { ...pointsOf(small) },
      stepSize: 0.1,
      steps: 3,
      precision: "f64",
    } as const;
    const training = pairTraining(recipe, { seed: 3, from: 2 });
    expect(Object.values(training.parameters()).flatMap(({ data }) => [...data])).toEqual([...w]);
    training.advance(3, ({ y }) => states.push(y));
    return states;
  };
  const [without, halved] = [first(0), first(0.5)];
  expect(halved[0]).toBe(without[0]);
  expect(halved[3]).not.toBeCloseTo(without[3], 8);
  expect(alignmentLearner.objective(small, address).loss(w)).toBeGreaterThan(0);
});

test("points of the tasks: distances, levels and the plateau", () => {
  const at = { ...small, dimensions: 4, dx: 0.7, dy: 1.2 };
  const { dx2, dy2 } = firstPair(pointsOf(at));
  expect(dx2).toBeCloseTo(0.49, 12);
  expect(dy2).toBeCloseTo(1.44, 12);
  expect(constantLoss(pointsOf({ ...small, dy: 2 }))).toBeCloseTo(4 / 8, 12);
  const { x, y } = pointsOf({ ...small, task: "context", centres: 4 });
  expect([x.length, x[0].length, new Set(y.flat()).size]).toEqual([32, 27, 4]);
  const { w } = alignmentLearner.point!("plateau", small);
  const objective = alignmentLearner.objective(small, address);
  expect(objective.loss(w)).toBeCloseTo(constantLoss(pointsOf(small)), 12);
  const gradient = new Float64Array(objective.size);
  objective.lossAndGradient(w, gradient);
  expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-12);
});

test.each([
  [{ readLayer: 8 }, /^readLayer is 8: needs at most 7, the last of 8 hidden layers$/],
  [{ architecture: "attention", channels: 7 }, /^channels is 7: needs a divisor of the width, 100$/],
  [{ dropout: 0.1, normalisation: "layer" }, /^dropout is 0.1: needs 0, or dense layers without normalisation$/],
  [{ dx: 0 }, /^dx is 0: needs a positive distance/],
] as const)("%j is refused", (changed, message) => {
  expect(() => checkNetwork({ ...defaultsOf(networkControls), ...changed })).toThrow(message);
});

test("a run ends when its loss is low enough, and records fits only of what can be fitted", () => {
  const settings = { width: 20, depth: 2, readLayer: 0, gain: 1, steps: 2000, stop: 1e-4, looks: 200, fits: "all" };
  const records = recordsOf(trainProtocol as never, settings, address);
  const final = records.find(({ kind }) => kind === "final")!;
  expect(final.loss).toBeLessThan(1e-4);
  expect(final.step).toBeLessThan(2000);
  expect(records.filter(({ kind }) => kind === "fit").map(({ layer }) => layer)).toEqual([0, 1]);
  const same = recordsOf(trainProtocol as never, { ...settings, dy: 0 }, address);
  expect(same.filter(({ kind }) => kind === "fit")).toEqual([]);
});
