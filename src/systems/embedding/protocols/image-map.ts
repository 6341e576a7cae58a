import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { checkImages, imageControls } from "../images/controls.ts";
import { followControls, followImages, type ImageOutcome } from "../images/follow.ts";

const axis = (summary: string, from: number, to: number, count: number) => ({
  from: number(`${summary} of the first`, { default: from, min: 1e-9, max: 1000, scale: "log" }),
  to: number(`${summary} of the last`, { default: to, min: 1e-9, max: 1000, scale: "log" }),
  count: integer("how many, by equal factors", { default: count, min: 2, max: 1024 }),
});
const decays = axis("weight decay", 1e-2, 10, 7);
const rates = axis("learning rate of the last layer", 1e-5, 1e-1, 5);

export type ImageCell = {
  readonly row: number;
  readonly column: number;
  readonly weightDecay: number;
  readonly lastRate: number;
} & ImageOutcome;

/** Phases of image classification over weight decay and the last layer's rate [section 4.3]. Each cell is a piece of its own; seeds are chains. */
export const imageMapProtocol = protocol<{ cell: ImageCell }, { readonly row: number; readonly column: number }>()({
  name: "image-map",
  summary: "phases of image classification over weight decay and the learning rate of the last layer",
  settings: {
    ...imageControls,
    ...followControls,
    stop: { ...followControls.stop, default: "decided" },
    decayFrom: decays.from,
    decayTo: decays.to,
    decayCount: decays.count,
    rateFrom: rates.from,
    rateTo: rates.to,
    rateCount: rates.count,
  },
  small: {
    ...{ trainImages: 20, testImages: 10, side: 6, width: 6, batch: 8, steps: 40, every: 20 },
    ...{ decayCount: 2, rateCount: 2 },
  },
  check(settings) {
    const { decays, rates } = valuesOf(settings);
    checkImages({ ...settings, weightDecay: Math.max(...decays), lastRate: Math.max(...rates) });
  },
  plan({ settings: { decayCount, rateCount } }, _, round) {
    if (round > 0) return [];
    return Array.from({ length: decayCount * rateCount }, (_, i) => ({
      row: Math.floor(i / rateCount),
      column: i % rateCount,
    }));
  },
  run({ settings, seed, chain, piece: { row, column } }, context) {
    const values = valuesOf(settings);
    const [weightDecay, lastRate] = [values.decays[row], values.rates[column]];
    const { outcome } = followImages({ ...settings, weightDecay, lastRate }, { seed, chain }, context);
    context.record("cell", { row, column, weightDecay, lastRate, ...outcome });
  },
});

const valuesOf = (at: {
  readonly decayFrom: number;
  readonly decayTo: number;
  readonly decayCount: number;
  readonly rateFrom: number;
  readonly rateTo: number;
  readonly rateCount: number;
}) => ({
  decays: sweepValues(at.decayFrom, at.decayTo, at.decayCount, "log"),
  rates: sweepValues(at.rateFrom, at.rateTo, at.rateCount, "log"),
});
