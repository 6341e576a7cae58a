import { withDefaults } from "../../contracts/field.ts";
import { learner } from "../../contracts/learner.ts";
import type { Objective } from "../../contracts/objective.ts";
import { dataset } from "../../experiments/data.ts";
import { evaluator } from "../../experiments/evaluator.ts";
import { objective as objectiveOfModel } from "../../experiments/objective.ts";
import { dataInputs } from "../../experiments/step-program.ts";
import { anneal } from "../../protocols/anneal.ts";
import { keepLatest } from "../../protocols/keep-latest.ts";
import { phasePoint } from "../../protocols/phase-point.ts";
import { checkNetwork, type NetworkValues, networkControls } from "./controls.ts";
import { constantLoss, pointsOf } from "./model/data.ts";
import { networkModel } from "./model/network.ts";

const keyOf = (at: NetworkValues): string =>
  JSON.stringify(Object.keys(networkControls).map(name => at[name as keyof NetworkValues]));

const dataAt = (at: NetworkValues) => dataset({ ...pointsOf(at) });

const traceAt = keepLatest(keyOf, at => networkModel(at).trace((graph, m) => dataInputs(graph, m, dataAt(at))));

const objectiveAt = keepLatest(keyOf, (at): Objective => objectiveOfModel(networkModel(at), { ...pointsOf(at) }));

/** What a network shows at a point of the flat vector, in float64. */
const evaluateAt = keepLatest(keyOf, at => {
  const evaluate = evaluator(networkModel(at), dataAt(at), "f64");
  const { parameters } = objectiveAt(at);
  return (w: Float64Array) =>
    evaluate(
      Object.fromEntries(
        parameters.map(({ name, shape, offset }) => {
          const size = shape.reduce((a, b) => a * b, 1);
          return [name, { shape, data: w.subarray(offset, offset + size) }];
        }),
      ),
    );
});

/** A network has learned more than the mean of its targets, or not. */
export const labelOf = (at: NetworkValues, loss: number): "plateau" | "learned" => {
  const level = constantLoss(pointsOf(at));
  return level > 0 && loss > level / 2 ? "plateau" : "learned";
};

const declared = learner({
  controls: withDefaults(networkControls, { activation: "tanh", width: 10, depth: 2, readLayer: 0, gain: 0.5 }),
  sweeps: { dy: { from: 0, to: 1.4 }, dx: { from: 0.1, to: 2 } },
  check: checkNetwork,
  stepSize: 0.02,
  objective: at => objectiveAt(at),
  start(at, address) {
    const { parameters, start } = traceAt(at);
    return Float64Array.from(parameters.flatMap(parameter => [...start(parameter, address)]));
  },
  observe(at, w, { loss }) {
    const { layers, pair } = evaluateAt(at)(w).outputs;
    const [y, product] = pair.data;
    return { order: layers.data[at.readLayer], y, w: product, label: labelOf(at, loss) };
  },
  order: { label: "squared distance of the representations" },
  phases(at) {
    const level = constantLoss(pointsOf(at));
    return [...(level > 0 ? [{ label: "plateau", loss: level }] : []), { label: "learned", loss: 0 }];
  },
  coefficient(phase, at) {
    if (phase !== "learned" || at.task !== "pair") return null;
    return { lambda: at.dimensions, where: "as many independent residuals as targets of two points, half a unit each" };
  },
  small: { width: 4 },
});

/** A network on two points or more; the order parameter is the squared distance of the representations of the first two. */
export const alignmentLearner: typeof declared = {
  ...declared,
  point(phase, at) {
    if (phase !== "plateau" || constantLoss(pointsOf(at)) === 0) return phasePoint(declared, phase, at);
    // All weights 0, and the outputs at the mean of the targets: the saddle that the plateau is.
    const { parameters, size } = objectiveAt(at);
    const { y } = pointsOf(at);
    const w = new Float64Array(size);
    const { offset } = parameters.find(({ name }) => name === "output.bias")!;
    w.set(
      y[0].map((_, j) => y.reduce((sum, row) => sum + row[j], 0) / y.length),
      offset,
    );
    return { w };
  },
};

export const alignmentAnneal = anneal(alignmentLearner, {
  summary:
    "move the targets or the inputs of a trained pair slowly apart and together again, the network carried along",
  values: 15,
  steps: 1000,
});
