import { withDefaults } from "../../../contracts/field.ts";
import type { NamedArrays } from "../../../contracts/protocol.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { dataset } from "../../../experiments/data.ts";
import { evaluator } from "../../../experiments/evaluator.ts";
import { checkNetwork, type NetworkValues } from "../controls.ts";
import { pointsOf } from "../model/data.ts";
import { networkModel } from "../model/network.ts";
import { distancesOf } from "../theory/pairwise.ts";
import { mainCoordinates, mergingRatio, structureCorrelation } from "../theory/structure.ts";
import { pairTraining } from "../training.ts";
import { follow, followControls } from "./follow.ts";

type Matrix = readonly (readonly number[])[];

export type StructureRecords = {
  readonly structure: {
    readonly step: number;
    readonly loss: number;
    /** Mean distance of pairs with one target over that of pairs with two, inputs first, then the representation at the start and in the end. */
    readonly mergingX: number;
    readonly mergingStart: number;
    readonly mergingEnd: number;
    /** Correlation of the predicted pattern with the squared distances in the end, and at the start. */
    readonly patternEnd: number;
    readonly patternStart: number;
    /** Main coordinates of the representation in the end, a row for each point. */
    readonly coordinates: Matrix;
    readonly targets: Matrix;
    readonly groups: readonly number[];
    /** Of the representation and the outputs at the start, and of the representation in the end; of a few points. */
    readonly distances: { readonly distH0: Matrix; readonly distY0: Matrix; readonly distH: Matrix } | null;
  };
};

/** Matrices of more points than this are too long for a record. */
const FEW = 8;

export const structureProtocol = protocol<StructureRecords>()({
  name: "structure",
  summary: "train on more than two points, and see which of them the representation brings together",
  settings: withDefaults(followControls, { task: "xor", activation: "relu", gain: 0.7, stepSize: 0.03, steps: 4000 }),
  small: { width: 4, depth: 2, readLayer: 0, steps: 60, looks: 12 },
  check(settings) {
    checkNetwork(settings);
    if (settings.task === "pair") throw invalid("task", settings.task, "a task of more than two points");
  },

  run({ settings, seed, chain }, context) {
    const { x, y } = pointsOf(settings);
    const distancesAt = measuring(settings);
    const address = { seed, chain };
    const { seen, parameters } = follow(settings, address, context);
    const start = distancesAt(startOf(settings, address));
    const end = distancesAt(parameters);
    const [distX, distY] = [distancesOf(x), distancesOf(y)];
    const groups = groupsOf(settings);
    const last = seen[seen.length - 1];
    context.record("structure", {
      step: last.step,
      loss: last.loss,
      mergingX: mergingRatio(distX, y, groups),
      mergingStart: mergingRatio(start.representation, y, groups),
      mergingEnd: mergingRatio(end.representation, y, groups),
      patternStart: structureCorrelation(distX, distY, start.representation),
      patternEnd: structureCorrelation(distX, distY, end.representation),
      coordinates: mainCoordinates(end.representation, 3),
      targets: y,
      groups,
      distances:
        x.length > FEW ? null : { distH0: start.representation, distY0: start.outputs, distH: end.representation },
    });
    context.snapshot("distances", {
      start: matrixArray(start.representation),
      end: matrixArray(end.representation),
    });
  },
});

/** Pairs are compared within a context; without contexts, all of them. */
const groupsOf = (at: NetworkValues): readonly number[] => {
  const { x } = pointsOf(at);
  return x.map(row => (at.task === "context" ? row[row.length - 1] : 0));
};

/** Distances of all points in a network, in float64. */
const measuring = (at: NetworkValues) => {
  const evaluate = evaluator(networkModel(at), dataset({ ...pointsOf(at) }), "f64");
  return (parameters: NamedArrays) => {
    const { representation, outputs } = evaluate(parameters).outputs;
    return { representation: distancesOf(rowsOf(representation)), outputs: distancesOf(rowsOf(outputs)) };
  };
};

const startOf = (
  settings: Parameters<typeof follow>[0],
  { seed, chain }: { seed: number; chain: number },
): NamedArrays =>
  pairTraining(
    { model: networkModel(settings), data: { ...pointsOf(settings) }, stepSize: 1, steps: 1, precision: "f64" },
    { seed, from: chain },
  ).parameters();

const rowsOf = ({ shape: [rows, columns], data }: NamedArrays[string]): Matrix =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));

const matrixArray = (rows: Matrix) => ({ shape: [rows.length, rows[0].length], data: Float64Array.from(rows.flat()) });
