import { withDefaults } from "../../contracts/field.ts";
import { learner, type PhasePoint } from "../../contracts/learner.ts";
import type { Objective } from "../../contracts/objective.ts";
import type { Address } from "../../contracts/protocol.ts";
import { objective as objectiveOfModel } from "../../experiments/objective.ts";
import { anneal } from "../../protocols/anneal.ts";
import { keepLatest } from "../../protocols/keep-latest.ts";
import { fittedPoint, moveBy, optimisersOf } from "../encoder-decoder.ts";
import { checkValues, type EmbeddingValues, embeddingControls } from "./controls.ts";
import { accuracies, constantLoss } from "./model/evaluation.ts";
import { networkData, networkModel, outputsAt } from "./model/network.ts";
import { type Problem, problemAt, startAt } from "./model/problem.ts";
import { stateOf } from "./theory/phases.ts";

/** What of the values a problem depends on. */
const problemKey = (at: EmbeddingValues, { seed, chain }: Address): string =>
  [
    [at.task, at.loss, at.symbols, at.trainPairs, at.split, at.numbers],
    [at.dimensions, at.width, at.outputs, seed, chain],
  ].join();

export const problemOfMember = keepLatest(problemKey, problemAt);

const objectiveOfMember = keepLatest(problemKey, (at, address): Objective => {
  const problem = problemOfMember(at, address);
  const unset = new Float64Array(problem.layout.size);
  return objectiveOfModel(networkModel(problem, unset), networkData(problem, "train"));
});

/** What a network shows: accuracies, quality of the representation, and the accuracy that it predicts. */
export const observeNetwork = (problem: Problem, outputs: Float64Array, embeddings: Float64Array) => {
  const { task, trained } = problem;
  const { train, test } = accuracies(problem);
  const [trainAccuracy, testAccuracy] = [train(outputs), test(outputs)];
  const seen = { values: embeddings, dimensions: task.dimensions };
  return {
    order: task.quality.index(seen),
    trainAccuracy,
    testAccuracy,
    predictedAccuracy: task.quality.accuracy(seen, trained).all,
    label: stateOf(trainAccuracy, testAccuracy),
  };
};

/** Where levels and points of phases are computed. */
const ANY: Address = { seed: 0, chain: 0 };

/** A network so small that chains move and coefficients are known within seconds; training and sweeps have larger defaults of their own. */
const smallNetwork = withDefaults(embeddingControls, {
  symbols: 6,
  trainPairs: 16,
  width: 8,
  outputs: 4,
  embeddingRate: 1e-2,
  decoderRate: 1e-3,
});

/** Embeddings and a decoder that learn pairs of symbols, by AdamW with a rate and a decay for each of the two. */
export const embeddingLearner = learner({
  controls: smallNetwork,
  sweeps: {
    weightDecay: { from: 0, to: 10 },
    decoderRate: { from: 1e-5, to: 1e-2 },
    embeddingRate: { from: 1e-5, to: 1e-2 },
  },
  check: checkValues,
  objective: objectiveOfMember,
  start: (at, address) => startAt(at, problemOfMember(at, address), address),
  move: (at, address, w, steps) => moveBy(objectiveOfMember(at, address), optimisersOf(at), w, steps),
  observe(at, w, address) {
    const problem = problemOfMember(at, address);
    return observeNetwork(problem, outputsAt(problem, w), problem.layout.views(w).E);
  },
  order: { label: "RQI, share of parallelograms that the embeddings realise" },
  // Decay is decoupled from the loss: both zeros of it are there at any decay.
  phases: at => [
    { label: "confused", loss: constantLoss(problemOfMember(at, ANY)) },
    { label: "memorised", loss: 0 },
    { label: "generalised", loss: 0 },
  ],
  point(phase, at): PhasePoint {
    const problem = problemOfMember(at, ANY);
    const objective = objectiveOfMember(at, ANY);
    return fittedPoint(phase, {
      objective,
      w: startAt(at, problem, ANY),
      perfect: w => problem.layout.views(w).E.set(problem.task.perfect()),
      labelOf: (w: Float64Array): string => embeddingLearner.observe(at, w, { ...ANY, loss: objective.loss(w) }).label,
    });
  },
  small: { symbols: 5, trainPairs: 12, width: 6, outputs: 3 },
});

/** Sweeps carry the network along; its memory of gradients begins anew at each value. */
export const embeddingAnneal = anneal(
  {
    ...embeddingLearner,
    controls: withDefaults(embeddingControls, { width: 50, embeddingRate: 1e-2, decoderRate: 1e-3 }),
  },
  {
    summary: "sweep the decoder's decay or a learning rate slowly up and down, the network carried along",
    values: 11,
    steps: 1000,
    settle: 4000,
  },
);
