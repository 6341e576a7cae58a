import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { meanComparison, near } from "../../../contracts/comparisons.ts";
import { normalQuantile } from "../../../numerics/normal-quantile.ts";
import { byNumber } from "../../../protocols/records.ts";
import { bestCoupling } from "../model/interpolation.ts";
import { FLIPPED } from "../model/slow-roll.ts";
import { CLASSES, NATARAJAN, sharesOf, TOWERS } from "../model/towers.ts";
import type { ErrorRecord } from "../protocols/index.ts";
import { natarajanBound, pseudoDimensionBound, rademacherBound } from "../theory/deviation.ts";
import { gapOf, quantilesBySize, sizeComparison, slopeComparison } from "./by-size.ts";
import { DELTA, interpolations, slowRolls, towerMaps } from "./studies.ts";

/** Dimension of the family of gauge couplings. */
export const COUPLINGS = 4;

/** The 95 % quantile of the gap at every size, below a bound. */
const boundedGaps = (records: readonly ErrorRecord[], bound: (N: number) => number): Comparison[] =>
  quantilesBySize(records, gapOf, 1 - DELTA).map(quantile =>
    sizeComparison("95 % of gaps", quantile, { predicted: { below: bound(quantile.N) } }),
  );

const ofSize = <Each extends ErrorRecord>(records: readonly Each[], N: number): readonly Each[] =>
  records.filter(record => record.N === N);

const testErrors = (records: readonly ErrorRecord[], N: number): readonly number[] =>
  ofSize(records, N).map(({ test }) => test);

export const learningClaims: readonly Claim[] = [
  claim("interpolation-bounded", "experiment E2; arXiv 2403.03245, reconstruction of gauge couplings", {
    statement:
      "Fitted gauge couplings err on new moduli as on those of the sample, to within the bound of their pseudo-dimension 4.",
    routes: {
      measured: "gap of squared errors on samples and on the whole law, by quadrature",
      predicted: "bound from pseudo-dimension 4 at delta = 0.05; from 512 samples down it is above 1 and says nothing",
      kind: "formula",
    },
    studies: [interpolations],
    measure: run => boundedGaps(interpolations.of(run, "sample"), N => pseudoDimensionBound(N, COUPLINGS, DELTA)),
  }),

  claim("interpolation-gap", "experiment E2", {
    statement: "The gap is far below the bound: at most 0.0003 at 1024 samples, and falling about like N^-0.6.",
    routes: {
      measured: "95 % quantile of the gap over repetitions",
      predicted: "below 0.0003 and slope between -0.8 and -0.4, stated beforehand",
      kind: "bound",
    },
    studies: [interpolations],
    measure: run => {
      const quantiles = quantilesBySize(interpolations.of(run, "sample"), gapOf, 1 - DELTA);
      return [
        ...quantiles
          .filter(({ N }) => N === 1024)
          .map(quantile => sizeComparison("95 % of gaps", quantile, { predicted: { below: 3e-4 } })),
        slopeComparison("slope", quantiles, { predicted: [-0.8, -0.4] }),
      ];
    },
  }),

  claim("interpolation-error", "experiment E2", {
    statement:
      "The error on new moduli is that of the best coupling, and above it the trace of the scatter in units of the curvature, over N: 4 times the variance of the labels over N, nearly.",
    routes: {
      measured: "mean error of fits to samples, by quadrature",
      predicted:
        "population moments J = E[x x^T], V = E[(y - x theta)^2 x x^T] by quadrature, within 10 %; 0.00246 from an earlier simulation, within 2 %",
      kind: "solved",
    },
    studies: [interpolations],
    measure: run => {
      const records = interpolations.of(run, "sample");
      const { error, excess } = bestCoupling();
      return [
        meanComparison(
          "N times the excess, from N = 1024 on",
          records.filter(({ N }) => N >= 1024).map(({ N, test }) => N * (test - error)),
          { predicted: excess, tolerance: 0.1 * excess },
        ),
        meanComparison("error, N = 16384", testErrors(records, 16_384), {
          predicted: 0.00246,
          tolerance: 0.02 * 0.00246,
          kind: "simulated",
        }),
      ];
    },
  }),

  claim("slow-roll-bounded", "experiment E3; arXiv 2403.03245, slow-roll inflation", {
    statement:
      "The best interval errs on new universes as on those of the sample, to within the bound of VC dimension 2.",
    routes: {
      measured: "gap of error rates on samples and on the whole law, in closed form",
      predicted: "bound from VC dimension 2 at delta = 0.05",
      kind: "formula",
    },
    studies: [slowRolls],
    measure: run => boundedGaps(slowRolls.of(run, "sample"), N => rademacherBound(N, 2, DELTA)),
  }),

  claim("slow-roll-learned", "experiment E3", {
    statement:
      "With 8192 samples the error is that of the labels, one in ten wrong, and the gap is no more than the scatter of such a share.",
    routes: {
      measured: "mean error on the whole law; 95 % quantile of the gap",
      predicted: "noise level 0.1, 0.099 to 0.103; normal quantile of a share of 0.1 of 8192, within 10 %",
      kind: "formula",
    },
    studies: [slowRolls],
    measure: run => {
      const records = slowRolls.of(run, "sample");
      const scatter = normalQuantile(1 - DELTA / 2) * Math.sqrt((FLIPPED * (1 - FLIPPED)) / 8192);
      return [
        meanComparison("error, N = 8192", testErrors(records, 8192), { predicted: [0.099, 0.103] }),
        ...quantilesBySize(ofSize(records, 8192), gapOf, 1 - DELTA).map(quantile =>
          sizeComparison("95 % of gaps", quantile, { predicted: scatter, tolerance: 0.1 * scatter }),
        ),
      ];
    },
  }),

  claim("tower-shares", "section 5, E4", {
    statement: "The four towers become light first in 31.4 %, 35.3 %, 27.2 % and 6.1 % of the square.",
    routes: {
      measured: "areas of the cells, polygon by polygon",
      predicted: "0.313, 0.354, 0.271 and 0.062 from an earlier sample, within 0.003",
      kind: "simulated",
    },
    studies: [],
    measure: () =>
      sharesOf(TOWERS).map((share, k) => near(`tower ${k}`, share, [0.313, 0.354, 0.271, 0.062][k], 0.003)),
  }),

  claim("towers-bounded", "experiment E4; arXiv 2403.03245, classification into several classes", {
    statement:
      "A learned map of which tower comes first errs on the whole square as on its sample, to within the Natarajan bound.",
    routes: {
      measured: "largest gap over all repetitions, true errors by the areas of cells",
      predicted: "bound from Natarajan dimension 9 and four classes at delta = 0.05",
      kind: "formula",
    },
    studies: [towerMaps],
    measure: run =>
      byNumber(towerMaps.of(run, "sample"), ({ N }) => N).map(([N, own]) => ({
        quantity: `largest gap, N = ${N}`,
        measured: Math.max(...own.map(gapOf)),
        predicted: { below: natarajanBound(N, NATARAJAN, CLASSES, DELTA) },
        members: own.length,
      })),
  }),

  claim("towers-learned", "experiment E4", {
    statement: "The map is learned: wrong on at most 2.5 % of the square from 1024 samples, 1.5 % from 4096.",
    routes: {
      measured: "mean share of the square with the wrong tower",
      predicted: "0.025 and 0.015, stated beforehand",
      kind: "bound",
    },
    studies: [towerMaps],
    measure: run => {
      const records = towerMaps.of(run, "sample");
      return [
        meanComparison("error, N = 1024", testErrors(records, 1024), { predicted: { below: 0.025 } }),
        meanComparison("error, N = 4096", testErrors(records, 4096), { predicted: { below: 0.015 } }),
      ];
    },
  }),
];
