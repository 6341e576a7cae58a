import { normalQuantile } from "./normal-quantile.ts";
import { standardise } from "./statistics/standardise.ts";
import type { Stream } from "./stream.ts";

/** Ways to represent the standard normal law by a sample: drawn, drawn with exact mean and mean square, or its quantiles with the same. */
export const normalSamples = ["drawn", "standardised", "quantiles"] as const;

export const normalSample = (size: number, sample: (typeof normalSamples)[number], random: Stream): Float64Array => {
  const values = new Float64Array(size);
  if (sample === "quantiles") for (let i = 0; i < size; i++) values[i] = normalQuantile((i + 0.5) / size);
  else random.normals(values);
  if (sample !== "drawn") standardise(values);
  return values;
};
