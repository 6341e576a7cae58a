import { element, pathOfLines, type SvgElement } from "../../src/charts/svg.ts";
import { textAt } from "../../src/charts/text.ts";
import { colours, picture, series } from "../../src/charts/theme.ts";
import type { Frame } from "../frame.ts";
import type { Picture } from "../picture.ts";

/** Symbols at their places, on a line or in a plane; those of one class in one colour. */
export const embeddingPicture = (frame: Frame): Picture | undefined => {
  const E = frame.parameters.find(({ name }) => name === "E");
  const [symbols, dimensions] = E?.shape ?? [];
  if (!E || (dimensions !== 1 && dimensions !== 2)) return undefined;
  const places = Array.from({ length: symbols }, (_, i): readonly [number, number] => {
    const at = E.offset + i * dimensions;
    return [frame.w[at], dimensions === 2 ? frame.w[at + 1] : 0];
  });
  const classes = typeof frame.at.classes === "number" && frame.at.relation === "mod" ? frame.at.classes : undefined;
  const colourOf = (i: number): string => (classes ? series[(i % classes) % series.length] : colours.blue);
  return {
    name: "state",
    title: dimensions === 1 ? "Symbols on their line" : "Symbols in their plane",
    height: dimensions === 1 ? 120 : 280,
    draw({ width, height }) {
      const far = places.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0.1);
      const unit = (Math.min(width, dimensions === 1 ? width : height) / 2 - 18) / far;
      const [x, y] = [width / 2, height / 2];
      const marks: SvgElement[] = places.flatMap(([a, b], i) => [
        element("circle", {
          cx: x + unit * a,
          cy: y - unit * b,
          r: 11,
          fill: colourOf(i),
          "fill-opacity": 0.25,
          stroke: colourOf(i),
        }),
        textAt(x + unit * a, y - unit * b, String(i)),
      ]);
      const rule =
        dimensions === 1
          ? [[8, y, width - 8, y] as const]
          : [[8, y, width - 8, y] as const, [x, 8, x, height - 8] as const];
      return picture(
        {
          title: "Embeddings of the symbols",
          description: places
            .map(([a, b], i) => `${i} at ${a.toPrecision(3)}${dimensions === 2 ? `, ${b.toPrecision(3)}` : ""}`)
            .join("; "),
        },
        { width, height },
        [
          element("path", { d: pathOfLines(rule), stroke: colours.grey, "stroke-opacity": 0.4, fill: "none" }),
          ...marks,
        ],
      );
    },
    table: () => ({
      columns: ["symbol", "first", ...(dimensions === 2 ? ["second"] : [])],
      rows: places.map(([a, b], i) => [i, a, ...(dimensions === 2 ? [b] : [])]),
    }),
  };
};
