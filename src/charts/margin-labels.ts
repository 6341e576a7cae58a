import { spread } from "./spread.ts";
import { element, group, pathThrough, type SvgElement } from "./svg.ts";
import { textAt } from "./text.ts";
import { fontSize } from "./theme.ts";

/** A label that belongs to a height of the plot. */
export interface MarginLabel {
  readonly text: string;
  /** Pixels from the top. */
  readonly y: number;
  readonly colour: string;
}

export interface MarginLabelPlace {
  /** Where the leader lines start, in pixels from the left. */
  readonly x: number;
  /** Heights between which the labels stay. */
  readonly bounds: readonly [number, number];
  readonly size?: number;
}

const leader = 22;

/** Width that `marginLabels` needs beside the plot, in pixels, besides the text itself. */
export const leaderWidth = leader + 6;

/** Height that a number of labels needs, in pixels. */
export const heightOfLabels = (count: number, size: number = fontSize): number => count * size * 1.3;

/** Labels in a column, moved apart where they would overlap, each tied to its height by a leader line. */
export const marginLabels = (
  labels: readonly MarginLabel[],
  { x, bounds, size = fontSize }: MarginLabelPlace,
): SvgElement => {
  const heights = spread(
    labels.map(label => label.y),
    size * 1.3,
    bounds,
  );
  const parts = labels.flatMap(({ text, y, colour }, index) => {
    const height = heights[index]!;
    // A line that leaves the plot has its label where it left.
    const start = Math.max(bounds[0], Math.min(bounds[1], y));
    const d = pathThrough([
      [x + 1, start],
      [x + 4, start],
      [x + leader - 6, height],
      [x + leader - 1, height],
    ]);
    return [
      element("path", { d, fill: "none", stroke: colour, "stroke-width": 1 }),
      textAt(x + leader + 2, height, text, { anchor: "start", size }),
    ];
  });
  return group({ "data-mark": "labels" }, parts);
};
