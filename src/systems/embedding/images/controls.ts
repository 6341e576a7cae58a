import { type Controls, integer, number, type ValuesOf } from "../../../contracts/field.ts";
import { invalid } from "../../../errors.ts";

const rate = (summary: string, value: number) => number(summary, { default: value, min: 1e-9, max: 10, scale: "log" });

/** Classification of pictures. Batch size, rates and decay are those of companion code of the same authors; the source leaves them open. */
export const imageControls = {
  trainImages: integer("generated pictures that are trained on", { default: 1000, min: 2, max: 60_000 }),
  testImages: integer("generated pictures that are tested on", { default: 1000, min: 1, max: 60_000 }),
  side: integer("pixels along a side of a picture", { default: 12, min: 4, max: 28 }),
  width: integer("width of the two hidden layers", { default: 200, min: 1, max: 4096, scale: "log" }),
  startScale: number("factor on all weights and biases of the common start", { default: 8, min: 0, max: 1000 }),
  batch: integer("pictures per step; 0 for all", { default: 200, min: 0, max: 60_000 }),
  rate: rate("learning rate of the first two layers", 1e-3),
  lastRate: rate("learning rate of the last layer", 1e-3),
  weightDecay: number("decoupled weight decay", { default: 0.01, min: 0, max: 1000 }),
} as const satisfies Controls;

export type ImageValues = ValuesOf<typeof imageControls>;

export const checkImages = ({ batch, trainImages, rate, lastRate, weightDecay }: ImageValues): void => {
  if (batch > trainImages) throw invalid("batch", batch, `at most the ${trainImages} pictures that are trained on`);
  // Decoupled decay multiplies weights by 1 - rate decay at each step.
  const largest = Math.max(rate, lastRate);
  if (largest * weightDecay > 1)
    throw invalid(
      "weightDecay",
      weightDecay,
      `at most ${1 / largest} at a rate of ${largest}: more turns weights round`,
    );
};
