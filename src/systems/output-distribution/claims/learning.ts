import { type Claim, claim } from "../../../contracts/claim.ts";
import { count, known, near } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { stream } from "../../../numerics/stream.ts";
import { largestOf, probeScan } from "../../../transitions/dissimilarity/index.ts";
import { probeMeans } from "../../../transitions/dissimilarity/probes.ts";
import { implicitFlow } from "../../collective-learning/theory/implicit-flow.ts";
import { strongSquare, upperCoupling } from "../../collective-learning/theory/laws.ts";
import { magnetisation } from "../../collective-learning/theory/model.ts";
import { criticalPoint } from "../../deep-linear/theory/critical.ts";
import { decays, labelsOf, sweptPredictor } from "../model/decay-sweep.ts";
import { deepSweep, shallowSweep } from "./studies.ts";

/** Sweeps of an earlier computation: range, and for steps of 0.02 and 0.01 place and height of the peak. */
const SWEEPS = [
  {
    D: 1,
    from: 0.2,
    to: 1.2,
    study: shallowSweep,
    peaks: [
      { step: 0.02, location: 0.99, height: 5.37e-5 },
      { step: 0.01, location: 0.995, height: 1.34e-5 },
    ],
  },
  {
    D: 2,
    from: 0.1,
    to: 0.6,
    study: deepSweep,
    peaks: [
      { step: 0.02, location: 0.47, height: 0.01505 },
      { step: 0.01, location: 0.475, height: 0.0109 },
    ],
  },
] as const;

/** Scan over weight decay of the outputs of given predictors: lin, L = 1, mean over probes. */
export const sweepScan = (gammas: readonly number[], predictors: readonly number[]) => {
  const { splits, perProbe } = probeScan(predictors.map(labelsOf), gammas, 1);
  return { splits, lin: probeMeans(perProbe.lin).map(({ value }) => value) };
};

const strong = { D: 2, gamma: 1e-3, variance: 4 };

/** M after a time from m = 1, for strengths of the data with exactly mean 0 and variance 4. */
const settledMean = (sigma: number): number => {
  const N = 200;
  const random = stream({ seed: 1, purpose: "strengths of private data" });
  const drawn = Float64Array.from({ length: N }, () => random.normal());
  const centre = magnetisation(drawn);
  const spread = Math.sqrt(drawn.reduce((sum, each) => sum + (each - centre) * (each - centre), 0) / N);
  const delta = drawn.map(each => (2 * (each - centre)) / spread);
  const m = new Float64Array(N).fill(1);
  implicitFlow({ D: strong.D, gamma: strong.gamma, sigma, delta }, 1e-7).advance(m, 2e4);
  return magnetisation(m);
};

const peakRecords = (run: RunView, { study }: (typeof SWEEPS)[number]) => study.of(run, "peak");

export const learningClaims: readonly Claim[] = [
  claim("decay-sweep-exact", "section 6, item 12; derived", {
    statement:
      "The detector sees where learning ends as weight decay goes up: with one hidden layer at 1, with a height that falls to a quarter when steps are halved; with two at 0.4725, with a height that tends to a constant.",
    routes: {
      measured: "outputs at 64 probes of the exact predictor in a slow sweep",
      predicted: "an earlier computation; end of the learned phase of deep linear networks",
      kind: "recomputed",
    },
    studies: [],
    measure: () =>
      SWEEPS.flatMap(({ D, from, to, peaks }) => {
        const end = criticalPoint({ D, N: 1, kappa: 1 }).gamma_spinodal_up as number;
        return peaks.flatMap(({ step, location, height }) => {
          const gammas = decays(from, to, step);
          const { splits, lin } = sweepScan(
            gammas,
            gammas.map(gamma => sweptPredictor(D, gamma)),
          );
          const found = largestOf(splits, lin);
          return [
            near(`D = ${D}, step ${step}: split of the peak`, splits[found.index], location, 1e-6),
            near(`D = ${D}, step ${step}: height`, found.height, height, 0.01 * height),
            ...known(
              "formula",
              near(`D = ${D}, step ${step}: beside the end of learning`, splits[found.index], end, step / 2 + 1e-6),
            ),
          ];
        });
      }),
  }),

  claim("decay-sweep-trained", "section 6, item 12", {
    statement: "The same with trained networks: the peak is within two steps of the end of learning.",
    routes: {
      measured: "linear networks of 4 neurons a layer, trained from random starts while weight decay goes up",
      predicted: "splits of the exact sweep",
      kind: "solved",
    },
    studies: [shallowSweep, deepSweep],
    measure: run =>
      SWEEPS.flatMap(sweep => {
        const records = peakRecords(run, sweep);
        const { step } = sweep.study.settings(run);
        const { location } = sweep.peaks[0];
        return [
          count(`D = ${sweep.D}: networks in which the detector finds a transition`, records, ({ found }) => found, [
            records.length,
            records.length,
          ]),
          ...records.map(({ split, chain }) =>
            near(`D = ${sweep.D}, network ${chain}: split of the peak`, split, location, 2 * step),
          ),
        ];
      }),
  }),

  claim("collective-jump", "section 5; arXiv 2310.12802", {
    statement:
      "With two hidden layers, disorder of variance 4 and weight decay 0.001, networks learn together at coupling 100, M = 0.254, and not at 140: order ends in a jump at 126.49.",
    routes: {
      measured: "flow of 200 networks from m = 1 until t = 20 000, implicit steps",
      predicted: "largest root of M^4 - (2 s2/sigma) M^2 + gamma, leading order in 1/sigma",
      kind: "formula",
    },
    studies: [],
    measure: () => [
      near("M at sigma = 100", settledMean(100), Math.sqrt(strongSquare(strong, 100)), 0.005),
      near("M at sigma = 140", settledMean(140), Math.sqrt(strongSquare(strong, 140)), 1e-6),
      ...known("recomputed", near("coupling at which order ends", upperCoupling(strong) as number, 126.491, 1e-3)),
    ],
  }),
];
