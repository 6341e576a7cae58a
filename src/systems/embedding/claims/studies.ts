import { type StudyFrom, study } from "../../../protocols/study.ts";
import { mapProtocol } from "../protocols/map.ts";
import { regionsProtocol } from "../protocols/regions.ts";
import { type EmbeddingTrainRecords, trainProtocol } from "../protocols/train.ts";
import { trainingSetsProtocol } from "../protocols/training-sets.ts";
import type { PublishedName } from "./beside-published.ts";
import { imageStudies } from "./image-studies.ts";
import { PUBLISHED_STEPS } from "./published-maps.ts";
import { transformerStudies } from "./transformer-studies.ts";

export type { EmbeddingTrainRecords };
export type TrainStudy = StudyFrom<typeof trainProtocol>;

/** The rate of the decoder in a column of the published maps. */
export const THIRD_OF_DECADE = 2.154434690031882e-4;

const asPublished = { split: "published", numbers: "published", precision: "f64" } as const;

interface Cell {
  readonly name: string;
  readonly embeddingRate?: number;
  readonly decoderRate?: number;
  readonly weightDecay?: number;
  readonly steps: number;
}

/** A run of the source's code from its own random words, until its phase is decided or the budget is spent. */
const publishedRun = ({ name, ...cell }: Cell) =>
  study(`published-${name}`, trainProtocol, { settings: { ...asPublished, ...cell, stop: "decided", every: 100 } });

export const comprehension = publishedRun({ name: "comprehension", steps: 1700 });
export const grokking = publishedRun({ name: "grokking", weightDecay: 5, steps: 2800 });
export const memorization = publishedRun({ name: "memorization", decoderRate: THIRD_OF_DECADE, steps: 2600 });
const published = { comprehension, grokking, memorization };

/** Runs at published settings with what was seen there: by the source, and for the representation by an earlier implementation. */
export const publishedRuns = [
  { study: published.comprehension, trainStep: 1130, testStep: 1529, qualityStep: 800 },
  { study: published.grokking, trainStep: 1584, testStep: 2594, qualityStep: 1056 },
  { study: published.memorization, trainStep: 2248, testStep: null, qualityStep: null },
  {
    study: publishedRun({ name: "decay", decoderRate: THIRD_OF_DECADE, weightDecay: 2, steps: 1200 }),
    ...{ trainStep: 901, testStep: 994, qualityStep: 624 },
  },
  {
    study: publishedRun({ name: "confusion", decoderRate: 1e-2, weightDecay: 4, steps: 1500 }),
    ...{ trainStep: null, testStep: null, qualityStep: null },
  },
  {
    study: publishedRun({ name: "fast-embeddings", embeddingRate: 1e-2, steps: 2000 }),
    ...{ trainStep: 1073, testStep: 1732, qualityStep: 550 },
  },
];

/** The published maps: a coarse grid and a short budget in quick reproductions, all cells in full ones. */
export const decayMap = study(
  "published-decays",
  mapProtocol,
  { settings: asPublished },
  {
    quick: { settings: { rowCount: 3, columnCount: 4, steps: 1700 } },
    full: { settings: { steps: PUBLISHED_STEPS } },
  },
);
export const rateMap = study(
  "published-rates",
  mapProtocol,
  { settings: { ...asPublished, rows: "embeddingRate", rowFrom: 1e-5, rowTo: 1e-2 } },
  {
    quick: { settings: { rowCount: 4, columnCount: 4, steps: 1200 } },
    full: { settings: { rowCount: 10, steps: PUBLISHED_STEPS } },
  },
);

/** Of the 100 000 steps of figure 6: a hundredth of the work decides most of what is decided early. */
const FIGURE_STEPS = 2000;

const asInFigure = { split: "figure", numbers: "figure" } as const;

/** The maps of figure 6 from their own random words, each with a row for every row that is published, in single precision as there. */
const figureMap = (name: string, settings: NonNullable<typeof mapProtocol.small>) =>
  study(
    `figure-${name}`,
    mapProtocol,
    { settings: { ...asInFigure, columnCount: 16, ...settings } },
    { full: { settings: { steps: FIGURE_STEPS } } },
  );

/** Decays of S3 are not equally spaced: rows of the published map two or three at a time. */
const groupRows = [
  ["0-100-200", 0, 200, 3],
  ["1-2-3", 1, 3, 3],
  ["5-50", 5, 50, 2],
  ["10-20-30", 10, 30, 3],
] as const;

export const figureMaps = [
  {
    name: "6a",
    study: figureMap("6a", { rows: "embeddingRate", rowFrom: 1e-5, rowTo: 1e-2, rowCount: 13, columnCount: 13 }),
  },
  { name: "6b", study: figureMap("6b", {}) },
  { name: "6c", study: figureMap("6c", { loss: "classification", rowTo: 20 }) },
  ...groupRows.map(([name, rowFrom, rowTo, rowCount]) => ({
    name: "6d" as const,
    study: figureMap(`6d-${name}`, { task: "permutations", trainPairs: 24, rowFrom, rowTo, rowCount }),
  })),
] as const;

type TrainSettings = NonNullable<typeof trainProtocol.small>;

const figureRun = (name: PublishedName, [trainStep, testStep]: readonly [number, number], settings: TrainSettings) => ({
  ...{ name, trainStep, testStep },
  study: study(
    `figure-run-${name}`,
    trainProtocol,
    { settings: { ...asInFigure, ...settings, precision: "f64", stop: "decided", every: 100 } },
    { full: {} },
  ),
});

/** Cells of those maps that are decided early, with the published steps. */
export const figureRuns = [
  figureRun("6a", [308, 313], { embeddingRate: 3.1622776601683794e-3, decoderRate: 1e-3, steps: 330 }),
  figureRun("6b", [1487, 1814], { decoderRate: 1.584893192461114e-4, weightDecay: 2, steps: 1900 }),
  figureRun("6c", [263, 295], { loss: "classification", decoderRate: 6.30957344480193e-4, steps: 320 }),
  figureRun("6d", [379, 667], {
    ...{ task: "permutations", trainPairs: 24, decoderRate: 1.584893192461114e-5, steps: 700 },
  }),
];

/** Runs from ten seeds of one's own. */
const SEEDS = 10;
const ensemble = ({ name, ...cell }: Cell, alsoQuick = false) => {
  const size = { chains: SEEDS, settings: { ...cell, split: "published", stop: "decided", every: 500 } } as const;
  return study(`seeds-${name}`, trainProtocol, size, alsoQuick ? { quick: {}, full: {} } : { full: {} });
};

export const strongDecay = ensemble({ name: "strong-decay", decoderRate: 1e-2, weightDecay: 8, steps: 4000 }, true);
export const fastEmbeddings = ensemble({ name: "fast-embeddings", embeddingRate: 1e-2, steps: 4000 }, true);
export const fastDecoder = ensemble({ name: "fast-decoder", decoderRate: 1e-3, steps: 4000 });
export const bothFast = ensemble({ name: "both-fast", embeddingRate: 1e-2, decoderRate: 1e-2, steps: 4000 });
export const defaultRates = ensemble({ name: "default-rates", steps: 10_000 });
export const slowDecoder = ensemble({ name: "slow-decoder", decoderRate: THIRD_OF_DECADE / 10, steps: 12_000 });
export const quickEnsembles = [strongDecay, fastEmbeddings];
export const ensembles = [...quickEnsembles, fastDecoder, bothFast, defaultRates, slowDecoder];

/** Two moves away from the published run with late generalisation: a decoder and embeddings that learn faster. */
export const fasterDecoder = publishedRun({
  ...{ name: "faster-decoder", decoderRate: 1.584893192461114e-4, weightDecay: 5, steps: 2400 },
});
export const fasterEmbeddings = publishedRun({
  ...{ name: "faster-embeddings", embeddingRate: 1e-2, weightDecay: 5, steps: 2800 },
});

/** Decoders of width 50 that learn within a second, from ten seeds: from other starts, on small batches, with embeddings that decay. */
const move = (name: string, settings: NonNullable<typeof trainProtocol.small>, quickSeeds = 0) => {
  const common = {
    settings: {
      ...({ split: "published", stop: "decided", every: 500 } as const),
      ...{ width: 50, embeddingRate: 1e-2, decoderRate: 1e-3, steps: 3000 },
      ...settings,
    },
  };
  const full = { chains: 4 * SEEDS };
  return study(
    `seeds-${name}`,
    trainProtocol,
    common,
    quickSeeds > 0 ? { quick: { chains: quickSeeds }, full } : { full },
  );
};
export const moves = {
  smallStart: move("small-start", { startScale: 0.1, steps: 2000 }, 2 * SEEDS),
  largeStart: move("large-start", { startScale: 10, steps: 2000 }, SEEDS),
  common: move("common-start", {}),
  smallBatch: move("small-batch", { batch: 9 }),
  embeddingDecay: move("embedding-decay", { embeddingDecay: 3 }),
};

/** Training sets of several sizes, drawn for each run, at the rates of the source. */
const drawn = (trainPairs: number, steps: number) =>
  study(
    `pairs-${trainPairs}`,
    trainProtocol,
    { settings: { split: "random", trainPairs, steps, every: 500 } },
    { full: { chains: 3 } },
  );
export const middleSizes = [25, 30, 35, 40, 45].map(n => drawn(n, 5000));
export const smallSizes = [15, 20].map(n => drawn(n, 10_000));
export const largeSizes = [50, 54].map(n => drawn(n, 5000));

/** Embeddings of two numbers: sums with a modulus and without, from seeds of one's own, until the phase is decided. */
const regionsOf = (sum: "plain" | "modular") =>
  study(
    `regions-${sum}`,
    regionsProtocol,
    { settings: { sum, stop: "decided" } },
    { quick: { chains: 32 }, full: { chains: 100 } },
  );
export const regionStudies = { plain: regionsOf("plain"), modular: regionsOf("modular") };

/** S3 from seeds of one's own, in the first cell of the source's map. */
export const groupRuns = study(
  "permutations",
  trainProtocol,
  {
    settings: { task: "permutations", trainPairs: 24, decoderRate: 1e-5, steps: 2000, stop: "decided", every: 100 },
  },
  { quick: { chains: 5 }, full: { chains: 10 } },
);

export const additionSets = study(
  "addition-sets",
  trainingSetsProtocol,
  {},
  { quick: {}, full: { settings: { draws: 3000 } } },
);
/** Sizes around the critical one, for the place where half of the sets leave one representation. */
export const criticalSets = study(
  "critical-sets",
  trainingSetsProtocol,
  { settings: { from: 20, to: 25, by: 1 } },
  { quick: { settings: { draws: 2000 } }, full: { settings: { draws: 10_000 } } },
);
export const groupSets = study(
  "permutation-sets",
  trainingSetsProtocol,
  { settings: { task: "permutations", from: 12, to: 27, by: 3 } },
  { quick: {}, full: { settings: { draws: 3000 } } },
);

export const embeddingStudies = [
  ...publishedRuns.map(({ study }) => study),
  fasterDecoder,
  fasterEmbeddings,
  ...Object.values(moves),
  decayMap,
  rateMap,
  ...figureRuns.map(({ study }) => study),
  ...figureMaps.map(({ study }) => study),
  ...ensembles,
  ...middleSizes,
  ...smallSizes,
  ...largeSizes,
  ...Object.values(regionStudies),
  groupRuns,
  additionSets,
  criticalSets,
  groupSets,
  ...transformerStudies,
  ...imageStudies,
];
