import { spread } from "./spread.ts";
import { svgElement } from "./surface.ts";
import { fontSize, ink } from "./theme.ts";

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

/** Labels in a column, moved apart where they would overlap, each tied to its height by a leader line. */
export const marginLabels = (
  document: Document,
  labels: readonly MarginLabel[],
  { x, bounds, size = fontSize }: MarginLabelPlace,
): SVGElement => {
  const heights = spread(
    labels.map(label => label.y),
    size * 1.3,
    bounds,
  );
  const parts = labels.flatMap(({ text, y, colour }, index) => {
    const height = heights[index]!;
    // A line that leaves the plot has its label where it left.
    const start = Math.max(bounds[0], Math.min(bounds[1], y));
    const path = `M${x + 1},${start}H${x + 4}L${x + leader - 6},${height}H${x + leader - 1}`;
    return [
      svgElement(document, "path", { d: path, fill: "none", stroke: colour, "stroke-width": 1 }),
      svgElement(
        document,
        "text",
        { x: x + leader + 2, y: height, dy: "0.35em", "text-anchor": "start", fill: ink, "font-size": size },
        text,
      ),
    ];
  });
  return svgElement(document, "g", { "aria-label": "level labels" }, parts);
};
