import { namesOf, type ValuesOf } from "../../../contracts/field.ts";
import { type ActivationName, activations } from "../../../numerics/activations.ts";
import { study } from "../../../protocols/study.ts";
import { flowersAnneal } from "../flowers.ts";
import { networkAnneal } from "../learner.ts";
import { basinProtocol } from "../protocols/basin.ts";
import { langevinProtocol } from "../protocols/langevin.ts";
import { mapProtocol } from "../protocols/map.ts";
import { reductionProtocol } from "../protocols/reduction.ts";

type SweepSettings = Partial<ValuesOf<(typeof networkAnneal)["settings"]>>;

/** Steps at each value of a plain sweep. */
const STEPS = { quick: 500, full: 4000 };
/** Fastest pace of the sweeps whose order is judged; two more are four and sixteen times slower. */
const PACE = { quick: 60, full: 400 };

/** Random starts from which linear networks are judged, the others from one. */
const STARTS = { quick: 5, full: 10 };
/** Weight decays of the noisy networks, and of those that start from layers of different norms. */
export const NOISY_DECAY = 0.3;
export const BASIN_DECAY = 0.2;

/** What differs between the sizes of a study. */
const sized = <Size>(of: (size: "quick" | "full") => Size): { readonly quick: Size; readonly full: Size } => ({
  quick: of("quick"),
  full: of("full"),
});

/** A sweep with a number of steps at each value, in units of the plain one. */
const sweep = (name: string, units: number, settings: SweepSettings) =>
  study(
    name,
    networkAnneal,
    { settings },
    sized(size => ({ settings: { steps: units * STEPS[size] } })),
  );

export const sweepD1 = sweep("sweep-D1", 2, { D: 1, from: 0.5, to: 1.2, values: 71 });
export const sweepD2 = sweep("sweep-D2", 1, { D: 2, from: 0.02, to: 0.6, values: 59, kick: 1e-3 });
export const sweepD2Fine = sweep("sweep-D2-fine", 1, { D: 2, from: 0.44, to: 0.48, values: 401, kick: 0 });

const relu = { activation: "relu", samples: 32 } as const;
export const sweepReluD1 = sweep("sweep-relu-D1", 3, { ...relu, D: 1, from: 0.3, to: 0.54, values: 13, stepSize: 0.1 });
export const sweepReluD2 = sweep("sweep-relu-D2", 1, { ...relu, D: 2, from: 0.2, to: 0.26, values: 21, kick: 0 });

const oneTanhLayer = { D: 1, dx: 1, activation: "tanh", from: 0.95, to: 0.99 } as const;
/** Tanh networks of several widths, y = x. */
export const tanhWidths = [1, 4, 16].map(width => ({
  width,
  sweep: sweep(`tanh-width-${width}`, 4, { ...oneTanhLayer, width, values: 5, stepSize: 0.1, kick: 0 }),
}));

/**
 * Isotropic linear networks that must fall on one curve: what differs from N = 1, variance 1, width 4, no noise, and where the learned state of two
 * hidden layers ends (to the last bit, as records hold the values of a sweep).
 */
const variants: readonly { readonly changed: SweepSettings; readonly spinodal: number }[] = [
  { changed: {}, spinodal: 0.4724703937105774 },
  { changed: { strength: 0.6 }, spinodal: 0.23909817806608746 },
  { changed: { strength: 1.7 }, spinodal: 0.9586053050806714 },
  { changed: { variance: 0.5 }, spinodal: 0.5952753944880748 },
  { changed: { variance: 2 }, spinodal: 0.375 },
  { changed: { width: 2 }, spinodal: 0.4724703937105774 },
  { changed: { width: 8 }, spinodal: 0.4724703937105774 },
  { changed: { sigma2: 0.4 }, spinodal: 0.4433834477902455 },
  { changed: { sigma2: 1 }, spinodal: 0.40716264248923595 },
];

/** Their sweeps by depth, from a tenth of the decay at which the learned state ends to a little below it. */
export const collapses = [1, 2].map(D => ({
  D,
  sweeps: variants.map(({ changed, spinodal }, i) => {
    const end = D === 1 ? (changed.strength ?? 1) : spinodal;
    const [from, to] = [0.1 * end, 0.95 * end];
    return sweep(`collapse-D${D}-${i}`, 1, { D, width: 4, dx: 2, from, to, values: 12, kick: 0, ...changed });
  }),
}));

/** A sweep at three paces, whose order is judged from the records alone. */
const judged = (
  name: string,
  order: "none" | "continuous" | "discontinuous",
  settings: SweepSettings,
  many?: "many",
) => ({
  order,
  sweep: study(
    `order-${name}`,
    networkAnneal,
    { settings: { values: 31, ...settings, paces: 3 } },
    sized(size => ({
      chains: many ? STARTS[size] : 1,
      settings: { steps: settings.activation ? Math.round(0.6 * PACE[size]) : PACE[size] },
    })),
  ),
});

export const orderD0 = judged("D0", "none", { D: 0, from: 0.02, to: 1.5 });
/** Linear networks with hidden layers, judged from many starts. */
export const judgedLinear = [
  judged("D1", "continuous", { D: 1, from: 0.4, to: 1.2 }, "many"),
  judged("D2", "discontinuous", { D: 2, from: 0.02, to: 0.6 }, "many"),
  judged("D3", "discontinuous", { D: 3, from: 0.02, to: 0.5 }, "many"),
];
const curved = { D: 1, dx: 1, width: 4 } as const;
const [tanh, swish] = [
  { ...curved, activation: "tanh", from: 0.8, to: 1.25 },
  { ...curved, activation: "swish", from: 0.4, to: 0.75 },
] as const;
/** One hidden layer on the targets x + k3 (x^3 - 3 x) and x + q (x^2 - 1), as polynomials; `stability` is where the origin loses stability. */
export const judgedCurved = [
  {
    ...judged("tanh-continuous", "continuous", { ...tanh, cubic: -0.5 }),
    target: "tanh, k3 = -0.5",
    activation: activations.tanh,
    ypoly: [0, 2.5, 0, -0.5],
    stability: 1,
  },
  {
    ...judged("tanh-jump", "discontinuous", { ...tanh, cubic: -1.5 }),
    target: "tanh, k3 = -1.5",
    activation: activations.tanh,
    ypoly: [0, 5.5, 0, -1.5],
    stability: 1,
  },
  {
    ...judged("swish-jump", "discontinuous", { ...swish, skew: 0.6 }),
    target: "swish, q = 0.6",
    activation: activations.swish,
    ypoly: [-0.6, 1, 0.6],
    stability: 0.5,
  },
];
export const allJudged = [orderD0, ...judgedLinear, ...judgedCurved];

/** Langevin runs by inverse temperature and weight decay. */
export const temperatures = [
  { nBeta: 100, more: 1, every: 200 },
  { nBeta: 400, more: 1.5, every: 400 },
  { nBeta: 1600, more: 2, every: 800 },
].map(({ nBeta, more, every }) => ({
  nBeta,
  runs: [0.97, 0.985, 1, 1.015, 1.03].map(weightDecay => ({
    weightDecay,
    run: study(
      `langevin-${nBeta}-${Math.round(1000 * weightDecay)}`,
      langevinProtocol,
      { settings: { nBeta, weightDecay, every } },
      { quick: { settings: { draws: 4000 * more } }, full: { settings: { draws: 40_000 * more } } },
    ),
  })),
}));

/** Noisy networks of several widths, whose minimum is followed over the noise. */
export const noisyWidths = [1, 2, 4, 16].map(width => {
  const network = { D: 1, dx: 2, width, weightDecay: NOISY_DECAY };
  const settings = { ...network, control: "sigma2", from: 0, to: 4, values: 9, kick: 0 };
  return { width, sweep: sweep(`noise-width-${width}`, 2, settings) };
});

/** Networks of width 8 on a linear target, by activation and depth. */
const activationSweep = (activation: ActivationName, D: number, from: number, to: number) =>
  sweep(`activation-${activation}-D${D}`, 0.5, { D, activation, from, to, values: 27, samples: 32, stepSize: 0.1 });
export const activationSweeps = {
  tanh: { 1: activationSweep("tanh", 1, 0.05, 1.15), 2: activationSweep("tanh", 2, 0.02, 0.54) },
  relu: { 1: activationSweep("relu", 1, 0.025, 0.575), 2: activationSweep("relu", 2, 0.01, 0.27) },
  swish: { 1: activationSweep("swish", 1, 0.025, 0.575), 2: activationSweep("swish", 2, 0.01, 0.27) },
} as const;
export const sweptActivations = namesOf(activationSweeps);

const flowerSweep = (activation: ActivationName, D: number, from: number, to: number) => ({
  activation,
  D,
  sweep: study(
    `flowers-${activation}-D${D}`,
    flowersAnneal,
    { settings: { activation, D, from, to } },
    sized(size => ({ settings: { steps: 0.4 * STEPS[size] } })),
  ),
});
/** Sweeps on the flowers. */
export const flowersLinear = flowerSweep("linear", 2, 0.02, 0.6);
export const flowersTanh = [
  flowerSweep("tanh", 1, 0.04, 1.4),
  flowerSweep("tanh", 2, 0.02, 0.6),
  flowerSweep("tanh", 3, 0.02, 0.45),
] as const;

/** Networks that start from layers of different norms. */
export const basinsByDepth = [1, 2, 3].map(D => ({
  D,
  basin: study(`basin-D${D}`, basinProtocol, { settings: { D, weightDecay: BASIN_DECAY } }),
}));

export const phaseMapD2 = study("phase-map-D2", mapProtocol, { settings: { D: 2 } });

export const reductions = study(
  "reduction",
  reductionProtocol,
  { chunk: 5 },
  {
    quick: { chains: 20, settings: { steps: 6000 } },
    full: { chains: 60, settings: { steps: 40_000 } },
  },
);

export const deepLinearStudies = [
  sweepD1,
  sweepD2,
  sweepD2Fine,
  sweepReluD1,
  sweepReluD2,
  ...tanhWidths.map(({ sweep }) => sweep),
  ...collapses.flatMap(({ sweeps }) => sweeps),
  ...allJudged.map(({ sweep }) => sweep),
  ...temperatures.flatMap(({ runs }) => runs.map(({ run }) => run)),
  ...noisyWidths.map(({ sweep }) => sweep),
  ...sweptActivations.flatMap(name => [activationSweeps[name][1], activationSweeps[name][2]]),
  ...[flowersLinear, ...flowersTanh].map(({ sweep }) => sweep),
  ...basinsByDepth.map(({ basin }) => basin),
  phaseMapD2,
  reductions,
];
