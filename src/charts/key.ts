import { svgElement } from "./surface.ts";
import { fontSize, ink, textWidth } from "./theme.ts";

export type KeySample = "line" | "dashed" | "arrow" | "bar" | "ring" | "tick" | "whisker" | "range";

export interface KeyEntry {
  readonly sample: KeySample;
  readonly text: string;
  readonly colour?: string;
}

const sampleWidth = 18;
const gap = 14;

/** A one-line key, its right end at `right`, centred on the height `y`. Samples differ in shape, not only in colour. */
export const key = (document: Document, entries: readonly KeyEntry[], { right, y }: { right: number; y: number }) => {
  const widths = entries.map(entry => sampleWidth + 5 + textWidth(entry.text, fontSize - 1) + gap);
  let x = right - widths.reduce((sum, width) => sum + width, -gap);
  const parts = entries.flatMap(({ sample, text, colour = ink }, index) => {
    const start = x;
    x += widths[index]!;
    return [
      drawSample(document, sample, colour, start, y),
      svgElement(
        document,
        "text",
        { x: start + sampleWidth + 5, y, dy: "0.35em", "text-anchor": "start", fill: ink, "font-size": fontSize - 1 },
        text,
      ),
    ];
  });
  return svgElement(document, "g", { "aria-label": "key" }, parts);
};

const drawSample = (document: Document, sample: KeySample, colour: string, x: number, y: number): SVGElement => {
  const middle = x + sampleWidth / 2;
  const end = x + sampleWidth;
  const stroked = (d: string, more: { readonly [name: string]: string | number } = {}) =>
    svgElement(document, "path", { d, fill: "none", stroke: colour, "stroke-width": 1.5, ...more });
  switch (sample) {
    case "line":
      return stroked(`M${x},${y}H${end}`, { "stroke-width": 2.5 });
    case "dashed":
      return stroked(`M${x},${y}H${end}`, { "stroke-dasharray": "4,2.5" });
    case "bar":
      return svgElement(document, "rect", { x: x + 4, y: y - 5, width: 10, height: 10, fill: colour });
    case "arrow":
      return stroked(`M${x},${y}H${end}M${end - 5},${y - 4}L${end},${y}L${end - 5},${y + 4}`, { "stroke-width": 2 });
    case "ring":
      return svgElement(document, "circle", {
        cx: middle,
        cy: y,
        r: 3.5,
        fill: "none",
        stroke: colour,
        "stroke-width": 1.75,
      });
    case "tick":
      return stroked(`M${middle},${y - 7}V${y + 7}`, { "stroke-width": 2.5 });
    case "whisker":
      return stroked(
        `M${middle},${y - 6}V${y + 6}M${middle - 3},${y - 6}H${middle + 3}M${middle - 3},${y + 6}H${middle + 3}`,
      );
    case "range":
      return svgElement(document, "g", {}, [
        stroked(`M${middle},${y - 7}V${y + 7}`, { "stroke-width": 4, "stroke-opacity": 0.3 }),
        stroked(`M${middle - 6},${y}H${middle + 6}`, { "stroke-width": 2 }),
      ]);
  }
};
