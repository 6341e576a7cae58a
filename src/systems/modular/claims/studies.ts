import { namesOf, type ValuesOf } from "../../../contracts/field.ts";
import { study } from "../../../protocols/study.ts";
import { operations } from "../model/operations.ts";
import { coefficientProtocol } from "../protocols/coefficient.ts";
import { rankProtocol } from "../protocols/rank.ts";
import { type TrainValues, trainProtocol } from "../protocols/train.ts";
import { fractionOf, recipes } from "../recipes.ts";
import { ranks } from "../theory/closed-forms.ts";

type TrainSettings = Partial<TrainValues>;

/** Training that only full reproductions make. */
const fullTraining = (name: string, chains: number, settings: TrainSettings) =>
  study(name, trainProtocol, { chains, settings }, { full: {} });

const UNMEASURED = { measurements: "none" } as const;
const CONTROL = { ...recipes.S1, ...UNMEASURED, trainFraction: 0.6, evaluateEvery: 20 } as const;

/** S1, with the coefficient along training measured as the source does it. */
export const S1 = study(
  "S1",
  trainProtocol,
  {
    chains: 3,
    settings: { ...recipes.S1, measurements: "few", langevinStepSize: 1e-4, burnIn: 500, draws: 400 },
  },
  { quick: {}, full: { settings: { langevinChains: 3 } } },
);

/** Functions that are memorised and not generalised. */
export const negativeControls = (["quad_form", "cubic"] as const).map(op =>
  study(op, trainProtocol, { chains: 3, settings: { ...CONTROL, op } }),
);

/** S0, with chains and exact spectra at many steps. */
export const S0 = fullTraining("S0", 3, {
  ...recipes.S0,
  measurements: "many",
  spectrum: "yes",
  langevinChains: 3,
});

const recipe = (name: keyof typeof recipes, chains: number) =>
  fullTraining(name, chains, { ...recipes[name], ...UNMEASURED });

export const S2 = recipe("S2", 3);
export const S2c = recipe("S2c", 1);
export const S3 = recipe("S3", 2);
export const S4 = recipe("S4", 1);
export const S5 = recipe("S5", 1);
export const S6 = recipe("S6", 3);

/** Every operation that is generalised, beside addition. */
export const generalised = namesOf(operations)
  .filter(op => operations[op].generalises && op !== "add")
  .map(op =>
    fullTraining(`op-${op}`, 1, { ...CONTROL, op, trainFraction: op === "sub" || op === "add_1_3" ? 0.5 : 0.6 }),
  );

const threshold = (name: string, p: 13 | 23, N: number, settings: TrainSettings) =>
  fullTraining(`threshold-p${p}-${name}`, 2, {
    ...recipes[p === 13 ? "S0" : "S1"],
    ...UNMEASURED,
    trainFraction: fractionOf(p, N),
    ...settings,
  });

/** Numbers of pairs on both sides of where the rank counts part, with the range of the test accuracy at the end. */
export const thresholds = [
  { study: threshold("76", 13, 76, { steps: 6000 }), range: [0, 0.4] },
  { study: threshold("101", 13, 101, { steps: 6000 }), range: [0.9, 1] },
  { study: threshold("158", 23, 158, { steps: 8000 }), range: [0, 0.15] },
  { study: threshold("185", 23, 185, { steps: 8000 }), range: [0.3, 1] },
] as const;

/** Strong decay generalises below the threshold. */
export const strongDecay = threshold("84-strong", 13, 84, { weightDecay: 2, steps: 40_000, evaluateEvery: 50 });

/** Chains around a known point at p = 5, `quick` and `full` of them. */
const point = (
  name: string,
  [quick, full]: readonly [number, number],
  settings: Partial<ValuesOf<typeof coefficientProtocol.settings>>,
) => study(`point-${name}`, coefficientProtocol, { settings }, { quick: { chains: quick }, full: { chains: full } });

export const points = {
  narrowLangevin: point("narrow-langevin", [8, 8], { sampler: "langevin", burnIn: 20_000, draws: 40_000 }),
  narrow: point("narrow-hmc", [6, 8], { nBeta: 1e5, gamma: 1, burnIn: 600, draws: 1500 }),
  narrowDead: point("narrow-dead", [6, 8], { nBeta: 1e5, gamma: 1, K: 10, burnIn: 1000, draws: 2000 }),
  teacher: point("teacher", [4, 8], { point: "teacher", K: 4 }),
  teacherCold: point("teacher-cold", [8, 8], { point: "teacher", K: 4, nBeta: 1e5 }),
  memorised: point("memorised", [2, 4], { point: "memorised", trainFraction: 0.5, gamma: 1, nBeta: 1e5 }),
  sixPhase: point("six-phase", [2, 4], { point: "six-phase", burnIn: 800, draws: 2500 }),
  waves: point("waves", [2, 4], { point: "waves", burnIn: 800, draws: 2500 }),
};

type RankValues = ValuesOf<typeof rankProtocol.settings>;

/** A study of the rank at some weights, beside the rank in closed form. */
const rankCase = (settings: Partial<RankValues>, stated: number) => {
  const { weights, p, K, centred } = settings;
  const name = `rank-${weights}-p${p}${K === undefined ? "" : `-K${K}`}${centred ? "-centred" : ""}`;
  return { stated, study: study(name, rankProtocol, { settings }) };
};

const ranksAt = (
  weights: RankValues["weights"],
  sizes: readonly number[],
  stated: (p: number) => number,
  centred?: "yes",
) => sizes.map(p => rankCase({ weights, p, ...(centred && { centred }) }, stated(p)));

/** Ranks of the Jacobian at each kind of weights. */
export const rankCases = {
  random: [
    ...[1, 4, 9, 10].map(K => rankCase({ weights: "random", p: 5, K }, ranks.genericFull({ p: 5, K }))),
    ...[18, 19].map(K => rankCase({ weights: "random", p: 7, K }, ranks.genericFull({ p: 7, K }))),
    rankCase({ weights: "random", p: 5, K: 10, centred: "yes" }, ranks.genericFullCentred({ p: 5, K: 10 })),
  ],
  narrow: ranksAt("narrow", [3, 5, 7, 11, 13], ranks.narrow),
  waves: [
    ...ranksAt("six-phase", [5, 7, 11, 13], ranks.sixPhases),
    ...ranksAt("six-phase-constant", [5, 7], ranks.sixPhasesConstant),
    ...ranksAt("waves", [5, 7, 11], ranks.waves),
    ...ranksAt("waves", [5, 7, 11], ranks.wavesCentred, "yes"),
  ],
};

/** What reproductions run, in this order. */
export const modularStudies = [
  S1,
  ...negativeControls,
  S0,
  S2,
  S2c,
  S3,
  S4,
  S5,
  S6,
  ...generalised,
  ...thresholds.map(({ study }) => study),
  strongDecay,
  ...Object.values(points),
  ...Object.values(rankCases).flatMap(cases => cases.map(({ study }) => study)),
];
