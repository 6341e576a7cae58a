import type { Settings } from "../../../contracts/field.ts";
import type { Protocol, ProtocolContext, SavedState } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { linearCheckpoints } from "../../../learning/checkpoints.ts";
import { descend } from "../../../learning/descend.ts";
import { fullBatch, minibatches } from "../../../learning/gradients.ts";
import { type OptimiserSettings, optimisers } from "../../../learning/optimisers.ts";
import { stream } from "../../../numerics/stream.ts";
import { type Evaluation, evaluator } from "../evaluation.ts";
import { coverageWarning } from "../model/coverage.ts";
import { checkDimensions, type Dimensions, weightsOf } from "../model/layout.ts";
import { methodNames } from "../model/methods.ts";
import { checkPrimeModulus } from "../model/modulus.ts";
import { modularObjective } from "../model/objective.ts";
import { type Pairs, pairsAt, splitPairs, trainCount } from "../model/pairs.ts";
import { randomStart } from "../model/start.ts";
import { grokkingSeverity } from "../phases.ts";
import { langevinEstimate } from "../posterior/langevin-estimate.ts";
import { effectiveCoefficient, harmonicFreeEnergy, langevinCoefficient } from "../theory/harmonic.ts";
import { curvatures, spectralRank } from "../theory/jacobian.ts";
import { controls } from "./controls.ts";
import { describeEmbedding } from "./embedding.ts";
import { milestonesOf } from "./milestones.ts";

/** Steps at which coefficients are measured, up to the last one, which is always one of them. */
const measurements: { readonly [name: string]: readonly number[] } = {
  none: [],
  few: [0, 30, 60, 100, 200, 400, 600, 800, 1500, 3000],
  many: [0, 20, 30, 50, 75, 100, 125, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 2500, 3000, 4000, 6000, 8000],
};

/** The fine resolution, beside that of the chains. */
const FINE = { nBeta: 1e6, gamma: 1 };

/** Evaluations from one offered state to the next. */
const SAVE_EVERY = 10;

/** Reference numbers of a member: s = seed + chain + 1 shuffles the pairs, 100 + s draws the start. */
export const referenceSeeds = (seed: number, chain: number) => {
  const split = (seed + chain + 1) % 4294967196;
  return { split, start: 100 + split };
};

export const trainProtocol: Protocol = {
  name: "train",
  summary: "train on a part of the table, follow accuracies and order parameters, and measure coefficients on the way",
  settings: {
    p: controls.p,
    K: controls.K,
    op: controls.op,
    trainFraction: controls.trainFraction,
    centred: controls.centred,
    optimiser: {
      kind: "choice",
      summary: "how a gradient becomes a step",
      default: "adamw",
      choices: Object.keys(optimisers),
    },
    rate: { kind: "number", summary: "step size on the mean loss", default: 0.01, min: 1e-9, max: 100, scale: "log" },
    momentum: { kind: "number", summary: "momentum of the heavy ball", default: 0.9, min: 0, max: 0.999 },
    weightDecay: { kind: "number", summary: "decoupled decay of adamw", default: 0.5, min: 0, max: 10 },
    l2: { kind: "number", summary: "decay added to the gradient", default: 0, min: 0, max: 10 },
    batch: { kind: "integer", summary: "pairs per step; 0 for all", default: 0, min: 0, max: 1_000_000 },
    startScale: {
      kind: "number",
      summary: "standard deviation of A and B at the start",
      default: 0.3,
      min: 0,
      max: 100,
    },
    outputScale: { kind: "number", summary: "standard deviation of C at the start", default: 0.1, min: 0, max: 100 },
    steps: { kind: "integer", summary: "steps", default: 3000, min: 1, max: 100_000_000, scale: "log" },
    evaluateEvery: { kind: "integer", summary: "steps between evaluations", default: 10, min: 1, max: 1_000_000 },
    measurements: {
      kind: "choice",
      summary: "at how many steps the coefficient is measured by Langevin chains",
      default: "few",
      choices: Object.keys(measurements),
    },
    spectrum: {
      kind: "choice",
      summary: "whether the spectrum of J J^T / N is computed there too: (N p)^3 operations",
      default: "no",
      choices: ["no", "yes"],
    },
    langevinChains: { kind: "integer", summary: "chains of a measurement", default: 1, min: 0, max: 1000 },
    nBeta: controls.nBeta,
    gamma: controls.gamma,
    stepSize: controls.stepSize,
    burnIn: controls.burnIn,
    draws: controls.draws,
    method: {
      kind: "choice",
      summary: "how loss and gradient are computed: automatic takes the cheapest",
      default: "automatic",
      choices: ["automatic", ...methodNames],
    },
  },

  check(settings) {
    const { p, K, trainFraction, batch } = settings as { [name: string]: number };
    checkPrimeModulus(p);
    checkDimensions({ p, K });
    const count = trainCount(p, trainFraction);
    if (batch > count) throw invalid("batch", batch, `at most the ${count} training pairs`);
  },

  run({ settings, seed, chain }, context) {
    const { p, K, trainFraction, batch, steps, evaluateEvery } = settings as { [name: string]: number };
    const op = settings.op as string;
    const centred = settings.centred === "yes";
    const dimensions = { p, K };
    const seeds = referenceSeeds(seed, chain);
    const split = splitPairs(p, trainFraction, seeds.split);
    const pairs = pairsAt(p, op, split.train);
    const objective = modularObjective({ ...dimensions, pairs, centred, method: settings.method as string });
    const evaluate = evaluator(dimensions, split, op, centred);
    const optimiser = optimisers[settings.optimiser as string](settings as unknown as OptimiserSettings);
    const measured = new Set([...measurements[settings.measurements as string].filter(step => step < steps)]);
    if (settings.measurements !== "none") measured.add(steps);
    const evaluated = new Set(linearCheckpoints(evaluateEvery, steps));
    const checkpoints = [...new Set([...evaluated, ...measured])].sort((a, b) => a - b);

    const { saved } = context;
    const history = saved ? historyOf(saved) : { steps: [], train: [], test: [] };
    if (!saved)
      context.record("start", {
        split: seeds.split,
        start: seeds.start,
        N: pairs.index.length,
        warning: coverageWarning(pairs) ?? null,
      });

    descend({
      gradients: batch > 0 ? minibatches(objective, { batch, seed, chain }) : fullBatch(objective),
      optimiser,
      parameters: objective.parameters,
      w: saved
        ? (saved.w as Float64Array).slice()
        : randomStart(dimensions, {
            seed: seeds.start,
            sw: settings.startScale as number,
            sv: settings.outputScale as number,
          }),
      state: saved && optimiserState(saved),
      from: saved && (saved.step as number),
      checkpoints,
      visit({ step, w, state }) {
        const now = evaluate(w);
        if (evaluated.has(step)) {
          context.record("evaluation", { step, ...now });
          history.steps.push(step);
          history.train.push(now.trainAccuracy);
          history.test.push(now.testAccuracy);
        }
        if (measured.has(step)) measure({ settings, dimensions, pairs, objective, w, step, seed, chain, now }, context);
        if (step === steps) finish(dimensions, w, history, now, context);
        else if (measured.has(step) || history.steps.length % SAVE_EVERY === 0)
          context.save(() => ({
            ...Object.fromEntries(Object.entries(state).map(([name, value]) => [OPTIMISER + name, value])),
            step,
            w,
            historySteps: Float64Array.from(history.steps),
            historyTrain: Float64Array.from(history.train),
            historyTest: Float64Array.from(history.test),
          }));
        context.progress(step / steps);
      },
    });
  },
};

interface History {
  readonly steps: number[];
  readonly train: number[];
  readonly test: number[];
}

interface Place {
  readonly settings: Settings;
  readonly dimensions: Dimensions;
  readonly pairs: Pairs;
  readonly objective: ReturnType<typeof modularObjective>;
  readonly w: Float64Array;
  readonly step: number;
  readonly seed: number;
  readonly chain: number;
  readonly now: Evaluation;
}

/** Records "coefficient", one for each Langevin chain, and "spectrum". */
const measure = (place: Place, { record }: ProtocolContext): void => {
  const { settings, dimensions, pairs, objective, w, step, seed, chain, now } = place;
  const { nBeta, gamma, stepSize, burnIn, draws, langevinChains } = settings as { [name: string]: number };
  const common = { step, testAccuracy: now.testAccuracy, trainLoss: now.trainLoss, trace: now.trace };
  for (let member = 0; member < langevinChains; member++) {
    const estimate = langevinEstimate({
      objective,
      centre: w.slice(),
      nBeta,
      gamma,
      stepSize,
      burnIn,
      draws,
      random: purpose => stream({ seed, chain, purpose: `coefficient ${step} ${member} ${purpose}` }),
    });
    record("coefficient", {
      ...common,
      member,
      lambda: estimate.kind === "estimate" ? estimate.lambda : null,
      standardError: estimate.kind === "estimate" ? estimate.standardError : null,
      failure: estimate.kind === "failure" ? estimate.text : null,
    });
  }
  if (settings.spectrum !== "yes") return;
  const h = curvatures(w, dimensions, pairs, { centred: settings.centred === "yes" });
  const run = { nBeta, gamma, stepSize, burnIn, draws };
  const stable = stepSize * (nBeta * h[0] + gamma) < 4;
  record("spectrum", {
    ...common,
    rank: spectralRank(h),
    effective: effectiveCoefficient(h, { nBeta, gamma }),
    fine: effectiveCoefficient(h, FINE),
    langevin: stable ? langevinCoefficient(h, run) : null,
    freeEnergy: nBeta * now.trainLoss + harmonicFreeEnergy(h, { nBeta, gamma }),
    largest: h[0],
  });
};

const finish = (
  dimensions: Dimensions,
  w: Float64Array,
  history: History,
  now: Evaluation,
  { record, snapshot }: ProtocolContext,
): void => {
  record("embedding", describeEmbedding(w, dimensions));
  record("final", {
    ...now,
    ...milestonesOf(history.steps, history.train, history.test),
    severity: grokkingSeverity(history.train, history.test),
    mostTestAccuracy: history.test.reduce((most, value) => Math.max(most, value), 0),
  });
  const { p, K } = dimensions;
  const { A, B, C } = weightsOf(w, dimensions);
  snapshot("weights", {
    A: { shape: [K, p], data: A.slice() },
    B: { shape: [K, p], data: B.slice() },
    C: { shape: [K, p], data: C.slice() },
  });
};

/** Saved optimiser fields carry a prefix, so that no optimiser can clash with the protocol's own. */
const OPTIMISER = "optimiser.";

const optimiserState = (saved: SavedState) =>
  Object.fromEntries(
    Object.entries(saved)
      .filter(([name]) => name.startsWith(OPTIMISER))
      .map(([name, value]) => [name.slice(OPTIMISER.length), typeof value === "number" ? value : value.slice()]),
  );

const historyOf = ({ historySteps, historyTrain, historyTest }: SavedState): History => ({
  steps: [...(historySteps as Float64Array)],
  train: [...(historyTrain as Float64Array)],
  test: [...(historyTest as Float64Array)],
});
