import { namesOf } from "../../../contracts/field.ts";
import { study } from "../../../protocols/study.ts";
import { distancesProtocol } from "../protocols/distances.ts";
import { structureProtocol } from "../protocols/structure.ts";
import { trainProtocol } from "../protocols/train.ts";

/** The network of the acceptance runs, in all hidden layers and beside altered equations. */
export const reference = study(
  "reference",
  trainProtocol,
  { settings: { fits: "all", altered: "yes" } },
  { quick: { chains: 20 }, full: { chains: 40 } },
);

/** The same networks watched for a shorter and for a longer time. */
const watched = (name: string, stop: number) =>
  study(name, trainProtocol, { settings: { altered: "yes", stop } }, { quick: { chains: 10 }, full: { chains: 40 } });
export const shortWatch = watched("watched-to-1e-3", 1e-3);
export const longWatch = watched("watched-to-the-end", 0);

/** Networks of other kinds; SiLU and the shallow one need another start, as their signals shrink more and less from layer to layer. */
const kinds = {
  relu: { activation: "relu" },
  linear: { activation: "linear" },
  tanh: { activation: "tanh" },
  elu: { activation: "elu" },
  swish: { activation: "swish", gain: 1.2 },
  residual: { architecture: "residual", gain: 0.15 },
  wide: { width: 250 },
  narrow: { width: 25, gain: 0.85 },
  convolution: { architecture: "convolution", channels: 20, kernel: 3, gain: 0.95, stepSize: 8e-3, steps: 6000 },
  attention: { architecture: "attention", channels: 20, gain: 0.15 },
  normalised: { normalisation: "layer", biases: 0.1, gain: 0.2, stepSize: 1e-3 },
  shallow: { depth: 3, readLayer: 1, gain: 0.35, steps: 10_000 },
} as const;
const kind = (name: keyof typeof kinds) =>
  study(`kind-${name}`, trainProtocol, { settings: kinds[name] }, { quick: { chains: 10 }, full: { chains: 40 } });
const tanhKind = kind("tanh");
export const kindStudies = namesOf(kinds).map(name => (name === "tanh" ? tanhKind : kind(name)));

/** A tenth of the inputs of every layer left out at each step. */
export const dropoutStudy = study(
  "kind-dropout",
  trainProtocol,
  { settings: { dropout: 0.1 } },
  { quick: { chains: 16 }, full: { chains: 40 } },
);

/** Initial scale from rich to lazy; steps are smaller where weights are larger, as the source has them. */
const gains = [
  { gain: 0.7, stepSize: 0.03 },
  { gain: 0.9, stepSize: 0.015 },
  { gain: 1, stepSize: 0.01 },
  { gain: 1.1, stepSize: 0.005 },
  { gain: 1.2, stepSize: 0.003 },
  { gain: 1.3, stepSize: 1.5e-3 },
  { gain: 1.4, stepSize: 8e-4 },
  { gain: 1.6, stepSize: 2e-4 },
  { gain: 1.8, stepSize: 5e-5 },
  { gain: 2, stepSize: 2e-5 },
] as const;
export const gainStudies = [
  { gain: 0.8, study: reference },
  ...gains.map(settings => ({
    gain: settings.gain,
    study: study(
      `gain-${Math.round(100 * settings.gain)}`,
      trainProtocol,
      { settings: { ...settings, steps: 5000 } },
      { quick: { chains: 6 }, full: { chains: 20 } },
    ),
  })),
];

/** Final distances of other pairs, with the rates of networks of the same kind at the reference pair. */
const grid = (activation: "leaky" | "tanh", rates: typeof reference) => ({
  activation,
  rates,
  cells: study(
    `distances-${activation}`,
    distancesProtocol,
    { settings: { activation, steps: 30_000, stop: 1e-4 } },
    { quick: { chains: 2 }, full: { chains: 8 } },
  ),
  /** Pairs with one target. */
  merged: study(
    `merged-${activation}`,
    distancesProtocol,
    { settings: { activation, stop: 1e-4, columnCount: 1 } },
    { quick: { chains: 16 }, full: { chains: 40 } },
  ),
});
export const grids = [grid("leaky", reference), grid("tanh", tanhKind)];

/** Exclusive or in three regimes, and with one hidden layer. */
const xor = (name: string, settings: { readonly gain: number; readonly stepSize: number }) =>
  study(`xor-${name}`, structureProtocol, { settings }, { quick: { chains: 8 }, full: { chains: 40 } });
export const xorRich = xor("rich", { gain: 0.7, stepSize: 0.03 });
export const xorBetween = xor("intermediate", { gain: 1.2, stepSize: 3e-3 });
export const xorLazy = xor("lazy", { gain: 2, stepSize: 2e-5 });
export const xorShallow = study(
  "xor-shallow",
  structureProtocol,
  { settings: { depth: 1, readLayer: 0, gain: 0.01, stepSize: 0.05, steps: 10_000 } },
  { quick: { chains: 8 }, full: { chains: 40 } },
);
/** Rates of the networks of `xorRich` from two points. */
export const xorRates = study(
  "xor-rates",
  trainProtocol,
  { settings: { activation: "relu", gain: 0.7, stepSize: 0.03, steps: 5000 } },
  { quick: { chains: 6 }, full: { chains: 50 } },
);

/** A blob on an image, one of whose coordinates is asked for. */
const blobs = (name: string, settings: { readonly gain: number; readonly stepSize: number; readonly steps: number }) =>
  study(
    `context-${name}`,
    structureProtocol,
    { settings: { task: "context", activation: "tanh", depth: 4, readLayer: 2, stop: 1e-4, centres: 6, ...settings } },
    { quick: { chains: 3 }, full: { chains: 6, settings: { centres: 10 } } },
  );
export const contextRich = blobs("rich", { gain: 0.275, stepSize: 0.3, steps: 6000 });
export const contextLazy = blobs("lazy", { gain: 2, stepSize: 3e-3, steps: 3000 });

/** The default network of the source's code. */
export const fullSize = study(
  "full-size",
  trainProtocol,
  {
    settings: {
      ...{ width: 500, depth: 20, readLayer: 10, gain: 1, stepSize: 0.01, steps: 3000, fits: "all" },
    },
  },
  { full: { chains: 4 } },
);

export const alignmentStudies = [
  reference,
  shortWatch,
  longWatch,
  ...kindStudies,
  dropoutStudy,
  ...gainStudies.map(({ study }) => study).filter(study => study !== reference),
  ...grids.flatMap(({ cells, merged }) => [cells, merged]),
  xorRich,
  xorBetween,
  xorLazy,
  xorShallow,
  xorRates,
  contextRich,
  contextLazy,
  fullSize,
];
