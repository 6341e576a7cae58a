import type { Reproduction, Study } from "../../contracts/index.ts";
import { coefficientPoints, coefficientStudy, langevinStudies } from "./claims/coefficients.ts";
import { heldFamilies } from "./claims/descent.ts";
import {
  CROSSING_HALF,
  dataStudy,
  populationStudies,
  SIZES_HALF,
  SIZES_HALF_C5,
  SIZES_ONE,
} from "./claims/posterior.ts";

/** Ensemble sizes: the smallest that decide the claims, or those of the earlier ensembles the claims compare with. */
interface Size {
  readonly A: number;
  readonly B: number;
  readonly R: number;
  readonly census: number;
  /** Checkpoints from one estimate of the learning coefficient to the next, scheme A. */
  readonly lambdaEvery: number;
  /** Chains and draws of each. */
  readonly coefficient: readonly [chains: number, draws: number];
  readonly population: readonly [chains: number, draws: number];
  readonly data: readonly [chains: number, draws: number];
  readonly langevin: Pick<Study, "chains" | "settings">;
}

const studies = (size: Size): Study[] => [
  {
    name: "scheme-A",
    protocol: "train",
    chains: size.A,
    settings: { scheme: "A", lambdaChains: 1, lambdaEvery: size.lambdaEvery },
  },
  // Saddles are passed within a few hundred epochs: checkpoints lie closer here.
  { name: "scheme-B", protocol: "train", chains: size.B, settings: { scheme: "B", every: 10 } },
  { name: "scheme-R", protocol: "train", chains: size.R, settings: { scheme: "R" } },
  { name: "census-c5", protocol: "census", chains: size.census, chunk: 50, settings: { c: 5 } },
  { name: "census-c6", protocol: "census", chains: size.census, chunk: 50, settings: { c: 6 } },
  { name: "escape-4ppm", protocol: "escape", chains: 40, chunk: 40, settings: { family: "4++-", noise: 1e-3 } },
  ...Object.entries(heldFamilies).map(
    ([name, family]): Study => ({ name, protocol: "escape", chains: 40, chunk: 40, settings: { family, noise: 0.02 } }),
  ),
  ...coefficients(size),
  ...langevinStudies.map(
    ({ study, family }): Study => ({
      name: study,
      protocol: "langevin",
      chains: size.langevin.chains,
      chunk: 10,
      settings: { family, ...size.langevin.settings },
    }),
  ),
  population(6, size),
  ...CROSSING_HALF.map(n => data(0.5, n, size)),
];

const coefficients = ({ coefficient: [chains, draws] }: Size): Study[] =>
  coefficientPoints.map(([family, c, nBeta]) => ({
    name: coefficientStudy(family, c, nBeta),
    protocol: "coefficient",
    chains,
    chunk: 16,
    settings: { family, c, nBeta, draws, burnIn: 500 },
  }));

/** The population posterior up to kappa n = 500 at c = 6, where points of its curve are 12.5 apart, and 200 below. */
const population = (c: number, { population: [chains, draws] }: Size): Study => ({
  name: populationStudies[c],
  protocol: "posterior",
  chains,
  settings: { c, data: "population", n: c === 6 ? 1000 : 400, draws, burnIn: 800 },
});

const data = (kappa: 0.5 | 1, n: number, { data: [chains, draws] }: Size, c = 6): Study => ({
  name: dataStudy(kappa, n, c),
  protocol: "posterior",
  chains,
  // The hottest is below nBeta = 50, where phases mix by themselves.
  settings: { c, kappa, n, draws, burnIn: 300, temperatures: 9, hottest: 0.12 },
});

const full: Size = {
  A: 150,
  B: 90,
  R: 90,
  census: 300,
  lambdaEvery: 1,
  coefficient: [16, 4000],
  population: [8, 5000],
  data: [24, 1500],
  langevin: { chains: 30, settings: {} },
};

export const superpositionReproductions: { readonly quick: Reproduction; readonly full: Reproduction } = {
  quick: {
    summary: "every claim that ensembles for about a minute can decide",
    studies: studies({
      A: 60,
      B: 30,
      R: 30,
      census: 100,
      lambdaEvery: 5,
      coefficient: [3, 1500],
      population: [3, 2500],
      data: [12, 500],
      // Longer and fewer steps, and a stronger pull: a little more biased.
      langevin: { chains: 20, settings: { stepSize: 1e-4, gamma: 1, burnIn: 1000, steps: 4000 } },
    }),
  },
  full: {
    summary: "every claim, with the ensembles of the source",
    studies: [
      ...studies(full),
      population(4, full),
      population(5, full),
      ...SIZES_HALF.filter(n => !CROSSING_HALF.some(other => other === n)).map(n => data(0.5, n, full)),
      ...SIZES_ONE.map(n => data(1, n, full)),
      ...SIZES_HALF_C5.map(n => data(0.5, n, full, 5)),
    ],
  },
};
