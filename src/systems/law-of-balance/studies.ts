import { study } from "../../protocols/study.ts";
import { identity, imbalance } from "./protocols/imbalance.ts";
import { regimes } from "./protocols/regimes.ts";
import { sgd } from "./protocols/sgd.ts";
import { spread } from "./protocols/spread.ts";
import { threshold } from "./protocols/threshold.ts";

const settings = <Values>(quick: Values, full: Values) => ({ quick: { settings: quick }, full: { settings: full } });

export const identities = [
  study("balance-identity", identity, { settings: { stepSize: 0.01 } }),
  study("balance-identity-decay", identity, { settings: { stepSize: 0.01, weightDecay: 0.1 } }),
];

export const rate = study("balance-rate", sgd, { settings: { stepSize: 0.01, walkers: 100, burnIn: 0, steps: 4000 } });

/** Many runs below T_c, where the law of v is a Gamma law, and some above. */
export const gammaRuns = study(
  "gamma-law",
  sgd,
  { settings: { stepSize: 0.02, burnIn: 1000, steps: 5000, u0: 0.3 } },
  settings({ walkers: 2500 }, { walkers: 20_000 }),
);
export const sparseRuns = study("gamma-sparse", sgd, {
  settings: { stepSize: 0.12, walkers: 500, burnIn: 7000, steps: 1000 },
});

/** Runs whose mean and spread are drawn over the temperature, beside those two. */
export const temperatureRuns = [0.005, 0.01, 0.035, 0.05, 0.065, 0.08, 0.09, 0.1, 0.11, 0.14].map(stepSize =>
  study(
    `gamma-law-${Math.round(1000 * stepSize)}`,
    sgd,
    { settings: { stepSize, burnIn: 5000, steps: 5000, u0: 0.3 } },
    settings({ walkers: 250 }, { walkers: 2000 }),
  ),
);

const imbalanceRuns = (noise: "none" | "sgd" | "isotropic", chains: number) =>
  study(`imbalance-${noise}`, imbalance, { chains, chunk: 50, settings: { noise, every: 200 } });

/** u^2 - w^2 over time, by what is added to descent. */
export const imbalances = {
  none: imbalanceRuns("none", 1),
  sgd: imbalanceRuns("sgd", 8),
  isotropic: imbalanceRuns("isotropic", 200),
};

/** Where runs end over the temperature, without and with a hidden layer. */
export const spreads = [0, 1].map(depth => study(`spread-D${depth}`, spread, { settings: { depth } }));

export const regimeMap = study("regimes", regimes, {}, settings({ walkers: 63 }, { walkers: 500 }));

export const thresholds = study("sgd-threshold", threshold, { chains: 10, chunk: 5 });

export const balanceStudies = [
  ...identities,
  rate,
  gammaRuns,
  sparseRuns,
  ...temperatureRuns,
  ...Object.values(imbalances),
  ...spreads,
  regimeMap,
  thresholds,
];
