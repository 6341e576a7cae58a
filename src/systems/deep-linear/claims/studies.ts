import type { Study } from "../../../contracts/protocol.ts";

/** How large the ensembles are. */
export interface Size {
  /** Steps at each value of a plain sweep. */
  readonly steps: number;
  /** Fastest pace of the sweeps whose order is judged; two more are four and sixteen times slower. */
  readonly pace: number;
  /** Random starts of each of them. */
  readonly seeds: number;
  /** Problems of the reduction, and steps on each. */
  readonly problems: number;
  readonly descent: number;
  /** Draws of the Langevin runs at n = 100; more at larger n. */
  readonly draws: number;
}

/** Isotropic linear networks that must fall on one curve: what differs from N = 1, variance 1, width 4, no noise. */
export const collapseVariants = [
  { strength: 0.6 },
  { strength: 1.7 },
  { variance: 0.5 },
  { variance: 2 },
  { width: 2 },
  { width: 8 },
  { sigma2: 0.4 },
  { sigma2: 1 },
] as const;

/** Networks whose order is judged from their sweeps alone. */
export const judged = {
  "order-D0": { order: "none", settings: { D: 0, from: 0.02, to: 1.5 } },
  "order-D1": { order: "continuous", settings: { D: 1, from: 0.4, to: 1.2 } },
  "order-D2": { order: "discontinuous", settings: { D: 2, from: 0.02, to: 0.6 } },
  "order-D3": { order: "discontinuous", settings: { D: 3, from: 0.02, to: 0.5 } },
  "order-tanh-continuous": {
    order: "continuous",
    settings: { D: 1, dx: 1, width: 4, activation: "tanh", cubic: -0.5, from: 0.8, to: 1.25 },
  },
  "order-tanh-jump": {
    order: "discontinuous",
    settings: { D: 1, dx: 1, width: 4, activation: "tanh", cubic: -1.5, from: 0.8, to: 1.25 },
  },
  "order-swish-jump": {
    order: "discontinuous",
    settings: { D: 1, dx: 1, width: 4, activation: "swish", skew: 0.6, from: 0.4, to: 0.75 },
  },
} as const;

/** Inverse temperatures of the Langevin runs and the decays at which each is sampled. */
export const TEMPERATURES = [100, 400, 1600] as const;
export const DECAYS = [0.97, 0.985, 1, 1.015, 1.03] as const;

/** Widths of tanh networks, y = x. */
export const WIDTHS = [1, 4, 16] as const;

/** Sweeps of networks of width 8 on a linear target, by activation and depth: ends of the decay. */
export const activationSweeps = {
  tanh: { 1: [0.05, 1.15], 2: [0.02, 0.54] },
  relu: { 1: [0.025, 0.575], 2: [0.01, 0.27] },
  swish: { 1: [0.025, 0.575], 2: [0.01, 0.27] },
} as const;

export type SweptActivation = keyof typeof activationSweeps;
export const activationStudy = (activation: string, D: number): string => `activation-${activation}-D${D}`;

/** Sweeps on the flowers: activation, depth, and the ends of the decay. */
export const flowerSweeps = [
  { activation: "linear", D: 2, from: 0.02, to: 0.6 },
  { activation: "tanh", D: 1, from: 0.04, to: 1.4 },
  { activation: "tanh", D: 2, from: 0.02, to: 0.6 },
  { activation: "tanh", D: 3, from: 0.02, to: 0.45 },
] as const;

export const flowerStudy = (activation: string, D: number): string => `flowers-${activation}-D${D}`;

/** Widths of the noisy networks whose minimum is followed over the noise. */
export const NOISY_WIDTHS = [1, 2, 4, 16] as const;

/** Weight decay of the networks that start from layers of different norms, and their depths. */
export const BASIN_DECAY = 0.2;
export const BASIN_DEPTHS = [1, 2, 3] as const;

export const langevinStudy = (n: number, gamma: number): string => `langevin-${n}-${Math.round(1000 * gamma)}`;
export const collapseStudy = (D: number, variant: number): string => `collapse-D${D}-${variant}`;

const anneal = (name: string, settings: Study["settings"], chains = 1): Study => ({
  name,
  protocol: "anneal",
  chains,
  settings,
});

export const deepLinearStudies = ({ steps, pace, seeds, problems, descent, draws }: Size): readonly Study[] => [
  anneal("sweep-D1", { D: 1, from: 0.5, to: 1.2, values: 71, steps: 2 * steps }),
  anneal("sweep-D2", { D: 2, from: 0.02, to: 0.6, values: 59, steps, kick: 1e-3 }),
  anneal("sweep-D2-fine", { D: 2, from: 0.44, to: 0.48, values: 401, steps, kick: 0 }),
  anneal("sweep-relu-D1", {
    D: 1,
    activation: "relu",
    from: 0.3,
    to: 0.54,
    values: 13,
    steps: 3 * steps,
    samples: 32,
    stepSize: 0.1,
  }),
  anneal("sweep-relu-D2", { D: 2, activation: "relu", from: 0.2, to: 0.26, values: 21, steps, samples: 32, kick: 0 }),
  ...WIDTHS.map(width =>
    anneal(`tanh-width-${width}`, {
      D: 1,
      dx: 1,
      width,
      activation: "tanh",
      from: 0.95,
      to: 0.99,
      values: 5,
      steps: 4 * steps,
      stepSize: 0.1,
      kick: 0,
    }),
  ),
  ...[1, 2].flatMap(D =>
    [{}, ...collapseVariants].map((variant, i) => {
      const { from, to } = collapseRange(D, variant);
      return anneal(collapseStudy(D, i), { D, width: 4, dx: 2, from, to, values: 12, steps, kick: 0, ...variant });
    }),
  ),
  ...Object.entries(judged).map(([name, { settings }]) =>
    anneal(
      name,
      { values: 31, ...settings, paces: 3, steps: "activation" in settings ? Math.round(0.6 * pace) : pace },
      seedsOf(name, seeds),
    ),
  ),
  ...TEMPERATURES.flatMap(n =>
    DECAYS.map(
      (gamma): Study => ({
        name: langevinStudy(n, gamma),
        protocol: "langevin",
        chains: 1,
        settings: {
          n,
          gamma,
          draws: draws * (n === 100 ? 1 : n === 400 ? 1.5 : 2),
          every: n === 100 ? 200 : n === 400 ? 400 : 800,
        },
      }),
    ),
  ),
  ...NOISY_WIDTHS.map(width =>
    anneal(`noise-width-${width}`, {
      D: 1,
      dx: 2,
      width,
      gamma: 0.3,
      control: "sigma2",
      from: 0,
      to: 4,
      values: 9,
      steps: 2 * steps,
      kick: 0,
    }),
  ),
  ...Object.entries(activationSweeps).flatMap(([activation, depths]) =>
    Object.entries(depths).map(([D, [from, to]]) =>
      anneal(activationStudy(activation, Number(D)), {
        D: Number(D),
        activation,
        from,
        to,
        values: 27,
        steps: 0.5 * steps,
        samples: 32,
        stepSize: 0.1,
      }),
    ),
  ),
  ...flowerSweeps.map(
    ({ activation, D, from, to }): Study => ({
      name: flowerStudy(activation, D),
      protocol: "flowers",
      chains: 1,
      settings: { activation, D, from, to, steps: 0.4 * steps },
    }),
  ),
  ...BASIN_DEPTHS.map(
    (D): Study => ({ name: `basin-D${D}`, protocol: "basin", chains: 1, settings: { D, gamma: BASIN_DECAY } }),
  ),
  { name: "phase-map-D2", protocol: "map", chains: 1, settings: { D: 2 } },
  { name: "reduction", protocol: "reduction", chains: problems, chunk: 5, settings: { steps: descent } },
];

/** Linear nets are judged from many starts, the others from one. */
const seedsOf = (name: string, seeds: number): number => (/^order-D[123]$/.test(name) ? seeds : 1);

/** From a tenth of the critical decay to a little below the place where the learned state ends. */
const collapseRange = (
  D: number,
  {
    strength: N = 1,
    variance = 1,
    width = 4,
    sigma2 = 0,
  }: { strength?: number; variance?: number; width?: number; sigma2?: number },
) => {
  const kappa = variance * (D === 1 ? 1 + sigma2 / width : (1 + sigma2 / width) * (1 + sigma2 / width));
  const end = D === 1 ? N : 0.4724703937105774 * N * cubeRoot(N / kappa);
  return { from: 0.1 * end, to: 0.95 * end };
};

const cubeRoot = (x: number): number => {
  let root = Math.sqrt(x);
  for (let i = 0; i < 60; i++) root -= (root * root * root - x) / (3 * root * root);
  return root;
};
