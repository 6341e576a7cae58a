import { choice, integer, namesOf, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { linearCheckpoints } from "../../../learning/checkpoints.ts";
import { descend } from "../../../learning/descend.ts";
import { minibatches, stepsPerEpoch } from "../../../learning/gradients.ts";
import { optimisers } from "../../../learning/optimisers.ts";
import { findPlateaus, type Plateau } from "../../../learning/plateaus.ts";
import { quantile } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { type CheckpointCoefficient, checkpointCoefficient } from "../../../protocols/checkpoint-coefficient.ts";
import { optimiserIn, savedOptimiser } from "../../../protocols/saved-optimiser.ts";
import { drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { type Dimensions, fromFlat } from "../model/layout.ts";
import { classifyState, type Described, describeState, LEVEL_TOLERANCE, levelAt } from "../phases.ts";
import { controls } from "./controls.ts";
import { checkStart, startPoint, starts, startsText } from "./starts.ts";

/** A plateau lasts at least this many checkpoints. */
const PLATEAU_POINTS = 4;

type Parameters = { readonly W: readonly (readonly number[])[]; readonly b: readonly number[] };

/** What training records. */
export type TrainRecords = {
  checkpoint: { readonly epoch: number; readonly step: number; readonly trainLoss: number } & Described;
  coefficient: {
    readonly epoch: number;
    readonly loss: number;
    readonly label: string | null;
  } & CheckpointCoefficient;
  plateau: {
    readonly label: string | null;
    readonly level: number;
    readonly fromEpoch: number;
    readonly toEpoch: number;
    readonly checkpoints: number;
  } & Parameters;
  final: { readonly epoch: number } & Described & Parameters;
};

/**
 * Minibatch training on a sample drawn once per chain: the source's dynamical experiment. Every `every` epochs the state
 * is classified by its population loss; at the end the plateaus of that loss are found without knowledge of the levels.
 */
export const train = protocol<TrainRecords>()({
  name: "train",
  summary: "train on a finite sample with minibatches and follow the plateaus of the loss",
  settings: {
    c: controls.c,
    r: controls.r,
    n: controls.n,
    scheme: choice(`start: ${startsText}`, namesOf(starts), { default: "A" }),
    epochs: integer("passes over the sample", { default: 4500, min: 1, max: 10_000_000, scale: "log" }),
    every: integer("epochs between checkpoints", { default: 30, min: 1, max: 1_000_000 }),
    batch: integer("samples per step", { default: 20, min: 1, max: 10_000_000 }),
    optimiser: choice("how a gradient becomes a step", namesOf(optimisers), { default: "gradient-descent" }),
    stepSize: number("step size on the unhalved loss", {
      default: 0.005,
      min: 1e-9,
      max: 100,
      scale: "log",
      formerly: ["rate"],
    }),
    momentum: number("momentum of the heavy ball", { default: 0.9, min: 0, max: 0.999 }),
    weightDecay: number("decoupled decay of adamw", { default: 0, min: 0, max: 10 }),
    lambdaChains: integer("chains that estimate the learning coefficient at a checkpoint (0: none)", {
      default: 0,
      min: 0,
      max: 1000,
    }),
    lambdaEvery: integer("checkpoints from one estimate of the learning coefficient to the next", {
      default: 1,
      min: 1,
      max: 1_000_000,
    }),
  },
  small: { n: 100, epochs: 24, every: 2 },

  check({ c, r, n, batch, scheme }) {
    checkStart(scheme, { c, r });
    if (batch > n) throw invalid("batch", batch, `at most n = ${n}`);
  },

  run({ settings, seed, chain }, context) {
    const { c, r, n, epochs, every, batch, lambdaChains, lambdaEvery, stepSize, momentum, weightDecay } = settings;
    const objective = empiricalObjective(drawDataset(stream({ seed, chain, purpose: "dataset" }), { c, n }), r);
    const optimiser = optimisers[settings.optimiser]({ rate: stepSize, momentum, weightDecay });
    const perEpoch = stepsPerEpoch(n, batch);
    const checkpoints = linearCheckpoints(every * perEpoch, epochs * perEpoch);

    const size = objective.size;
    const steps = new Float64Array(checkpoints.length);
    const losses = new Float64Array(checkpoints.length);
    const points = new Float64Array(checkpoints.length * size);
    let visited = 0;
    const { saved } = context;
    if (saved) {
      visited = saved.visited as number;
      steps.set(saved.steps as Float64Array);
      losses.set(saved.losses as Float64Array);
      points.set(saved.points as Float64Array);
    }

    descend({
      gradients: minibatches(objective, { batch, seed, chain }),
      optimiser,
      w: (saved?.w as Float64Array | undefined)?.slice() ?? startPoint(settings.scheme, { c, r }, { seed, chain }),
      ...(saved && { state: optimiserIn(saved), from: steps[visited - 1] }),
      checkpoints,
      visit({ step, w, state }) {
        const phase = classifyState(w, { c, r });
        steps[visited] = step;
        losses[visited] = phase.loss;
        points.set(w, visited * size);
        visited++;
        context.record("checkpoint", {
          epoch: step / perEpoch,
          step,
          trainLoss: objective.loss(w),
          ...describeState(phase),
        });
        if (lambdaChains > 0 && (visited - 1) % lambdaEvery === 0)
          context.record("coefficient", {
            epoch: step / perEpoch,
            loss: phase.loss,
            label: phase.label,
            ...checkpointCoefficient(objective, w, { chains: lambdaChains, seed, chain, step }),
          });
        context.save(() => ({
          ...savedOptimiser(state),
          visited,
          w,
          steps: steps.slice(0, visited),
          losses: losses.slice(0, visited),
          points: points.slice(0, visited * size),
        }));
        context.progress(visited / checkpoints.length);
      },
    });

    for (const { from, to, level, label } of recognisedPlateaus(losses, { c, r })) {
      const middle = Math.floor((from + to) / 2) * size;
      const { W, b } = fromFlat(points.subarray(middle, middle + size), { c, r });
      context.record("plateau", {
        label,
        level,
        fromEpoch: steps[from] / perEpoch,
        toEpoch: steps[to] / perEpoch,
        checkpoints: to - from + 1,
        W,
        b,
      });
    }
    const last = classifyState(points.slice((visited - 1) * size), { c, r });
    context.record("final", { epoch: epochs, ...describeState(last), W: last.W, b: last.b });
    context.snapshot("trajectory", {
      step: { shape: [visited], data: steps },
      loss: { shape: [visited], data: losses },
      w: { shape: [visited, size], data: points },
    });
  },
});

/**
 * Plateaus found without knowledge of the levels, then named by the level they lie on, if any. Neighbours on the same level
 * are one plateau: a slow relaxation can leave the band before it has settled.
 */
const recognisedPlateaus = (losses: Float64Array, dimensions: Dimensions) => {
  const plateaus: (Plateau & { label: string | null })[] = [];
  for (const plateau of findPlateaus(losses, { width: LEVEL_TOLERANCE, points: PLATEAU_POINTS })) {
    const { label } = levelAt(plateau.level, dimensions);
    const before = plateaus.at(-1);
    if (label !== null && before?.label === label && before.to + 1 === plateau.from) {
      const values = Array.from(losses.subarray(before.from, plateau.to + 1));
      plateaus[plateaus.length - 1] = { from: before.from, to: plateau.to, level: quantile(values, 0.5), label };
    } else plateaus.push({ ...plateau, label });
  }
  return plateaus;
};
