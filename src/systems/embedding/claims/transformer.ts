import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { fraction, meanComparison } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { log } from "../../../numerics/elementary.ts";
import { groupBy } from "../../../numerics/group-by.ts";
import { noDecay, ring, someDecay, strongDecay, withDropout } from "./transformer-studies.ts";

type Study = typeof ring;

/** Shares of one frequency in the plane of each member, when its accuracies had both been reached. */
const ringShares = (run: RunView) => {
  const planes = ring.of(run, "plane");
  return ring.of(run, "final").flatMap(({ chain, ringShare: end }) => {
    const [memorised, generalised] = ["memorised", "generalised"].map(
      when => planes.find(plane => plane.chain === chain && plane.when === when)?.ringShare,
    );
    return memorised === undefined || generalised === undefined ? [] : [{ memorised, generalised, end }];
  });
};

/** Effective dimension of each member at the start, at its highest, and at the end. */
const dimensions = (run: RunView) =>
  [...groupBy(ring.of(run, "checkpoint"), ({ chain }) => chain).values()].map(checkpoints => {
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
      "Embeddings of a transformer that adds modulo p stand on a ring once it generalises, and not when it has only memorised: of the plane of their first two components one frequency has more than half then, less before.",
    routes: {
      measured: "Fourier powers of the first two principal components in training",
      predicted: "half of the variance in that plane, between a random plane and a ring",
      kind: "bound",
    },
    studies: [ring],
    measure: run => {
      const shares = ringShares(run);
      const compare = (
        quantity: string,
        of: (share: (typeof shares)[number]) => number,
        predicted: Comparison["predicted"],
      ) => meanComparison(quantity, shares.map(of), { predicted });
      return [
        compare("share of one frequency when training accuracy reaches 0.9", ({ memorised }) => memorised, {
          below: 0.5,
        }),
        compare("rise until test accuracy reaches 0.9", ({ memorised, generalised }) => generalised - memorised, {
          above: 0,
        }),
        compare("share of one frequency at the end", ({ end }) => end, { above: 0.5 }),
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
      const all = dimensions(run);
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
