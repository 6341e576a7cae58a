import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { count, fraction, near, never, within } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { LATE, LEARNED, type Phase } from "../theory/phases.ts";
import { HIGH } from "../theory/quality.ts";
import type { Milestones } from "../training.ts";
import { cellsBesidePublished, hasPublishedPhase, stepNear } from "./beside-published.ts";
import {
  bothFast,
  comprehension,
  decayMap,
  defaultRates,
  ensembles,
  fastDecoder,
  fastEmbeddings,
  groupRuns,
  largeSizes,
  middleSizes,
  publishedRuns,
  quickEnsembles,
  rateMap,
  slowDecoder,
  smallSizes,
  strongDecay,
  type TrainStudy,
} from "./studies.ts";

const finals = (run: RunView, studies: readonly TrainStudy[]) => studies.flatMap(study => study.of(run, "final"));

const generalises = ({ label }: { readonly label: Phase }): boolean =>
  label === "comprehension" || label === "grokking";

/** How many of the runs of a study end in a phase, or generalise at all, beside the range for ten seeds. */
const counts = (
  run: RunView,
  study: TrainStudy,
  [what, holds]: readonly [string, (final: { readonly label: Phase }) => boolean],
  [low, high]: readonly [number, number],
): Comparison => count(`${study.name}: runs that ${what}`, study.of(run, "final"), holds, [low, high]);

const generalise = ["generalise", generalises] as const;
const memorise = ["memorise", ({ label }: { readonly label: Phase }) => label === "memorization"] as const;
const confused = ["stay confused", ({ label }: { readonly label: Phase }) => label === "confusion"] as const;

const requirement = {
  measured: "training from ten seeds",
  predicted: "range for ten seeds, stated after an independent implementation's runs",
  kind: "bound",
} as const;

const hasRepresentation = ({ qualityStep }: { readonly qualityStep: number | null }): boolean => qualityStep !== null;

/** Runs that only memorise have no representation. */
const neverWithoutGeneralising = (all: ReturnType<typeof finals>): Comparison => {
  const memories = all.filter(({ label }) => label === "memorization");
  return never("memorising runs that reached RQI 0.95", memories.filter(hasRepresentation).length, memories.length);
};

/** Test accuracy passed 0.9 before the quality of the representation passed 0.95. */
const isTestFirst = ({ qualityStep, testStep }: Milestones): boolean =>
  qualityStep === null || qualityStep > (testStep as number);

const ofMap = (run: RunView, map: typeof decayMap, published: Parameters<typeof cellsBesidePublished>[2]) => {
  const cells = cellsBesidePublished(run, map, published);
  const same = cells.filter(hasPublishedPhase).length;
  return {
    ...within(`${map.name}: share of cells with the published phase`, same / cells.length, 0.9, 1),
    members: cells.length,
  };
};

/** Slope of the least-squares line through embeddings over the symbols, times a positive number. */
const slopeOf = (E: readonly number[]): number =>
  E.reduce((sum, value, k) => sum + (k - (E.length - 1) / 2) * value, 0);

/** One pair more or less. */
const [ONE_PAIR, ONE_GROUP_PAIR] = [1.001 / 55, 1.001 / 36];

export const trainingClaims: readonly Claim[] = [
  claim("published-runs", "figure 6 and the source's code, seed 58", {
    statement: "Runs rebuilt from the source's own random words reach their accuracies at the published steps.",
    routes: {
      measured: "training in float64 from the words of two Mersenne twisters",
      predicted: "published step counts",
      kind: "published",
    },
    studies: publishedRuns.map(({ study }) => study),
    measure: run =>
      publishedRuns.flatMap(({ study, ...published }) =>
        study
          .of(run, "final")
          .flatMap(final =>
            (["trainStep", "testStep"] as const).map(name =>
              stepNear(`${study.name}: ${name}`, final[name], published[name]),
            ),
          ),
      ),
  }),

  claim("published-loss", "the source's code, seed 58 at its default rates", {
    statement: "The rebuilt run has the loss and the representation of the published one on the way.",
    routes: {
      measured: "training in float64 from the words of two Mersenne twisters",
      predicted: "an independent implementation from the same words",
      kind: "recomputed",
    },
    studies: publishedRuns.map(({ study }) => study),
    measure: run => [
      ...comprehension.of(run, "checkpoint").flatMap(({ step, loss }) => {
        const known = { 0: 0.98127, 500: 0.70609, 1000: 0.43041 }[step];
        return known === undefined ? [] : [near(`loss at step ${step}`, loss, known, 1e-5)];
      }),
      ...publishedRuns.flatMap(({ study, qualityStep }) =>
        study
          .of(run, "final")
          .map(final => stepNear(`${study.name}: step of RQI > 0.95`, final.qualityStep, qualityStep)),
      ),
    ],
  }),

  claim("trajectories", "figure 4c and d", {
    statement:
      "Embeddings of a network that generalises end equally spaced, in the order to which the effective flow leads from the same start.",
    routes: {
      measured: "embeddings of the published run, rebuilt",
      predicted: "limit of the flow: the part of the start along (0, 1, ..., p - 1)",
      kind: "formula",
    },
    studies: [comprehension],
    measure: run => {
      const states = comprehension.of(run, "embedding").map(({ values }) => values);
      const direction = Math.sign(slopeOf(states[0]));
      const end = states[states.length - 1];
      const wrong = end.slice(1).filter((value, k) => Math.sign(value - end[k]) !== direction).length;
      return [
        near("neighbours in the other order", wrong, 0),
        ...comprehension.of(run, "final").map(({ order }) => within("RQI at the end", order, HIGH, 1)),
      ];
    },
  }),

  claim("published-map", "figure 6, quick maps of the source's code", {
    statement: "At least nine in ten cells of the published maps, rebuilt, are in the same phase within the budget.",
    routes: {
      measured: "training in float64 from the words of two Mersenne twisters",
      predicted: "phases by the exact rule from published step counts; cells one by one in the table",
      kind: "published",
    },
    studies: [decayMap, rateMap],
    measure: run => [ofMap(run, decayMap, "decays"), ofMap(run, rateMap, "rates")],
  }),

  claim("representation-first", "section 3.1 and figure 3", {
    statement:
      "Where embeddings are fast a network that generalises has a representation, RQI above 0.95, no later than its test accuracy passes 0.9; one that memorises never has.",
    routes: {
      measured: "every step of training from ten seeds in each of two cells",
      predicted: "without exception, in an independent implementation's runs",
      kind: "bound",
    },
    studies: quickEnsembles,
    measure: run => {
      const all = finals(run, quickEnsembles);
      const good = all.filter(generalises);
      return [
        never("generalising runs whose test accuracy came first", good.filter(isTestFirst).length, good.length),
        neverWithoutGeneralising(all),
      ];
    },
  }),

  claim("representation-explains", "section 3.1 and figure 3; beyond the source", {
    statement:
      "With a fast decoder a few seeds generalise while RQI is still below 0.95; the parallelograms that are realised then link at least nine in ten pairs to training pairs all the same.",
    routes: {
      measured: "every step of training from ten seeds in each of six cells",
      predicted: "at most a quarter of the runs, none without its parallelograms, stated after a first look",
      kind: "bound",
    },
    studies: ensembles,
    measure: run => {
      const all = finals(run, ensembles);
      const good = all.filter(generalises);
      const unexplained = good.filter(({ predictedAccuracy }) => predictedAccuracy < LEARNED);
      return [
        fraction("share of generalising runs whose test accuracy came first", good, isTestFirst, [0, 0.25]),
        never("generalising runs whose representation predicts less than 0.9", unexplained.length, good.length),
        neverWithoutGeneralising(all),
      ];
    },
  }),

  claim("phases-of-seeds", "figure 6: cells at either end", {
    statement:
      "Fast embeddings generalise from most seeds; a fast decoder under strong decay stays confused from nearly all.",
    routes: requirement,
    studies: quickEnsembles,
    measure: run => [counts(run, fastEmbeddings, generalise, [4, 10]), counts(run, strongDecay, confused, [9, 10])],
  }),

  claim("phases-of-more-seeds", "figure 6: cells between", {
    statement:
      "A decoder as fast as the embeddings memorises; at the source's rates, and with a slower decoder, some seeds generalise and some do not.",
    routes: requirement,
    studies: [fastDecoder, bothFast, defaultRates, slowDecoder],
    measure: run => [
      counts(run, fastDecoder, memorise, [7, 10]),
      counts(run, bothFast, memorise, [7, 10]),
      counts(run, defaultRates, generalise, [1, 8]),
      counts(run, slowDecoder, generalise, [5, 10]),
    ],
  }),

  claim("late-generalisation-rare", "figure 6; beyond the source", {
    statement: `Test accuracy comes ${LATE} steps after training accuracy at the source's seed with decay 5, but from other random numbers hardly ever.`,
    routes: {
      measured: "training from ten seeds in each of six cells",
      predicted: "at most one run in ten; none of 104 of an independent implementation",
      kind: "bound",
    },
    studies: ensembles,
    measure: run => [
      fraction("share of late generalisation", finals(run, ensembles), ({ label }) => label === "grokking", [0, 0.1]),
    ],
  }),

  claim("predicted-accuracy", "figure 3", {
    statement:
      "The accuracy that the representation predicts is the measured one within one pair, from 25 to 45 training pairs.",
    routes: {
      measured: "training on random sets of pairs, 5000 steps",
      predicted: "the accuracy predicted by realised parallelograms, in at least four of five runs",
      kind: "bound",
    },
    studies: middleSizes,
    measure: run => {
      const all = finals(run, middleSizes);
      const same = all.filter(({ accuracy, predictedAccuracy }) => Math.abs(accuracy - predictedAccuracy) <= ONE_PAIR);
      return [{ ...within("share of runs", same.length / all.length, 0.8, 1), members: all.length }];
    },
  }),

  claim("realised-within-implied", "appendix E, figures 9 to 11", {
    statement:
      "Parallelograms that training realises are among those that its pairs imply: no representation predicts more than one pair beyond the ideal accuracy of its training set.",
    routes: {
      measured: "the accuracy predicted by realised parallelograms, after training on random sets of pairs",
      predicted: "the ideal accuracy, by the row space of the training parallelograms, as a bound within one pair",
      kind: "recomputed",
    },
    studies: middleSizes,
    measure: run => {
      const all = finals(run, middleSizes);
      const beyond = all.filter(({ predictedAccuracy, idealAccuracy }) => predictedAccuracy > idealAccuracy + ONE_PAIR);
      return [never("runs more than one pair beyond the ideal accuracy", beyond.length, all.length)];
    },
  }),

  claim("representation-by-size", "figure 4b", {
    statement:
      "Up to 20 training pairs no representation forms within 10 000 steps; with 50 and more one that forms takes less than 1300, but not every seed has one.",
    routes: {
      measured: "training on random sets of pairs",
      predicted:
        "the source's figure, whose runs with 50 pairs all have one: none up to 20 pairs, less than 1300 steps from 50",
      kind: "published",
    },
    studies: [...smallSizes, ...largeSizes],
    measure: run => {
      const [small, large] = [finals(run, smallSizes), finals(run, largeSizes)];
      const formed = large.filter(hasRepresentation);
      const slow = formed.filter(({ qualityStep }) => (qualityStep as number) >= 1300);
      return [
        never("runs with up to 20 pairs that reach RQI 0.95", small.filter(hasRepresentation).length, small.length),
        never("representations with 50 pairs or more that take 1300 steps or longer", slow.length, formed.length),
        {
          ...within("runs with 50 pairs or more that have one", formed.length, 3, large.length),
          members: large.length,
        },
      ];
    },
  }),

  claim("permutations", "figures 6d and 16 to 18", {
    statement:
      "Where the source's map, one seed a cell, has comprehension for products of permutations, some seeds generalise and some memorise; no run does worse than its representation predicts.",
    routes: {
      measured: "training 3 x 3 matrices from seeds of one's own on 24 of 36 pairs",
      predicted: "at least one run of either kind; the predicted accuracy as a lower bound, within one pair",
      kind: "bound",
    },
    studies: [groupRuns],
    measure: run => {
      const all = groupRuns.of(run, "final");
      const good = all.filter(generalises).length;
      const worse = all.filter(({ accuracy, predictedAccuracy }) => accuracy < predictedAccuracy - ONE_GROUP_PAIR);
      return [
        { ...within("runs that generalise", good, 1, all.length - 1), members: all.length },
        never("runs more than one pair below what is predicted", worse.length, all.length),
      ];
    },
  }),
];
