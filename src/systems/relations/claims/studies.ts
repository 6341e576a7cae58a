import type { ValuesOf } from "../../../contracts/field.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { type StudyFrom, study } from "../../../protocols/study.ts";
import { cellRecords } from "../../../protocols/sweep-cell.ts";
import { sweepProtocol } from "../protocols/sweep.ts";
import { trainProtocol } from "../protocols/train.ts";

export type TrainStudy = StudyFrom<typeof trainProtocol>;

/** Runs from six seeds each at a pair of rates, mod 3, until the phase is decided or the budget is spent. */
const rates = (
  name: string,
  [embeddingRate, decoderRate]: readonly [number, number],
  {
    quick,
    full = 8000,
    weightDecay = 0,
  }: { readonly quick?: number; readonly full?: number; readonly weightDecay?: number } = {},
): TrainStudy =>
  study(
    `rates-${name}`,
    trainProtocol,
    { chains: 6, settings: { embeddingRate, decoderRate, weightDecay, stop: "decided" } },
    {
      ...(quick !== undefined && { quick: { settings: { steps: quick } } }),
      full: { settings: { steps: full } },
    },
  );

export const slowDecoder = rates("slow-decoder", [1e-2, 1e-3], { quick: 8000 });
export const equalRates = rates("equal", [1e-3, 1e-3], { quick: 8000 });
export const ratioTen = rates("ratio-10", [1e-3, 1e-2], { quick: 8000 });
export const slowRatioTen = rates("ratio-10-slow", [3e-4, 3e-3]);
export const ratioThirty = rates("ratio-30", [1e-3, 3e-2]);
export const ratioHundred = rates("ratio-100", [1e-4, 1e-2], { quick: 2000 });
export const fastRatioTen = rates("ratio-10-fast", [1e-2, 1e-1]);
export const fastDecoder = rates("fast-decoder", [1e-3, 3e-1], { quick: 1000, full: 3000 });
export const rateStudies = [
  ...[slowDecoder, equalRates, ratioTen, slowRatioTen, ratioThirty, ratioHundred, fastRatioTen, fastDecoder],
];

/** Relations of the accuracy curves by name, with the settings that make them. */
export const curveRelations = {
  "mod 3": { relation: "mod", classes: 3 },
  "mod 5": { relation: "mod", classes: 5 },
  order: { relation: "order" },
  bipartite: { relation: "bipartite", side: 10 },
} as const;
export type CurveRelation = keyof typeof curveRelations;

/** Seeds at each share of the pairs: more where runs differ more. */
const seedsAt = [
  { fraction: 0.1, quick: 12, full: 24 },
  { fraction: 0.3, quick: 16, full: 24 },
  { fraction: 0.5, quick: 8, full: 12 },
  { fraction: 0.75, quick: 3, full: 8 },
] as const;

/** Of relations that differ less, and that short reproductions measure at two shares alone. */
const FEWER = 6;

/** Where short reproductions measure other relations than mod 3. */
const ALSO_QUICK: readonly number[] = [0.1, 0.3];

const percent = (fraction: number): string => String(Math.round(100 * fraction));

/** 3000 steps at the source's defaults, for each relation at each share of the pairs. */
export const curves = (Object.keys(curveRelations) as CurveRelation[]).flatMap(name =>
  seedsAt.map(({ fraction, quick, full }) => {
    const isQuick = name === "mod 3" || (name !== "mod 5" && ALSO_QUICK.includes(fraction));
    return {
      name,
      fraction,
      study: study(
        `${name.replace(" ", "-")}-${percent(fraction)}`,
        trainProtocol,
        { settings: { ...curveRelations[name], trainFraction: fraction, steps: 3000, every: 250 } },
        { ...(isQuick && { quick: { chains: name === "mod 3" ? quick : FEWER } }), full: { chains: full } },
      ),
    };
  }),
);

/** Ways to join two embeddings, at three shares of the pairs, mod 3; concatenation at 0.1 and 0.3 is in the curves. Members share their training pairs. */
export const modeStudies = (["concat", "diff", "sqdiff"] as const).flatMap(mode =>
  [0.1, 0.2, 0.3].map(fraction => ({
    mode,
    fraction,
    study:
      (mode === "concat" && curves.find(curve => curve.name === "mod 3" && curve.fraction === fraction)?.study) ||
      study(
        `${mode}-${percent(fraction)}`,
        trainProtocol,
        { settings: { mode, trainFraction: fraction, steps: 3000, every: 250 } },
        { ...(fraction > 0.1 && { quick: { chains: 16 } }), full: { chains: 24 } },
      ),
  })),
);

/** One unit that knows what the relation is like, as made here and as a secondary source has it. */
const units = (name: string, settings: Partial<ValuesOf<typeof trainProtocol.settings>>): TrainStudy =>
  study(
    name,
    trainProtocol,
    { settings: { steps: 3000, every: 250, ...settings } },
    { quick: { chains: 12 }, full: { chains: 24 } },
  );
export const unitOfClasses = [0.1, 0.2, 0.3].map(fraction => ({
  fraction,
  study: units(`unit-mod-3-${percent(fraction)}`, { mode: "sqdiff", decoder: "ideal", trainFraction: fraction }),
}));
export const unitOfOrder = [0.1, 0.3].map(fraction => ({
  fraction,
  study: units(`unit-order-${percent(fraction)}`, {
    ...{ relation: "order", mode: "diff", decoder: "ideal", dimensions: 1, trainFraction: fraction },
  }),
}));
export const transcribedUnit = units("unit-transcribed", {
  ...{ mode: "sqdiff", decoder: "transcribed", trainFraction: 0.3 },
});

/** Hidden layers of ten units, 0.3 of the pairs, mod 3. */
export const powerStudies = [0, 1, 2, 4, 6].map(depth => ({
  depth,
  study: study(
    `layers-${depth}`,
    trainProtocol,
    { settings: { depth, width: 10, trainFraction: 0.3, steps: 4000, every: 250 } },
    { ...(depth !== 4 && { quick: { chains: 12 } }), full: { chains: 32 } },
  ),
}));

/** Phases over both rates: a small network in short reproductions, the source's in full ones. */
export const rateMap = study(
  "learning-rates",
  sweepProtocol,
  { settings: { xFrom: 5e-4, xTo: 0.128, columns: 9, yFrom: 2e-4, yTo: 5e-3, rows: 4 } },
  {
    quick: { settings: { symbols: 12, width: 20, depth: 2, columns: 7, rows: 3, steps: 1500, seeds: 14 } },
    full: { settings: { steps: 4000, seeds: 12 } },
  },
);

/** Decay of the decoder where runs without it only memorise: a decoder a hundred times as fast as the embeddings. */
export const decayStudies = [
  rates("weak-decay", [1e-4, 1e-2], { weightDecay: 0.01 }),
  rates("decay", [1e-4, 1e-2], { weightDecay: 0.1 }),
  rates("strong-decay", [1e-4, 1e-2], { weightDecay: 1 }),
] as const;

/** The cells of a sweep. */
export const cellsOf = (run: RunView, map: typeof rateMap) => cellRecords(map.of(run, "cell") as never);

export const relationsStudies = [
  ...new Set([
    ...rateStudies,
    ...curves.map(({ study }) => study),
    ...modeStudies.map(({ study }) => study),
    ...[...unitOfClasses, ...unitOfOrder].map(({ study }) => study),
    transcribedUnit,
    ...powerStudies.map(({ study }) => study),
  ]),
  ...decayStudies,
  rateMap,
];
