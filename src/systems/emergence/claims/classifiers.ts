import { type Claim, claim } from "../../../contracts/claim.ts";
import { below, count, known, meanComparison, within } from "../../../contracts/comparisons.ts";
import { COMPARED, readings } from "./by-seed.ts";
import { classifiers } from "./studies.ts";

const measured = "softmax regression on training sets from 40 to 20 480 tokens, targets cut from 40 000 test tokens";

export const classifierClaims: readonly Claim[] = [
  claim("tokens-compound", "section 10, run 1; arXiv 2304.15004, section 3", {
    statement:
      "Errors of trained classifiers are independent from token to token: exact match of L tokens is p^L, with an effective length within 5 % of L in every run.",
    routes: {
      measured: `${measured}: most likely length`,
      predicted: "independent tokens, ratio 1 within 2 % on average; within 5 % in each run, stated beforehand",
      kind: "formula",
    },
    studies: [classifiers],
    measure: run =>
      COMPARED.flatMap((length, i) => {
        const ratios = readings(run).map(reading => reading.ratios[i]);
        return [
          meanComparison(`mean ratio, L = ${length}`, ratios, { predicted: 1, tolerance: 0.02 }),
          ...known(
            "bound",
            count(`runs off by more than 5 %, L = ${length}`, ratios, ratio => Math.abs(ratio - 1) > 0.05, [0, 0]),
          ),
        ];
      }),
  }),

  claim("no-sharpening-in-length", "section 10, run 1; section 2.1", {
    statement:
      "Longer targets are not steeper over ln N: slopes of ln(-ln A) for 2, 5 and 10 tokens agree within 15 % in every run, and the onset moves by (1/a) ln L within 15 %.",
    routes: {
      measured: `${measured}: compounding models`,
      predicted:
        "a loss that is a power law nearly: ratios of 1 within 15 %, stated beforehand; 0.97 on average in an earlier ensemble",
      kind: "bound",
    },
    studies: [classifiers],
    measure: run => {
      const all = readings(run);
      const spread = ({ slopes }: (typeof all)[number]) => Math.max(...slopes) / Math.min(...slopes);
      return [
        count("runs with slopes more than 15 % apart", all, reading => spread(reading) > 1.15, [0, 0]),
        count("runs with an onset off by more than 15 %", all, one => Math.abs(one.onsetTimesSlope - 1) > 0.15, [0, 0]),
        ...known(
          "simulated",
          meanComparison(
            "slope of the onset over ln L, times a",
            all.map(({ onsetTimesSlope }) => onsetTimesSlope),
            { predicted: 0.97, tolerance: 0.03 },
          ),
        ),
      ];
    },
  }),

  claim("trained-mirage", "section 10, run 1; section 8", {
    statement:
      "Exact match of 40 tokens looks like an emergent ability of the larger classifiers, and the audit says that it is an artefact of the metric in at least 9 of 10 runs.",
    routes: {
      measured: "audit of trained classifiers, extrapolated from the four smallest",
      predicted: "verdict metric-artefact in 90 % of the runs or more, stated beforehand",
      kind: "bound",
    },
    studies: [classifiers],
    measure: run => {
      const all = readings(run);
      return [
        count("metric-artefact", all, ({ audit }) => audit.verdict === "metric-artefact", [
          Math.ceil(0.9 * all.length),
          all.length,
        ]),
        count("jump in accuracy per token", all, ({ audit }) => audit.jump, [0, Math.floor(0.1 * all.length)]),
      ];
    },
  }),

  claim("clumps-are-seen", "section 10, run 2; section 2.2", {
    statement:
      "When half of the targets succeed or fail as a block, the effective length is less than 0.7 of the nominal one, and independent tokens are refuted.",
    routes: {
      measured: "targets of 10 tokens, half of them all right or all wrong",
      predicted: "length that fits A = (p + p^L)/2 best, within 0.01; below 0.7 and 1e-6, stated beforehand",
      kind: "solved",
    },
    studies: [classifiers],
    measure: run => {
      const all = readings(run);
      const differences = all.map(({ clumped, clumpedExpected }) => clumped.ratio - clumpedExpected);
      const predicted = all.reduce((sum, { clumpedExpected }) => sum + clumpedExpected, 0) / all.length;
      return [
        meanComparison(
          "mean ratio",
          differences.map(difference => predicted + difference),
          { predicted, tolerance: 0.01 },
        ),
        ...known(
          "bound",
          below("largest ratio", Math.max(...all.map(({ clumped }) => clumped.ratio)), 0.7),
          within("largest p-value of independent tokens", Math.max(...all.map(({ clumped }) => clumped.pLr)), 0, 1e-6),
        ),
      ];
    },
  }),
];
