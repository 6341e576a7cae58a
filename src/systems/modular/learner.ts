import { type Controls, choice, integer, namesOf, number, type ValuesOf } from "../../contracts/field.ts";
import { learner } from "../../contracts/learner.ts";
import type { Address } from "../../contracts/protocol.ts";
import { invalid } from "../../errors.ts";
import { cubeRoot } from "../../numerics/cube-root.ts";
import { varyingShare } from "../../numerics/row-spectra.ts";
import { stream } from "../../numerics/stream.ts";
import { anneal } from "../../protocols/anneal.ts";
import { keepLatest } from "../../protocols/keep-latest.ts";
import { decayed } from "../decayed.ts";
import { wholeTable } from "./controls.ts";
import { evaluator } from "./evaluation.ts";
import { checkPrimeModulus } from "./model/modulus.ts";
import { modularObjective } from "./model/objective.ts";
import { pairsAt, type Split, splitPairs, trainCount } from "./model/pairs.ts";
import { referenceSeeds } from "./model/start.ts";
import { learnedPhase } from "./phases.ts";
import {
  checkAnswers,
  isNamedPoint,
  type NamedPoint,
  pointAt,
  pointCoefficient,
  pointControls,
  pointNames,
  starts,
  widthAt,
} from "./points.ts";
import { constantPhase, scaledLoss } from "./theory/constant-phase.ts";

/** The default modulus and width differ between protocols. */
const tableControls = (p: number, K: number) =>
  ({
    p: { ...pointControls.p, default: p },
    K: { ...pointControls.K, summary: "neurons; 0 for as many as the start needs", default: K },
    ...wholeTable,
    weightDecay: number("half of it times |w|^2 is added to the loss", { default: 0, min: 0, max: 10 }),
    start: choice(
      `where a network starts: ${namesOf(starts)
        .map(name => `${name}, ${starts[name].summary}`)
        .join("; ")}`,
      namesOf(starts),
      { default: "six-phase" },
    ),
    spread: number("standard deviation added to each parameter of the start", { default: 0.01, min: 0, max: 10 }),
  }) as const satisfies Controls;

type TableValues = ValuesOf<ReturnType<typeof tableControls>>;

/** Nothing is left to test on when the whole table is trained on. */
const splitOf = ({ p, trainFraction }: TableValues, address: Address): Split => {
  if (trainFraction < 1) return splitPairs(p, trainFraction, referenceSeeds(address).split);
  return { train: Int32Array.from({ length: p * p }, (_, i) => i), test: new Int32Array() };
};

const trainingPairs = (at: TableValues, address: Address) => pairsAt(at.p, at.op, splitOf(at, address).train);

/** As many neurons as asked for, or as the start takes. */
const widthOf = ({ p, K, start, trainFraction }: TableValues): number =>
  widthAt(starts[start], K, { p, N: trainFraction < 1 ? trainCount(p, trainFraction) : p * p });

/** The start without what is added to it. */
const bareStart = (at: TableValues, address: Address): Float64Array => {
  const point: NamedPoint = starts[at.start];
  checkAnswers(point, `the start ${at.start}`, at.op);
  const { split } = referenceSeeds(address);
  return point.weights({ p: at.p, K: widthOf(at), seed: split, pairs: trainingPairs(at, address) });
};

/** Sweeps and posteriors ask for the same at every value or draw. */
const tableKey = ({ p, op, trainFraction, centred }: TableValues, K: number, address: Address): string =>
  [p, K, op, trainFraction, centred, referenceSeeds(address).split].join();

const evaluatorOf = keepLatest(tableKey, (at, K, address) => {
  const split = splitOf(at, address);
  return { split, evaluate: evaluator({ p: at.p, K }, split, at.op, at.centred === "yes") };
});

const plainObjective = keepLatest(tableKey, (at, K, address) =>
  modularObjective({ p: at.p, K, pairs: trainingPairs(at, address), centred: at.centred === "yes" }),
);

/** Whether the closed form of the constant phase applies: all answers are equally frequent, and nothing is centred. */
const hasConstantPhase = ({ op, trainFraction, centred }: TableValues): boolean =>
  trainFraction === 1 && centred === "no" && (op === "add" || op === "sub" || op === "add_1_3");

/** Where levels and points of phases are computed. */
const ANY: Address = { seed: 0, chain: 0 };

/** The phase that the start is in; null where it is no zero of the loss. */
const phaseOfStart = ({ start, trainFraction }: TableValues): "generalised" | "memorised" | null => {
  if (start === "untrained" || start === "constant") return null;
  return start === "memorised" && trainFraction < 1 ? "memorised" : "generalised";
};

/** The loss of zero weights: (1/2) sum_n |y_n|^2 / N, less the share of the means where it is centred. */
const lossOfZero = (at: TableValues): number => {
  if (at.centred === "no") return 0.5;
  const { c } = trainingPairs(at, ANY);
  const shares = new Float64Array(at.p);
  for (const answer of c) shares[answer] += 1 / c.length;
  return shares.reduce((rest, share) => rest - (share * share) / 2, 0.5);
};

/** That of the start's phase is the least among the multiples of the start: an upper bound. */
const phasesAt = (at: TableValues): { readonly label: string; readonly loss: number }[] => {
  const { p, weightDecay } = at;
  const depth = lossOfZero(at);
  const levels = [{ label: "zero", loss: depth }];
  const constant = constantPhase(p, weightDecay);
  if (hasConstantPhase(at) && constant.psi !== null) levels.push({ label: "constant", loss: constant.loss });
  const label = phaseOfStart(at);
  if (label) {
    const squaredNorm = bareStart(at, ANY).reduce((sum, value) => sum + value * value, 0);
    const loss = scaledLoss({ depth, squaredNorm }, weightDecay);
    if (loss !== null) levels.push({ label, loss });
  }
  return levels.sort((a, b) => b.loss - a.loss);
};

/** A point of a phase, with as many neurons as the learner has. */
const pointOfPhase = (phase: string, at: TableValues): { readonly w: Float64Array } => {
  const { p, weightDecay } = at;
  const bare = bareStart(at, ANY);
  if (phase === "zero") return { w: bare.fill(0) };
  const { psi } = constantPhase(p, weightDecay);
  if (phase === "constant" && hasConstantPhase(at) && psi !== null) {
    const neuron = bareStart({ ...at, start: "constant", K: bare.length / (3 * p) }, ANY);
    return { w: neuron.map(value => cubeRoot(psi) * value) };
  }
  if (phase !== phaseOfStart(at)) {
    const names = [...pointNames, ...phasesAt(at).map(({ label }) => label)];
    throw invalid("--at", phase, `one of: ${[...new Set(names)].join(", ")}, or a file of weights`);
  }
  if (weightDecay > 0) throw invalid("weightDecay", weightDecay, `0 at ${phase}, or a file of weights at --at`);
  return { w: bare };
};

export const modularLearner = learner({
  controls: {
    ...tableControls(5, 0),
    pointSeed: pointControls.pointSeed,
    n: integer("samples that the loss stands for: the table has no noise, and may be seen often", {
      default: 100_000,
      min: 1,
      max: 1_000_000_000,
      scale: "log",
    }),
  },
  sweeps: { weightDecay: { from: 0.001, to: 0.1 } },
  stepSize: 0.3,
  check: ({ p, trainFraction }) => {
    checkPrimeModulus(p);
    if (trainFraction !== 1) trainCount(p, trainFraction);
  },
  objective: (at, address) => decayed(plainObjective(at, widthOf(at), address), at.weightDecay),
  start(at, address) {
    const random = stream({ ...address, purpose: "start" });
    return bareStart(at, address).map(value => value + at.spread * random.normal());
  },
  observe(at, w, address) {
    const dimensions = { p: at.p, K: w.length / (3 * at.p) };
    const { split, evaluate } = evaluatorOf(at, dimensions.K, address);
    const { trainLoss, testLoss, trainAccuracy, testAccuracy, normA, normB, normC, iprA, active } = evaluate(w);
    const order = Math.sqrt(normA + normB + normC);
    const tested = split.test.length > 0;
    return {
      order,
      trainLoss,
      testLoss: tested ? testLoss : null,
      trainAccuracy,
      testAccuracy: tested ? testAccuracy : null,
      participation: iprA,
      active,
      label: learnedPhase({
        norm: order,
        varying: varyingShare(w, { p: at.p, K: 3 * dimensions.K }),
        trainAccuracy,
        testAccuracy: tested ? testAccuracy : trainAccuracy,
      }),
    };
  },
  order: {
    label: "|w|, norm of the weights",
    // The table has no closed form under decay: it is known to be lowest only where even its upper bound is.
    theory(at) {
      if (!hasConstantPhase(at)) return null;
      const lowest = phasesAt(at).at(-1)?.label;
      if (lowest === "zero") return 0;
      return lowest === "constant" ? constantPhase(at.p, at.weightDecay).norm : null;
    },
  },
  critical(at) {
    if (!hasConstantPhase(at)) return {};
    const { coexistence, spinodal } = constantPhase(at.p, at.weightDecay);
    return { weightDecay: [coexistence, spinodal] };
  },
  phases: at => phasesAt(at),
  point: (phase, at) => (isNamedPoint(phase) ? pointAt(phase, at) : pointOfPhase(phase, at)),
  coefficient: (phase, at) => (isNamedPoint(phase) ? pointCoefficient(phase, at) : null),
  small: { p: 3 },
});

/** The learner where it begins at its start, which refuses operations that it does not answer and too few neurons; at a named point it need not fit. */
export const startedLearner: typeof modularLearner = {
  ...modularLearner,
  check(at) {
    modularLearner.check?.(at);
    bareStart(at, ANY);
  },
};

/**
 * Slow sweeps of weight decay on the table or a part of it. Outputs are cubic in the weights, so that zero is a minimum at every decay and
 * what is lost does not come back; last to go is the constant phase.
 */
export const modularAnneal = anneal(
  {
    ...startedLearner,
    // A larger table, with more neurons than its solution needs.
    controls: tableControls(7, 24),
  },
  {
    summary: "sweep weight decay slowly up and down: the table is lost first, then the constant output, by a jump",
    values: 34,
    paces: 2,
  },
);
