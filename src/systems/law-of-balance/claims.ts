import { type Claim, type Comparison, claim } from "../../contracts/claim.ts";
import { above, below, known, meanComparison, near } from "../../contracts/comparisons.ts";
import { pooledRatio } from "../../numerics/statistics/ratio.ts";
import { mean } from "../../numerics/statistics.ts";
import { isDead } from "./learner.ts";
import { gaussianParameters, gradientVariance, signParameters } from "./model.ts";
import { gammaRuns, identities, rate, regimeMap, sparseRuns, spreads, thresholds } from "./studies.ts";
import { balanceRate, depthZeroVariance, exponentAtZero } from "./theory/laws.ts";
import { gammaLaw } from "./theory/stationary.ts";

export const balanceClaims: readonly Claim[] = [
  claim("balance-identity", "the exact discrete identity of u^2 - w^2", {
    statement: "Each step of SGD multiplies u^2 - w^2 by (1 - 2 eta gamma)^2 - eta^2 G^2 exactly.",
    routes: { measured: "SGD step by step", predicted: "product of the factors over 1000 steps", kind: "formula" },
    studies: identities,
    measure: run =>
      identities.flatMap(study =>
        study.of(run, "final").map(({ worst }) => near(`${study.name}: largest relative distance`, worst, 0, 1e-12)),
      ),
  }),
  claim("balance-rate", "Theorem 3.1: d/dt (u^2 - w^2) = -T C0 (u^2 - w^2)", {
    statement: "Under SGD the imbalance of two layers decays at the rate T C0 with the variance C0 of dl/dv.",
    routes: { measured: "SGD with one sample a step", predicted: "T C0 = 0.04", kind: "formula" },
    studies: [rate],
    measure: run => {
      const at = rate.settings(run);
      const expected = balanceRate(at.stepSize, gradientVariance(signParameters(at), 0), at.weightDecay);
      return rate
        .of(run, "final")
        .map(({ decayRate }) => near("rate", decayRate ?? Number.NaN, expected, 0.01 * expected));
    },
  }),
  claim("gamma-law", "eqs. 14 to 16 for inputs +-1: a Gamma law", {
    statement:
      "For inputs +-1 the predictor of SGD has the mean and variance of a Gamma law, and above T_c it is zero.",
    routes: { measured: "SGD with one sample a step", predicted: "Gamma law in closed form", kind: "formula" },
    studies: [gammaRuns, sparseRuns],
    measure: run => {
      const at = gammaRuns.settings(run);
      const law = gammaLaw(signParameters(at), at.stepSize, at.weightDecay);
      return [
        ...gammaRuns
          .of(run, "final")
          .flatMap(({ mean, variance }) => [
            near(`mean of v at eta = ${at.stepSize}`, mean, law.mean, 0.02 * law.mean),
            near(`variance of v at eta = ${at.stepSize}`, variance, law.variance, 0.02 * law.variance),
          ]),
        ...sparseRuns
          .of(run, "final")
          .map(({ dead }) =>
            above(`share of runs with |v| < 1e-3 at eta = ${sparseRuns.settings(run).stepSize}`, dead, 0.9),
          ),
      ];
    },
  }),
  claim("depth-and-noise", "section 4: noise at depth 0 and 1", {
    statement: "Without a hidden layer noise spreads the predictor at every temperature; with one it dies above T_c.",
    routes: {
      measured: "SGD with one sample a step",
      predicted: "exact variance at depth 0; a point at zero",
      kind: "formula",
    },
    studies: spreads,
    measure: run => {
      const [free, layered] = spreads.map(study => study.of(run, "spread"));
      const { k, noiseVar } = spreads[0].settings(run);
      const dead = (runs: typeof free) =>
        mean(
          runs.filter(({ eta }) => eta > 0.1201).flatMap(({ predictors }) => predictors.map(v => Number(isDead(v)))),
        );
      const scaled = free.flatMap(({ eta, predictors }) =>
        predictors.map(v => (v - k) / Math.sqrt(depthZeroVariance(eta, noiseVar))),
      );
      return [
        meanComparison("depth 0: mean distance from k in standard deviations", scaled, {
          predicted: 0,
          tolerance: 0.1,
        }),
        meanComparison(
          "depth 0: variance over eta a3 / (1 - eta)",
          scaled.map(z => z * z),
          { predicted: 1, tolerance: 0.1 },
        ),
        ...known(
          "bound",
          below("depth 0: share at zero above T_c", dead(free), 0.02),
          above("depth 1: share at zero above T_c", dead(layered), 0.9),
        ),
      ];
    },
  }),
  claim("regimes", "section 4: T_c / 3 and T_c for Gaussian inputs", {
    statement:
      "The law of v has no density at zero below T_c/3, one that rises towards zero up to T_c, and all of it there above: P(v < e) ~ e^((T_c/T - 1)/2).",
    routes: {
      measured: "simulation of the Langevin limit",
      predicted: "exponent of the closed form",
      kind: "formula",
    },
    studies: [regimeMap],
    measure: run => {
      const { k } = regimeMap.settings(run);
      const cells = regimeMap.of(run, "cell").map(cell => ({
        ...cell,
        predicted: exponentAtZero(gaussianParameters(k, cell.noiseVar), cell.T),
      }));
      const between = cells.filter(({ predicted }) => predicted > 0.25 && predicted < 1);
      const { ratio, error } = pooledRatio(between);
      const beyond = cells
        .filter(({ predicted }) => predicted < -0.05)
        .map(({ below, depth }) => (below > 0 ? below / depth : Infinity));
      return [
        {
          ...near("exponent over its prediction, from T_c/3 to T_c", ratio, 1, 0.15),
          interval: [ratio - 1.96 * error, ratio + 1.96 * error],
          members: between.length,
        },
        { ...below("largest exponent above T_c", Math.max(...beyond), 0.1), kind: "bound", members: beyond.length },
      ];
    },
  }),
  claim("sgd-threshold", "exact criterion of collapse: sign of the Lyapunov exponent", {
    statement: "SGD collapses onto zero exactly where the mean of ln |1 + 2 eta x y| is negative.",
    routes: {
      measured: "SGD on random sets of four points",
      predicted: "sign of the Lyapunov exponent",
      kind: "formula",
    },
    studies: [thresholds],
    measure: (run): readonly Comparison[] => {
      const finals = thresholds.of(run, "final");
      const wrong = finals.filter(({ lambda, collapsed }) => lambda < 0 !== collapsed > 0.5).length;
      const negative = finals.filter(({ lambda }) => lambda < 0).length;
      return [
        {
          ...near(
            `data sets predicted wrongly, of ${finals.length} (${negative} with a negative exponent)`,
            wrong,
            0,
            0,
          ),
          members: finals.length,
        },
      ];
    },
  }),
];
