import type { Claim } from "../../contracts/claim.ts";
import { near, within } from "../compare.ts";
import { balanceRate, gammaLaw } from "./theory.ts";

const law = { a3: 1, b1: 1, b2: 0.1 };

export const lawOfBalanceClaims: readonly Claim[] = [
  {
    id: "balance-identity",
    where: "the exact discrete identity of u^2 - w^2",
    statement: "Each step of SGD multiplies u^2 - w^2 by (1 - 2 eta gamma)^2 - eta^2 G^2 exactly.",
    routes: { measured: "SGD step by step", predicted: "product of the factors over 1000 steps" },
    studies: ["balance-identity", "balance-identity-decay"],
    measure: evidence =>
      ["balance-identity", "balance-identity-decay"].map(study =>
        near(`${study}: largest relative distance`, evidence.records(study, "final")[0].worst as number, 0, 1e-12),
      ),
  },
  {
    id: "balance-rate",
    where: "Theorem 3.1: d/dt (u^2 - w^2) = -T C0 (u^2 - w^2)",
    statement: "Under SGD the imbalance of two layers decays at the rate T C0 with the variance C0 of dl/dv.",
    routes: { measured: "SGD with one sample a step", predicted: "T C0 = 0.04" },
    studies: ["balance-rate"],
    measure: evidence => [
      near(
        "rate",
        evidence.records("balance-rate", "final")[0].decayRate as number,
        balanceRate(0.01, 4, 0),
        0.05 * 0.04,
      ),
    ],
  },
  {
    id: "gamma-law",
    where: "eqs. 14 to 16 for inputs +-1: a Gamma law",
    statement:
      "For inputs +-1 the predictor of SGD has the mean and variance of a Gamma law, and above T_c it is zero.",
    routes: { measured: "SGD with one sample a step", predicted: "Gamma law in closed form" },
    studies: ["gamma-law", "gamma-sparse"],
    measure: evidence => {
      const { mean, variance } = gammaLaw(law, 0.02, 0);
      const [final] = evidence.records("gamma-law", "final");
      return [
        near("mean of v at eta = 0.02", final.mean as number, mean, 0.03 * mean),
        near("variance of v at eta = 0.02", final.variance as number, variance, 0.03 * variance),
        within(
          "share of runs with |v| < 1e-3 at eta = 0.12",
          evidence.records("gamma-sparse", "final")[0].dead as number,
          0.9,
          1,
        ),
      ];
    },
  },
  {
    id: "sgd-threshold",
    where: "exact criterion of collapse: sign of the Lyapunov exponent",
    statement: "SGD collapses onto zero exactly where the mean of ln |1 + 2 eta x y| is negative.",
    routes: { measured: "SGD on random sets of four points", predicted: "sign of the Lyapunov exponent" },
    studies: ["sgd-threshold"],
    measure: evidence => {
      const finals = evidence.records("sgd-threshold", "final");
      const wrong = finals.filter(
        ({ lambda, collapsed }) => (lambda as number) < 0 !== (collapsed as number) > 0.5,
      ).length;
      const negative = finals.filter(({ lambda }) => (lambda as number) < 0).length;
      return [
        {
          ...near(`data sets told wrongly, of ${finals.length} (${negative} with a negative exponent)`, wrong, 0, 0),
          members: finals.length,
        },
      ];
    },
  },
];
