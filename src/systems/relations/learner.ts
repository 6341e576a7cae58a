import { withDefaults } from "../../contracts/field.ts";
import { learner, type PhasePoint } from "../../contracts/learner.ts";
import type { Objective } from "../../contracts/objective.ts";
import type { Address } from "../../contracts/protocol.ts";
import { invalid } from "../../errors.ts";
import { dataset } from "../../experiments/data.ts";
import { evaluator } from "../../experiments/evaluator.ts";
import { objective as objectiveOfModel } from "../../experiments/objective.ts";
import { anneal } from "../../protocols/anneal.ts";
import { keepLatest } from "../../protocols/keep-latest.ts";
import { fittedPoint, moveBy, optimisersOf } from "../encoder-decoder.ts";
import { checkValues, type RelationsValues, relationsControls } from "./controls.ts";
import { constantLoss, evaluate } from "./model/evaluation.ts";
import { networkData, networkModel } from "./model/network.ts";
import { problemAt, startAt } from "./model/problem.ts";
import { perfectEmbeddings, representationOf } from "./model/representation.ts";
import { stateOf } from "./theory/phases.ts";

/** What of the values a problem depends on. */
const problemKey = (at: RelationsValues, { seed, chain }: Address): string =>
  [
    [at.relation, at.symbols, at.classes, at.side, at.trainFraction],
    [at.mode, at.decoder, at.loss, at.dimensions, at.depth, at.width, seed, chain],
  ].join();

const problemOfMember = keepLatest(problemKey, problemAt);

const unset = (at: RelationsValues, address: Address) => new Float64Array(problemOfMember(at, address).layout.size);

const objectiveOfMember = keepLatest(problemKey, (at, address): Objective => {
  const problem = problemOfMember(at, address);
  return objectiveOfModel(networkModel(problem, unset(at, address)), networkData(problem, "train"));
});

/** Outputs for all pairs at a point, in float64. */
const outputsOfMember = keepLatest(problemKey, (at, address) => {
  const problem = problemOfMember(at, address);
  const onAll = evaluator(networkModel(problem, unset(at, address)), dataset(networkData(problem, "all")), "f64");
  return (w: Float64Array): Float64Array => {
    const views = problem.layout.views(w);
    const arrays = problem.layout.parameters.map(({ name, shape }) => [name, { shape, data: views[name] }]);
    return onAll(Object.fromEntries(arrays)).outputs.y.data;
  };
});

/** Where levels and points of phases are computed. */
const ANY: Address = { seed: 0, chain: 0 };

/** A network so small that chains move and coefficients are known within seconds; training has larger defaults of its own. */
const smallNetwork = withDefaults(relationsControls, {
  symbols: 9,
  side: 3,
  loss: "squared",
  depth: 1,
  width: 8,
  embeddingRate: 1e-2,
  decoderRate: 1e-2,
});

/** Embeddings and a decoder that learn a relation, by AdamW with a rate and a decay for each of the two. */
export const relationsLearner = learner({
  controls: smallNetwork,
  sweeps: {
    decoderRate: { from: 1e-4, to: 1e-1 },
    embeddingRate: { from: 1e-4, to: 1e-1 },
    weightDecay: { from: 0, to: 10 },
  },
  check: checkValues,
  objective: objectiveOfMember,
  start: (at, address) => startAt(at, problemOfMember(at, address), address),
  move: (at, address, w, steps) => moveBy(objectiveOfMember(at, address), optimisersOf(at), w, steps),
  observe(at, w, address) {
    const problem = problemOfMember(at, address);
    const { trainAccuracy, testAccuracy, accuracy } = evaluate(problem, outputsOfMember(at, address)(w));
    return {
      ...representationOf(problem.relation, problem.layout.views(w).E),
      trainAccuracy,
      testAccuracy,
      accuracy,
      label: stateOf(trainAccuracy, testAccuracy),
    };
  },
  order: { label: "closeness of symbols that are alike, relative to all" },
  // Decay is decoupled from the loss: both zeros of it are there at any decay.
  phases: at => [
    { label: "confused", loss: constantLoss(problemOfMember(at, ANY)) },
    { label: "memorised", loss: 0 },
    { label: "generalised", loss: 0 },
  ],
  point(phase, at): PhasePoint {
    if (phase !== "confused" && at.loss !== "squared")
      throw invalid("loss", at.loss, "squared: cross-entropy has no minimum to be at");
    const problem = problemOfMember(at, ANY);
    const objective = objectiveOfMember(at, ANY);
    return fittedPoint(phase, {
      objective,
      w: startAt(at, problem, ANY),
      perfect: w => problem.layout.views(w).E.set(perfectEmbeddings(problem.relation, at.dimensions)),
      labelOf: (w: Float64Array): string => relationsLearner.observe(at, w, { ...ANY, loss: objective.loss(w) }).label,
    });
  },
  small: { symbols: 6, classes: 2, side: 2, width: 6 },
});

/** Sweeps carry the network along; its memory of gradients begins anew at each value. */
export const relationsAnneal = anneal(relationsLearner, {
  summary: "sweep a learning rate or the decoder's decay slowly up and down, the network carried along",
  values: 13,
  steps: 1000,
  settle: 2000,
  spacing: "log",
});
