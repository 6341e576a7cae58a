import { type SpectrumSummary, spectrumSummary } from "../../../coefficient/exact/spectrum-summary.ts";
import { type Controls, choice, integer, namesOf, number, type ValuesOf } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { linearCheckpoints } from "../../../learning/checkpoints.ts";
import { descend } from "../../../learning/descend.ts";
import { fullBatch, minibatches } from "../../../learning/gradients.ts";
import { optimisers } from "../../../learning/optimisers.ts";
import { type Embedding, ringEmbedding } from "../../../numerics/ring-embedding.ts";
import { stream } from "../../../numerics/stream.ts";
import { type AccuracySummary, accuracyHistory } from "../../../protocols/accuracy-history.ts";
import { type ChainEstimate, langevinEstimate } from "../../../protocols/chain-estimate.ts";
import { optimiserIn, savedOptimiser } from "../../../protocols/saved-optimiser.ts";
import { controls } from "../controls.ts";
import { type Evaluation, evaluator } from "../evaluation.ts";
import { coverageWarning } from "../model/coverage.ts";
import { checkDimensions, weightsOf } from "../model/layout.ts";
import { methodNames } from "../model/methods.ts";
import { checkPrimeModulus } from "../model/modulus.ts";
import { modularObjective } from "../model/objective.ts";
import { pairsAt, splitPairs, trainCount } from "../model/pairs.ts";
import { randomStart, referenceSeeds } from "../model/start.ts";
import { neuronStrengths } from "../phases.ts";
import { curvatures, spectralRank } from "../theory/jacobian.ts";

/** Steps at which coefficients are measured, up to the last one, which is always one of them. */
const measurements = {
  none: [],
  few: [0, 30, 60, 100, 200, 400, 600, 800, 1500, 3000],
  many: [0, 20, 30, 50, 75, 100, 125, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 2500, 3000, 4000, 6000, 8000],
} as const satisfies { readonly [name: string]: readonly number[] };

/** Evaluations from one offered state to the next. */
const SAVE_EVERY = 10;

type Measured = {
  readonly step: number;
  readonly testAccuracy: number;
  readonly trainLoss: number;
  readonly trace: number;
};

export type ModularTrainRecords = {
  /** Seeds of the split and of the start, and the number of training pairs. */
  readonly start: {
    readonly split: number;
    readonly start: number;
    readonly N: number;
    readonly warning: string | null;
  };
  readonly evaluation: { readonly step: number } & Evaluation;
  /** One for each Langevin chain of a measurement. */
  readonly coefficient: Measured & { readonly member: number } & ChainEstimate;
  /** Of J J^T / N. */
  readonly spectrum: Measured & { readonly rank: number } & SpectrumSummary;
  readonly embedding: Embedding;
  readonly final: Evaluation & AccuracySummary;
};

const trainControls = {
  p: controls.p,
  K: controls.K,
  op: controls.op,
  trainFraction: controls.trainFraction,
  centred: controls.centred,
  optimiser: choice("how a gradient becomes a step", namesOf(optimisers), { default: "adamw" }),
  stepSize: number("step size of training, on the mean loss", {
    default: 0.01,
    min: 1e-9,
    max: 100,
    scale: "log",
    formerly: ["rate"],
  }),
  momentum: number("momentum of the heavy ball", { default: 0.9, min: 0, max: 0.999 }),
  weightDecay: number("decoupled decay of adamw", { default: 0.5, min: 0, max: 10 }),
  l2: number("decay added to the gradient", { default: 0, min: 0, max: 10 }),
  batch: integer("pairs per step; 0 for all", { default: 0, min: 0, max: 1_000_000 }),
  startScale: number("standard deviation of A and B at the start", { default: 0.3, min: 0, max: 100 }),
  outputScale: number("standard deviation of C at the start", { default: 0.1, min: 0, max: 100 }),
  steps: integer("steps", { default: 3000, min: 1, max: 100_000_000, scale: "log" }),
  evaluateEvery: integer("steps between evaluations", { default: 10, min: 1, max: 1_000_000 }),
  measurements: choice("at how many steps the coefficient is measured by Langevin chains", namesOf(measurements), {
    default: "few",
  }),
  spectrum: choice("whether the spectrum of J J^T / N is computed there too: (N p)^3 operations", ["no", "yes"]),
  langevinChains: integer("chains of a measurement", { default: 1, min: 0, max: 1000 }),
  nBeta: controls.nBeta,
  gamma: controls.gamma,
  langevinStepSize: controls.langevinStep,
  burnIn: controls.burnIn,
  draws: controls.draws,
  method: choice("how loss and gradient are computed: automatic takes the cheapest", ["automatic", ...methodNames]),
} as const satisfies Controls;

export type TrainValues = ValuesOf<typeof trainControls>;

export const trainProtocol = protocol<ModularTrainRecords>()({
  name: "train",
  summary: "train on a part of the table, follow accuracies and order parameters, and measure coefficients on the way",
  settings: trainControls,
  small: { p: 5, K: 8, steps: 60, evaluateEvery: 5, burnIn: 20, draws: 20 },

  check(settings) {
    const { p, K, trainFraction, batch } = settings;
    checkPrimeModulus(p);
    checkDimensions({ p, K });
    const count = trainCount(p, trainFraction);
    if (batch > count) throw invalid("batch", batch, `at most the ${count} training pairs`);
  },

  run({ settings, seed, chain }, context) {
    const { p, K, op, trainFraction, batch, steps, evaluateEvery, method, startScale, outputScale } = settings;
    const centred = settings.centred === "yes";
    const dimensions = { p, K };
    const seeds = referenceSeeds({ seed, chain });
    const split = splitPairs(p, trainFraction, seeds.split);
    const pairs = pairsAt(p, op, split.train);
    const objective = modularObjective({ ...dimensions, pairs, centred, method });
    const evaluate = evaluator(dimensions, split, op, centred);
    const optimiser = optimisers[settings.optimiser](settings);
    const measured = new Set<number>(measurements[settings.measurements].filter(step => step < steps));
    if (settings.measurements !== "none") measured.add(steps);
    const evaluated = new Set(linearCheckpoints(evaluateEvery, steps));
    const checkpoints = [...new Set([...evaluated, ...measured])].sort((a, b) => a - b);

    const { nBeta, gamma, langevinStepSize: stepSize, burnIn, draws } = settings;
    const resolution = { nBeta, gamma, stepSize, burnIn, draws };
    const measure = (w: Float64Array, step: number, { testAccuracy, trainLoss, trace }: Evaluation): void => {
      const common = { step, testAccuracy, trainLoss, trace };
      for (let member = 0; member < settings.langevinChains; member++) {
        const random = (purpose: string) =>
          stream({ seed, chain, purpose: `coefficient ${step} ${member} ${purpose}` });
        const plan = { ...resolution, setting: "langevinStepSize", objective, centre: w.slice(), random };
        context.record("coefficient", { ...common, member, ...langevinEstimate(plan) });
      }
      if (settings.spectrum !== "yes") return;
      const h = curvatures(w, dimensions, pairs, { centred });
      context.record("spectrum", { ...common, rank: spectralRank(h), ...spectrumSummary(h, trainLoss, resolution) });
    };

    const { saved } = context;
    const history = accuracyHistory(saved);
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
        : randomStart(dimensions, { seed: seeds.start, sw: startScale, sv: outputScale }),
      state: saved && optimiserIn(saved),
      from: saved && (saved.step as number),
      checkpoints,
      visit({ step, w, state }) {
        const now = evaluate(w);
        if (evaluated.has(step)) {
          context.record("evaluation", { step, ...now });
          history.add(step, now);
        }
        if (measured.has(step)) measure(w, step, now);
        if (step === steps) {
          const weights = weightsOf(w, dimensions);
          context.record("embedding", ringEmbedding(weights.A, neuronStrengths(w, dimensions), dimensions));
          context.record("final", { ...now, ...history.summary() });
          const arrays = Object.entries(weights).map(([name, data]) => [name, { shape: [K, p], data: data.slice() }]);
          context.snapshot("weights", Object.fromEntries(arrays));
        } else if (measured.has(step) || history.length % SAVE_EVERY === 0)
          context.save(() => ({ ...savedOptimiser(state), step, w, ...history.saved() }));
        context.progress(step / steps);
      },
    });
  },
});
