import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import {
  above,
  count,
  jackknifeComparison,
  meanComparison,
  never,
  pooledComparison,
} from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { mean } from "../../../numerics/statistics.ts";
import { buckets, guessedAccuracy } from "../theory/buckets.ts";
import { descriptionLength } from "../theory/description-length.ts";
import type { Phase } from "../theory/phases.ts";
import { relationOf } from "../theory/relation.ts";
import { mainRelations } from "./statics.ts";
import {
  type CurveRelation,
  curves,
  decayStudies,
  equalRates,
  fastDecoder,
  fastRatioTen,
  modeStudies,
  powerStudies,
  ratioHundred,
  ratioTen,
  ratioThirty,
  slowDecoder,
  slowRatioTen,
  type TrainStudy,
  transcribedUnit,
  unitOfClasses,
  unitOfOrder,
} from "./studies.ts";

const isIn =
  (...phases: readonly Phase[]) =>
  ({ label }: { readonly label: Phase }): boolean =>
    phases.includes(label);

/** How many of the runs of a study end in a phase, beside the range for six seeds. */
const ends = (run: RunView, study: TrainStudy, phase: Phase, range: readonly [number, number]): Comparison =>
  count(`${study.name}: ${phase}`, study.of(run, "final"), isIn(phase), range);

const requirement = {
  measured: "training from six seeds at each pair of rates",
  predicted: "range for six seeds, stated after an independent implementation's runs",
  kind: "bound",
} as const;

/** Mean accuracy on all pairs of an earlier implementation's three seeds, at 0.1, 0.3, 0.5 and 0.75 of the pairs. */
const earlierAccuracy: { readonly [name in CurveRelation]?: readonly number[] } = {
  "mod 3": [0.612, 0.869, 0.991, 0.997],
  order: [0.726, 0.921, 0.968, 0.986],
  bipartite: [0.635, 0.97, 0.991, 0.999],
};
const fractions = [0.1, 0.3, 0.5, 0.75];

/** Accuracies on all pairs at the end. */
const accuracies = (run: RunView, study: TrainStudy): readonly number[] =>
  study.of(run, "final").map(({ accuracy }) => accuracy);

/** The accuracy that balls in buckets allow, by the table's description length. */
export const bucketBound = (name: CurveRelation, fraction: number): number => {
  const { relation } = mainRelations.find(each => each.name === name)!;
  const pairs = relation.symbols * relation.symbols;
  return guessedAccuracy(buckets(descriptionLength(relation).table).known(fraction * pairs), relation.guess);
};

type Curves = typeof curves;
const quickCurves = curves.filter(({ study }) => study.quick);
const fullCurves = curves.filter(({ study }) => !study.quick);

const accuracyClaim = (id: string, own: Curves): Claim =>
  claim(id, "figure 2", {
    statement: "Accuracy on all pairs rises steeply with the share that is trained on.",
    routes: {
      measured: "training for 3000 steps, mean over seeds with its 95 % interval",
      predicted:
        "an earlier implementation's means over three seeds, within 0.07 up to 0.3 of the pairs and 0.03 beyond",
      kind: "simulated",
    },
    studies: own.map(({ study }) => study),
    measure: run =>
      own.map(({ name, fraction, study }) =>
        meanComparison(`${name}, share ${fraction}`, accuracies(run, study), {
          predicted: earlierAccuracy[name]![fractions.indexOf(fraction)],
          tolerance: fraction < 0.5 ? 0.07 : 0.03,
        }),
      ),
  });

/** By so much a mean may exceed the bound, which is an estimate. */
const SLACK = 0.01;

/** Where the bound is near 1 it says nothing. */
const gapClaim = (id: string, all: Curves): Claim => {
  const own = all.filter(({ name, fraction }) => bucketBound(name, fraction) + SLACK < 1);
  return claim(id, "section III, figure 2", {
    statement:
      "Networks stay below what balls in buckets allow: they need pairs to learn what kind of relation it is, too.",
    routes: {
      measured: "training for 3000 steps, mean over seeds with its 95 % interval",
      predicted: "equation 5 with the table's bits, and 0.01",
      kind: "formula",
    },
    studies: own.map(({ study }) => study),
    measure: run =>
      own.map(({ name, fraction, study }) =>
        meanComparison(`${name}, share ${fraction}`, accuracies(run, study), {
          predicted: { below: bucketBound(name, fraction) + SLACK },
        }),
      ),
  });
};

const mod3 = relationOf({ relation: "mod", n: 30, k: 3 });

/** Differences of accuracies of two studies whose members have the same training pairs. */
const pairedDifferences = (run: RunView, one: TrainStudy, other: TrainStudy): readonly number[] => {
  const others = accuracies(run, other);
  return accuracies(run, one).map((value, i) => value - others[i]);
};

const modeAt = (mode: (typeof modeStudies)[number]["mode"], fraction: number): TrainStudy =>
  modeStudies.find(each => each.mode === mode && each.fraction === fraction)!.study;

const modePairs = [
  ["sqdiff", "concat"],
  ["diff", "concat"],
  ["sqdiff", "diff"],
] as const;

/** Mean accuracy on the test pairs, of a study's members. */
const testAccuracies = (run: RunView, study: TrainStudy): readonly number[] =>
  study.of(run, "final").map(({ testAccuracy }) => testAccuracy);

const depthStudy = (depth: number): TrainStudy => powerStudies.find(each => each.depth === depth)!.study;

const comparedDepths = [0, 1, 2, 6];

/** Where accuracy passes what is known of nine tenths of the bits, by straight lines between the measured shares. */
const thresholdOf = (curve: readonly { readonly fraction: number; readonly known: number }[]): number => {
  const at = curve.findIndex(({ known }) => known >= 0.9);
  if (at < 0) return Number.NaN;
  if (at === 0) return curve[0].fraction;
  const [low, high] = [curve[at - 1], curve[at]];
  return low.fraction + ((0.9 - low.known) / (high.known - low.known)) * (high.fraction - low.fraction);
};

export const trainingClaims: readonly Claim[] = [
  claim("phases-of-rates", "figure 5, table IV", {
    statement:
      "At equal rates and below networks generalise; with a decoder ten times as fast most still do; a hundred times, they memorise; at a rate of 0.3 they stay confused.",
    routes: requirement,
    studies: [slowDecoder, equalRates, ratioTen, ratioHundred, fastDecoder],
    measure: run => [
      ends(run, slowDecoder, "generalization", [5, 6]),
      ends(run, equalRates, "generalization", [5, 6]),
      ends(run, ratioTen, "generalization", [3, 6]),
      ends(run, ratioHundred, "memorization", [5, 6]),
      count(
        `${ratioHundred.name}: training accuracy 1, test accuracy 0.5 to 0.9`,
        ratioHundred.of(run, "final"),
        ({ trainAccuracy, testAccuracy }) => trainAccuracy === 1 && testAccuracy >= 0.5 && testAccuracy <= 0.9,
        [5, 6],
      ),
      ends(run, fastDecoder, "confusion", [5, 6]),
    ],
  }),

  claim("phases-of-more-rates", "figure 5, table IV", {
    statement:
      "The ratio counts, not the rates: ten at slower rates mostly generalises too. At thirty runs end both ways; at ten with rates up to 0.1 they are unstable.",
    routes: requirement,
    studies: [slowRatioTen, ratioThirty, fastRatioTen],
    measure: run => [
      ends(run, slowRatioTen, "generalization", [3, 6]),
      ends(run, ratioThirty, "memorization", [1, 6]),
      ends(run, fastRatioTen, "confusion", [1, 6]),
    ],
  }),

  claim("decay-moves-the-border", "figure 8", {
    statement:
      "Where runs only memorise, weak decay of the decoder changes nothing; strong decay lets them generalise, unlike in the source's figure, whose border does not move.",
    routes: {
      measured: "training from six seeds at a ratio of a hundred, with three decays",
      predicted: "at most two that generalise at 0.01, at least five at 1, stated after three seeds at 0.1 and 1",
      kind: "bound",
    },
    studies: [...decayStudies],
    measure: run => {
      const [weak, , strong] = decayStudies;
      const generalising = (study: TrainStudy, range: readonly [number, number]) =>
        count(`${study.name}: runs that generalise`, study.of(run, "final"), isIn("generalization", "grokking"), range);
      return [generalising(weak, [0, 2]), generalising(strong, [5, 6])];
    },
  }),

  accuracyClaim("accuracy-curves", quickCurves),
  accuracyClaim(
    "more-accuracy-curves",
    fullCurves.filter(({ name }) => name in earlierAccuracy),
  ),
  gapClaim("inductive-gap", quickCurves),
  gapClaim("more-inductive-gap", fullCurves),

  claim("measured-thresholds", "figure 2", {
    statement: "Networks know nine tenths of two sides from fewer pairs than of mod 3, as the description lengths say.",
    routes: {
      measured: "where the known part of the accuracy, beyond guessing, passes 0.9 between the measured shares",
      predicted: "the order of the critical fractions p_c",
      kind: "formula",
    },
    studies: quickCurves.filter(({ name }) => name === "mod 3" || name === "bipartite").map(({ study }) => study),
    measure: run => {
      const curve = (name: CurveRelation) =>
        quickCurves
          .filter(each => each.name === name)
          .map(({ fraction, study }) => {
            const { guess } = mainRelations.find(each => each.name === name)!.relation;
            const base = Math.max(guess, 1 - guess);
            return { fraction, known: (mean(accuracies(run, study)) - base) / (1 - base) };
          });
      return [above("mod 3 less bipartite", thresholdOf(curve("mod 3")) - thresholdOf(curve("bipartite")), 0)];
    },
  }),

  claim("biased-networks", "figure 3", {
    statement:
      "Decoders that are given the squared difference of two embeddings are right more often than those that are given the difference, and these more often than those that are given both: the inductive gap is the network's.",
    routes: {
      measured:
        "training for 3000 steps on the same fifth and three tenths of the pairs; mean difference over seeds with its 95 % interval",
      predicted: "the sign of the differences",
      kind: "bound",
    },
    studies: modeStudies.filter(({ fraction }) => fraction > 0.1).map(({ study }) => study),
    measure: run =>
      modePairs.map(([one, other]) => {
        const byShare = [0.2, 0.3].map(fraction =>
          pairedDifferences(run, modeAt(one, fraction), modeAt(other, fraction)),
        );
        // Both shares of a member together: what they have in common counts once.
        const groups = byShare[0].map((_, i) => byShare.map(own => own[i]));
        return pooledComparison(`${one} less ${other}`, groups, { predicted: { above: 0 } });
      }),
  }),

  claim("ideal-decoders", "figure 3", {
    statement:
      "One unit that knows what the relation is like closes the gap: of an order a tenth of the pairs is enough to pass every network, and of classes a fifth is enough for whole accuracy wherever training gets there.",
    routes: {
      measured: "training of embeddings and one scaled unit for 3000 steps",
      predicted:
        "accuracies of the bound at these shares, less 0.02; of classes among runs that learn their training pairs",
      kind: "formula",
    },
    studies: [...unitOfClasses, ...unitOfOrder].map(({ study }) => study),
    measure: run => [
      ...unitOfOrder.map(({ fraction, study }) =>
        meanComparison(`order, share ${fraction}`, accuracies(run, study), {
          predicted: { above: bucketBound("order", fraction) - 0.02 },
        }),
      ),
      ...unitOfClasses
        .filter(({ fraction }) => fraction > 0.1)
        .map(({ fraction, study }) =>
          meanComparison(
            `mod 3, share ${fraction}, of runs that learn their pairs`,
            study
              .of(run, "final")
              .filter(({ trainAccuracy }) => trainAccuracy > 0.95)
              .map(({ accuracy }) => accuracy),
            { predicted: { above: bucketBound("mod 3", fraction) - 0.02 } },
          ),
        ),
    ],
  }),

  claim("transcribed-unit", "figure 3; against a transcription of it", {
    statement:
      "The unit ReLU(0.1 - x) learns nothing: symbols of one class that stand apart have no slope towards each other.",
    routes: {
      measured: "training of embeddings and that unit for 3000 steps",
      predicted: "the accuracy of guessing, two thirds, within 0.03",
      kind: "formula",
    },
    studies: [transcribedUnit],
    measure: run => [
      meanComparison("accuracy", accuracies(run, transcribedUnit), { predicted: 1 - mod3.guess, tolerance: 0.03 }),
    ],
  }),

  claim("decoder-power", "figure 7, appendix E", {
    statement:
      "Decoders between too weak and too powerful generalise best: without hidden layers and with six, test accuracy is lower.",
    routes: {
      measured: "training for 4000 steps at width 10, mean test accuracy over seeds with the jackknife's interval",
      predicted: "at least 0.05 below the better of one and two hidden layers",
      kind: "bound",
    },
    studies: comparedDepths.map(depthStudy),
    measure: run => {
      const members = depthStudy(1)
        .of(run, "final")
        .map((_, i) => comparedDepths.map(depth => testAccuracies(run, depthStudy(depth))[i]));
      const at = (depth: number) => comparedDepths.indexOf(depth);
      return [0, 6].map(depth =>
        jackknifeComparison(
          `best of one and two layers less ${depth} layers`,
          members,
          own => {
            const [one, two, other] = [1, 2, depth].map(each => mean(own.map(member => member[at(each)])));
            return Math.max(one, two) - other;
          },
          { predicted: { above: 0.05 } },
        ),
      );
    },
  }),

  claim("clusters", "theorem 1", {
    statement:
      "Networks that generalise have their embeddings in clusters, one a class; those that memorise have them nearly where they began.",
    routes: {
      measured: "silhouette of the classes at the end of runs",
      predicted: "above 0 wherever a run generalises; lower on average where runs memorise",
      kind: "bound",
    },
    studies: [equalRates, slowDecoder, ratioHundred],
    measure: run => {
      const silhouettes = (study: TrainStudy, phase: Phase) =>
        study
          .of(run, "final")
          .filter(isIn(phase))
          .map(({ silhouette }) => silhouette as number);
      const good = [equalRates, slowDecoder].flatMap(study => silhouettes(study, "generalization"));
      const bad = silhouettes(ratioHundred, "memorization");
      return [
        never("generalising runs with a silhouette of 0 or less", good.filter(value => value <= 0).length, good.length),
        meanComparison("silhouette of generalising runs", good, { predicted: { above: 0 } }),
        meanComparison(
          "silhouette of memorising runs less the mean of generalising ones",
          bad.map(value => value - mean(good)),
          {
            predicted: { below: 0 },
          },
        ),
      ];
    },
  }),
];
