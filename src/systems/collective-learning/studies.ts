import type { Settings } from "../../contracts/field.ts";
import type { Study } from "../../contracts/protocol.ts";

/** Depths of the studies that go through all couplings. */
export const DEPTHS = [0, 1, 2, 3] as const;
/** Settings of the source that theory needs: weight decay, and standard deviation of the data's strength. */
export const GAMMA = 1e-3;
export const VARIANCE = 4;

/** Couplings at which |M| after t = 10 is known from elsewhere, for one hidden layer; at the first it is below that. */
export const RISE = [
  [0.3, 0.1],
  [1, 0.27],
  [2, 0.64],
  [3, 0.69],
  [20, 0.38],
] as const;
export const riseStudy = (sigma: number): string => `rise-${String(sigma).replace(".", "_")}`;

/** Everyone at m = 1, exact mean and variance of the data, long after 1/gamma. */
export const LONG = { low: 1, high: 1, time: 2e4, tolerance: 1e-6 } as const;

/** Couplings at which the ordered state lasts or not, with the normal law's own quantiles for the data. */
export const ALIVE = { "alive-D2": [2, 126], "alive-D3": [3, 60] } as const;
export const DEAD = { "dead-D2": [2, 140], "dead-D3": [3, 100] } as const;

/** Ranges of couplings that hold the upper boundary, by depth. */
export const BOUNDARIES = {
  "boundary-D1": { D: 1, from: 3000, to: 5000, time: 1e6, halvings: 8 },
  "boundary-D2": { D: 2, from: 110, to: 140 },
  "boundary-D3": { D: 3, from: 50, to: 70 },
} as const;

/** Starts closer to zero than its barrier. */
export const NEAR_ZERO = {
  "zero-D2-weak": [2, 0.1],
  "zero-D2-strong": [2, 100],
  "zero-D3-strong": [3, 50],
} as const;

export const FREEZING = {
  "frozen-D1": [1, 0.2],
  "frozen-D2": [2, 0.05],
  "frozen-D3": [3, 0.2],
} as const;

/** The networks in three regimes, for the picture of them all. */
export const REGIMES = {
  "regime-weak": { sigma: 0.1, time: 1e3 },
  "regime-ordered": { sigma: 3, time: 1e3 },
  "regime-strong": { sigma: 5000, time: 1e6 },
} as const;

const flows = (
  table: { readonly [name: string]: readonly [D: number, sigma: number] },
  settings: Settings,
  chains = 1,
): readonly Study[] =>
  Object.entries(table).map(([name, [D, sigma]]) => ({
    name,
    protocol: "flow",
    chains,
    settings: { D, sigma, ...settings },
  }));

/** All studies, with so many draws of the networks and so many values of a sweep. */
export const studies = (draws: number, values: number): readonly Study[] => [
  ...DEPTHS.map(
    (D): Study => ({ name: `couplings-D${D}`, protocol: "couplings", chains: draws, chunk: 5, settings: { D } }),
  ),
  ...DEPTHS.map(
    (D): Study => ({
      name: `sweep-D${D}`,
      protocol: "anneal",
      chains: 1,
      settings: { D, sample: "quantiles", to: 1e4, values, steps: 1000, stepTime: 10 },
    }),
  ),
  ...RISE.map(
    ([sigma]): Study => ({
      name: riseStudy(sigma),
      protocol: "flow",
      chains: 2 * draws,
      chunk: 10,
      settings: { D: 1, sigma, points: 1, tolerance: 1e-5 },
    }),
  ),
  ...flows({ "ridge-weak": [0, 0.3], "ridge-strong": [0, 30] }, { time: 40 }, 3),
  ...flows({ "acceptance-ordered": [2, 100], "acceptance-dead": [2, 140] }, { sample: "standardised", ...LONG }, 3),
  ...flows({ ...ALIVE, ...DEAD }, { sample: "quantiles", ...LONG }),
  ...Object.entries(BOUNDARIES).map(([name, settings]): Study => ({ name, protocol: "boundary", chains: 1, settings })),
  ...flows(NEAR_ZERO, { sample: "quantiles", low: 5e-5, high: 1e-4, time: 1e4, points: 2, tolerance: 1e-6 }),
  { name: "threshold-D1", protocol: "threshold", chains: draws, chunk: 10, settings: {} },
  ...flows(FREEZING, { time: 2e3, tolerance: 1e-6 }, 3),
  ...Object.entries(REGIMES).map(
    ([name, settings]): Study => ({
      name,
      protocol: "flow",
      chains: 1,
      settings: { D: 1, sample: "quantiles", tolerance: 1e-6, ...settings },
    }),
  ),
];
