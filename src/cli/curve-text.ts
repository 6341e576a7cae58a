import type { View } from "../transitions/detect/view.ts";

const HEIGHTS = "▁▂▃▄▅▆▇█";

/** A view as one line of blocks, and beneath it where some spans of steps lie. */
export const curveText = (
  { values, first, last, places }: View,
  spans: readonly { readonly from: number; readonly to: number }[],
  width: number,
): string[] => {
  const n = places.length;
  const [low, high] = [places[0], places[n - 1]];
  const columnOf = (place: number): number => Math.min(width - 1, Math.floor(((place - low) / (high - low)) * width));
  const sums = new Float64Array(width);
  const counts = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    sums[columnOf(places[i])] += values[i];
    counts[columnOf(places[i])]++;
  }
  const means = sums.map((sum, i) => (counts[i] > 0 ? sum / counts[i] : Number.NaN));
  // A column without a point goes on as the last one.
  for (let i = 1; i < width; i++) if (Number.isNaN(means[i])) means[i] = means[i - 1];
  const least = means.reduce((a, b) => Math.min(a, b), Infinity);
  const range = means.reduce((a, b) => Math.max(a, b), -Infinity) - least;
  const blocks = Array.from(
    means,
    mean => HEIGHTS[range > 0 ? Math.min(7, Math.floor((8 * (mean - least)) / range)) : 0],
  );
  const marks: string[] = new Array(width).fill(" ");
  for (const { from, to } of spans) {
    const inside = Array.from({ length: n }, (_, i) => i).filter(i => last[i] >= from && first[i] <= to);
    if (inside.length > 0)
      marks.fill("^", columnOf(places[inside[0]]), columnOf(places[inside[inside.length - 1]]) + 1);
  }
  return [blocks.join(""), marks.join("").trimEnd()];
};
