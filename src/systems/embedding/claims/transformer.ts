import { type Claim, claim } from "../../../contracts/claim.ts";
import { fraction, meanComparison, never } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { log } from "../../../numerics/elementary.ts";
import { groupBy } from "../../../numerics/group-by.ts";
import { noDecay, ring, someDecay, sourceSize, strongDecay, withDropout } from "./transformer-studies.ts";

type Study = typeof ring;

/** Shares of one frequency in the plane of each member, when training and when test accuracy reached 0.9. */
const ringShares = (run: RunView, study: Study) => {
  const planes = study.of(run, "plane");
  return study.of(run, "final").flatMap(({ chain }) => {
    const [memorised, generalised] = ["memorised", "generalised"].map(
      when => planes.find(plane => plane.chain === chain && plane.when === when)?.ringShare,
    );
    return memorised === undefined || generalised === undefined ? [] : [{ memorised, generalised }];
  });
};

/** Effective dimension of each member at the start, at its highest, and at the end. */
const dimensions = (run: RunView, study: Study) =>
  [...groupBy(study.of(run, "checkpoint"), ({ chain }) => chain).values()].map(checkpoints => {
    const values = checkpoints.map(({ effectiveDimension }) => effectiveDimension);
    const highest = Math.max(...values);
    return {
      start: values[0],
      highest,
      highestStep: checkpoints[values.indexOf(highest)].step,
      end: values[values.length - 1],
    };
  });

/** Steps from training to test accuracy 0.9 of each member; what has not come by the last step is taken to come then, so that a long delay is made shorter. */
const delays = (run: RunView, study: Study) =>
  study.of(run, "final").map(({ step, trainStep, testStep }) => (testStep ?? step) - (trainStep ?? step));

/** How many times longer the delays of one study are than those of another, chain by chain, as logarithms. */
const logRatios = (run: RunView, longer: Study, shorter: Study): number[] => {
  const [one, other] = [delays(run, longer), delays(run, shorter)];
  const count = Math.min(one.length, other.length);
  return Array.from({ length: count }, (_, i) => log(Math.max(1, one[i]) / Math.max(1, other[i])));
};

const LOG_TWO = log(2);

export const transformerClaims: readonly Claim[] = [
  claim("transformer-ring", "figure 1", {
    statement:
      "Embeddings of a transformer that adds modulo p come to stand on a ring as it generalises, not when it memorises: of the plane of their first two components one frequency has less than half then, and twice its share and more once it generalises.",
    routes: {
      measured: "Fourier powers of the first two principal components in training, member by member",
      predicted: "half of the variance in that plane, and a factor of 2; stated after a first look",
      kind: "bound",
    },
    studies: [ring],
    measure: run => {
      const shares = ringShares(run, ring);
      return [
        meanComparison(
          "share of one frequency when training accuracy reaches 0.9",
          shares.map(({ memorised }) => memorised),
          { predicted: { below: 0.5 } },
        ),
        meanComparison(
          "log of the share when test accuracy reaches 0.9 over that",
          shares.map(({ memorised, generalised }) => log(generalised / memorised)),
          { predicted: { above: LOG_TWO } },
        ),
      ];
    },
  }),

  claim("transformer-dimension", "figure 7, left", {
    statement:
      "The effective dimension of the embeddings rises at first, is highest before test accuracy passes 0.9, and falls from there on.",
    routes: {
      measured: "entropy of the principal components in training, member by member",
      predicted: "a rise, and a fall by more than a tenth; stated after a first look",
      kind: "bound",
    },
    studies: [ring],
    measure: run => {
      const all = dimensions(run, ring);
      const finals = ring.of(run, "final");
      return [
        meanComparison(
          "rise from the start",
          all.map(({ start, highest }) => highest - start),
          { predicted: { above: 0 } },
        ),
        meanComparison(
          "end as a share of the highest",
          all.map(({ highest, end }) => end / highest),
          { predicted: { below: 0.9 } },
        ),
        fraction(
          "runs whose highest dimension comes before their test accuracy",
          all.map((dimension, i) => ({ ...dimension, testStep: finals[i].testStep })),
          ({ highestStep, testStep }) => testStep !== null && highestStep < testStep,
          { above: 0.5 },
        ),
      ];
    },
  }),

  claim("transformer-source-size", "figures 1 and 7", {
    statement:
      "At the source's size, p = 53 with 256 numbers an embedding, networks generalise, the dimension falls and one frequency comes to have twice its share of the plane and more.",
    routes: {
      measured: "training from three seeds, at decay 3",
      predicted: "as for the small transformer",
      kind: "bound",
    },
    studies: [sourceSize],
    measure: run => {
      const [finals, planes] = [sourceSize.of(run, "final"), sourceSize.of(run, "plane")];
      const memorised = (chain: number) =>
        planes.find(plane => plane.chain === chain && plane.when === "memorised")?.ringShare ?? 1;
      const late = finals.filter(({ testStep }) => testStep === null);
      return [
        never("runs that do not generalise", late.length, finals.length),
        meanComparison(
          "dimension at the end as a share of the highest",
          dimensions(run, sourceSize).map(({ highest, end }) => end / highest),
          { predicted: { below: 0.9 } },
        ),
        meanComparison(
          "log of the share of one frequency at the end over that when training accuracy reached 0.9",
          finals.map(({ chain, ringShare }) => log(ringShare / memorised(chain))),
          { predicted: { above: LOG_TWO } },
        ),
      ];
    },
  }),

  claim("transformer-decay", "figure 7, right", {
    statement: "Weight decay of the decoder shortens the way from training to test accuracy.",
    routes: {
      measured: "delays of members with the same training pairs and start, those that never generalise cut off",
      predicted:
        "shorter from each decay to the next, by a factor of 2 and more from none to 3; stated after a first look",
      kind: "bound",
    },
    studies: [noDecay, someDecay, strongDecay],
    measure: run => [
      meanComparison("log of the delay without decay over that at decay 3", logRatios(run, noDecay, strongDecay), {
        predicted: { above: LOG_TWO },
      }),
      meanComparison("log of the delay at decay 1 over that at decay 3", logRatios(run, someDecay, strongDecay), {
        predicted: { above: 0 },
      }),
    ],
  }),

  claim("transformer-dropout", "figure 7, middle", {
    statement: "Dropout shortens the way from training to test accuracy.",
    routes: {
      measured: "delays of members with the same training pairs and start, those that never generalise cut off",
      predicted: "shorter",
      kind: "published",
    },
    studies: [someDecay, withDropout],
    measure: run => [
      meanComparison("log of the delay without dropout over that at 0.2", logRatios(run, someDecay, withDropout), {
        predicted: { above: 0 },
      }),
    ],
  }),

  claim("lottery-ticket", "appendix K, figure 22", {
    statement: "Along the final principal components the start already resembles the end; another start does not.",
    routes: {
      measured: "correlation of embeddings before and after training along the first two components of the end",
      predicted: "positive for the start that was trained from, none for one that was not",
      kind: "published",
    },
    studies: [ring],
    measure: run => {
      const finals = ring.of(run, "final");
      return [
        meanComparison(
          "correlation of start and end",
          finals.map(({ startLikeness }) => startLikeness),
          { predicted: { above: 0 } },
        ),
        meanComparison(
          "the same of another start",
          finals.map(({ otherLikeness }) => otherLikeness),
          { predicted: 0, tolerance: 0.25 },
        ),
      ];
    },
  }),
];
