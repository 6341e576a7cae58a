import type { DeclaredStudy } from "../../../contracts/study.ts";
import type { EarlierEnsemble } from "../../../protocols/earlier-ensemble.ts";
import { type StudyFrom, study } from "../../../protocols/study.ts";
import { earlierCensus } from "../earlier-ensembles.ts";
import { earlierCoefficients } from "../earlier-posteriors.ts";
import { census } from "../protocols/census.ts";
import { coefficient, langevin } from "../protocols/coefficient.ts";
import { escapeProtocol } from "../protocols/escape.ts";
import { posterior } from "../protocols/posterior.ts";
import { train } from "../protocols/train.ts";

/*
 * Ensembles that claims and figures read. Quick sizes are the smallest that decide the claims; full ones those of the source, or of the
 * earlier ensembles that the claims compare with.
 */

/** Training from each start. */
export const schemes = {
  A: study(
    "scheme-A",
    train,
    { settings: { scheme: "A", lambdaChains: 1 } },
    { quick: { chains: 60, settings: { lambdaEvery: 5 } }, full: { chains: 150 } },
  ),
  // Saddles are passed within a few hundred epochs: checkpoints lie closer here.
  B: study(
    "scheme-B",
    train,
    { settings: { scheme: "B", every: 10 } },
    { quick: { chains: 30 }, full: { chains: 90 } },
  ),
  R: study("scheme-R", train, { settings: { scheme: "R" } }, { quick: { chains: 30 }, full: { chains: 90 } }),
};

interface Census {
  readonly c: 5 | 6;
  readonly study: StudyFrom<typeof census>;
  readonly earlier: EarlierEnsemble;
}

/** Descent from random starts. */
export const censuses: readonly Census[] = ([5, 6] as const).map(c => ({
  c,
  study: study(
    `census-c${c}`,
    census,
    { chunk: 50, settings: { c } },
    { quick: { chains: 200 }, full: { chains: 300 } },
  ),
  earlier: earlierCensus[c],
}));

/** A family as part of a name: "5+" is "5p", "4++-" is "4ppm". */
const word = (family: string): string => family.replaceAll("+", "p").replaceAll("-", "m");

const escapes = (family: string, noise: number) =>
  study(
    `escape-${word(family)}`,
    escapeProtocol,
    { chains: 40, chunk: 40, settings: { family, noise } },
    { quick: {} },
  );

/** Descent from a saddle. */
export const saddle = escapes("4++-", 1e-3);

/** Descent from minima, which must hold. */
export const held = ["4", "4+", "4++", "5", "5+", "6"].map(family => ({ family, study: escapes(family, 0.02) }));

/** The local coefficient of a family at one nBeta. */
export interface CoefficientPoint {
  readonly family: string;
  readonly c: number;
  readonly nBeta: number;
  readonly study: StudyFrom<typeof coefficient>;
  /** What long chains of an earlier, independent computation gave. */
  readonly earlier?: { readonly predicted: number; readonly tolerance: number };
}

const coefficientPoint = (
  family: string,
  c: number,
  nBeta: number,
  earlier?: CoefficientPoint["earlier"],
): CoefficientPoint => ({
  family,
  c,
  nBeta,
  study: study(
    `lambda-${word(family)}-c${c}-${nBeta}`,
    coefficient,
    { chunk: 16, settings: { family, c, nBeta, burnIn: 500 } },
    { quick: { chains: 6, settings: { draws: 1500 } }, full: { chains: 16, settings: { draws: 4000 } } },
  ),
  ...(earlier && { earlier }),
});

/** All that is sampled, by rising nBeta within a family. The last of a family is close to the limit nBeta -> infinity. */
export const coefficients: readonly CoefficientPoint[] = [
  ...earlierCoefficients.flatMap(({ family, c, values }) =>
    values.map(([nBeta, predicted, tolerance]) => coefficientPoint(family, c, nBeta, { predicted, tolerance })),
  ),
  ...(
    [
      ["5", 6, 1e5],
      ["5+", 6, 1e5],
      ["4", 5, 1e6],
      ["4+", 5, 1e6],
      ["4", 6, 1e7],
      ["4+", 6, 1e7],
      ["4++", 6, 1e7],
    ] as const
  ).map(([family, c, nBeta]) => coefficientPoint(family, c, nBeta)),
];

/** The point of a family that is closest to the limit. */
export const limitOf = (family: string, c: number): CoefficientPoint =>
  coefficients.filter(point => point.family === family && point.c === c).at(-1)!;

/** The source's estimates at n = 5000. */
export const langevins = ["5", "6", "5+"].map(family => ({
  family,
  study: study(
    `langevin-${word(family)}`,
    langevin,
    { chunk: 10, settings: { family } },
    {
      // Longer and fewer steps, and a stronger pull: a little more biased.
      quick: { chains: 20, settings: { stepSize: 1e-4, gamma: 1, burnIn: 1000, steps: 4000 } },
      full: { chains: 30 },
    },
  ),
}));

/** The population posterior up to kappa n = 500 at c = 6, where points of its curve are 12.5 apart, and 200 below. */
const population = (c: 4 | 5 | 6) =>
  study(
    `posterior-c${c}`,
    posterior,
    { settings: { c, data: "population", n: c === 6 ? 1000 : 400, burnIn: 800 } },
    {
      ...(c === 6 && { quick: { chains: 6, settings: { draws: 2500 } } }),
      full: { chains: 8, settings: { draws: 5000 } },
    },
  );

export const populations = { 4: population(4), 5: population(5), 6: population(6) };

/** A posterior given n samples. */
export interface DataPosterior {
  readonly c: 5 | 6;
  readonly kappa: 0.5 | 1;
  readonly n: number;
  readonly study: StudyFrom<typeof posterior>;
}

/** Posteriors given samples: kappa = 1/2 is "half", kappa = 1 "one". Short reproductions run those of `quick` sizes. */
const givenData = (
  c: DataPosterior["c"],
  kappa: DataPosterior["kappa"],
  sizes: readonly number[],
  quick: readonly number[] = [],
): readonly DataPosterior[] =>
  sizes.map(n => ({
    c,
    kappa,
    n,
    study: study(
      `posterior-${c === 6 ? "" : `c${c}-`}${kappa === 1 ? "one" : "half"}-${n}`,
      posterior,
      // The hottest is below nBeta = 50, where phases mix by themselves.
      { settings: { c, kappa, n, burnIn: 300, temperatures: 9, hottest: 0.12 } },
      {
        ...(quick.includes(n) && { quick: { chains: 12, settings: { draws: 500 } } }),
        full: { chains: 24, settings: { draws: 1500 } },
      },
    ),
  }));

/** The two sizes that the crossing is placed by in short reproductions. */
const CROSSING = [600, 800];

export const half = givenData(6, 0.5, [400, 500, 600, 700, 800, 900], CROSSING);
export const crossing = half.filter(({ n }) => CROSSING.includes(n));
export const halfC5 = givenData(5, 0.5, [100, 150, 200, 250, 300]);
export const one = givenData(6, 1, [300, 350, 400, 450, 500]);

const studiesOf = <Each extends { readonly study: DeclaredStudy }>(list: readonly Each[]): DeclaredStudy[] =>
  list.map(each => each.study);

/** What reproductions run, in this order. */
export const superpositionStudies: readonly DeclaredStudy[] = [
  ...Object.values(schemes),
  ...studiesOf(censuses),
  saddle,
  ...studiesOf(held),
  ...studiesOf(coefficients),
  ...studiesOf(langevins),
  populations[6],
  ...studiesOf(crossing),
  populations[4],
  populations[5],
  ...studiesOf(half.filter(each => !crossing.includes(each))),
  ...studiesOf(one),
  ...studiesOf(halfC5),
];
