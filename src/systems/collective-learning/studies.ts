import type { ValuesOf } from "../../contracts/field.ts";
import { study } from "../../protocols/study.ts";
import { collectiveAnneal } from "./learner.ts";
import { networkControls } from "./networks.ts";
import { boundary } from "./protocols/boundary.ts";
import { couplings } from "./protocols/couplings.ts";
import { flow } from "./protocols/flow.ts";
import { threshold } from "./protocols/threshold.ts";

/** Depths of the studies that go through all couplings. */
export const DEPTHS = [0, 1, 2, 3] as const;
/** What theory needs of the studies' common settings, the source's: weight decay, and variance of the data's strength. */
export const GAMMA = networkControls.weightDecay.default;
export const VARIANCE = networkControls.deltaSd.default * networkControls.deltaSd.default;

export const strongAt = (D: number) => ({ D, gamma: GAMMA, variance: VARIANCE });

/** Draws of the networks in short and in full reproductions, the source's number. */
const [FEW, MANY] = [20, 200];
const draws = (factor = 1) => ({ quick: { chains: factor * FEW }, full: { chains: factor * MANY } });

export const couplingRuns = DEPTHS.map(D =>
  study(`couplings-D${D}`, couplings, { chunk: 5, settings: { D } }, draws()),
);

export const sweeps = DEPTHS.map(D =>
  study(
    `sweep-D${D}`,
    collectiveAnneal,
    { settings: { D, sample: "quantiles", to: 1e4, steps: 1000, stepTime: 10 } },
    { quick: { settings: { values: 32 } }, full: { settings: { values: 125 } } },
  ),
);

/** Couplings at which |M| after t = 10 is known to 0.1, for one hidden layer; at the first it is only known to be small. */
export const rises = (
  [
    [0.3, null],
    [1, 0.3],
    [2, 0.6],
    [3, 0.7],
    [20, 0.4],
  ] as const
).map(([sigma, expected]) => ({
  sigma,
  expected,
  study: study(
    `rise-${String(sigma).replace(".", "_")}`,
    flow,
    { chunk: 10, settings: { D: 1, sigma, points: 1, tolerance: 1e-5 } },
    draws(2),
  ),
}));

const flowAt = (
  name: string,
  D: number,
  sigma: number,
  settings: Partial<ValuesOf<typeof flow.settings>>,
  chains = 1,
) => study(name, flow, { chains, settings: { D, sigma, ...settings } });

export const ridges = [flowAt("ridge-weak", 0, 0.3, { time: 40 }, 3), flowAt("ridge-strong", 0, 30, { time: 40 }, 3)];

/** Everyone at m = 1, exact mean and variance of the data, long after 1/gamma. */
const LONG = { low: 1, high: 1, time: 2e4, tolerance: 1e-6 } as const;

export const acceptanceOrdered = flowAt("acceptance-ordered", 2, 100, { sample: "standardised", ...LONG }, 3);
export const acceptanceDead = flowAt("acceptance-dead", 2, 140, { sample: "standardised", ...LONG }, 3);

/** Couplings at which the ordered state lasts or not, with the normal law's own quantiles for the data. */
export const alive = [
  flowAt("alive-D2", 2, 126, { sample: "quantiles", ...LONG }),
  flowAt("alive-D3", 3, 60, { sample: "quantiles", ...LONG }),
];
export const dead = [
  flowAt("dead-D2", 2, 140, { sample: "quantiles", ...LONG }),
  flowAt("dead-D3", 3, 100, { sample: "quantiles", ...LONG }),
];

/** Ranges of couplings that hold the upper boundary, by depth. */
export const boundaries = [
  { D: 1, from: 3000, to: 5000, time: 1e6, halvings: 8 },
  { D: 2, from: 110, to: 140 },
  { D: 3, from: 50, to: 70 },
].map(settings => ({ D: settings.D, study: study(`boundary-D${settings.D}`, boundary, { settings }) }));

/** Starts closer to zero than its barrier. */
const close = { sample: "quantiles", low: 5e-5, high: 1e-4, time: 1e4, points: 2, tolerance: 1e-6 } as const;
export const nearZero = [
  flowAt("zero-D2-weak", 2, 0.1, close),
  flowAt("zero-D2-strong", 2, 100, close),
  flowAt("zero-D3-strong", 3, 50, close),
];

export const thresholds = study("threshold-D1", threshold, { chunk: 10 }, draws());

export const frozen = (
  [
    [1, 0.2],
    [2, 0.05],
    [3, 0.2],
  ] as const
).map(([D, sigma]) => flowAt(`frozen-D${D}`, D, sigma, { time: 2e3, tolerance: 1e-6 }, 3));

const regime = (name: string, sigma: number, time: number) =>
  flowAt(name, 1, sigma, { sample: "quantiles", tolerance: 1e-6, time });

/** The networks in three regimes, for the picture of them all. */
export const regimes = [
  { name: "weak coupling: frozen", study: regime("regime-weak", 0.1, 1e3) },
  { name: "order", study: regime("regime-ordered", 3, 1e3) },
  { name: "strong coupling: dead", study: regime("regime-strong", 5000, 1e6) },
];

export const collectiveStudies = [
  ...couplingRuns,
  ...sweeps,
  ...rises.map(({ study }) => study),
  ...ridges,
  acceptanceOrdered,
  acceptanceDead,
  ...alive,
  ...dead,
  ...boundaries.map(({ study }) => study),
  ...nearZero,
  thresholds,
  ...frozen,
  ...regimes.map(({ study }) => study),
];
