import { expect } from "vitest";
import { type Drawing, type SvgElement, svgText } from "../../src/charts/svg.ts";
import { textWidth } from "../../src/charts/text.ts";
import { elementsOf, type PlacedElement, textIn } from "../support/svg-elements.ts";

/** A picture as text with one element per line, so that differences read well. */
export const linesOf = (svg: SvgElement): string => `${svgText(svg).replaceAll("><", ">\n<")}\n`;

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pairs of texts whose boxes overlap. */
export const labelOverlaps = (svg: Drawing): string[] => {
  const boxes = textBoxes(svg);
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(b => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map(b => `${a.text} | ${b.text}`),
  );
};

/** Texts that do not lie in the picture as a whole. */
export const cutTexts = (svg: Drawing): string[] =>
  textBoxes(svg)
    .filter(
      ({ left, right, top, bottom }) =>
        left < 0 || right > svg.attributes.width || top < 0 || bottom > svg.attributes.height,
    )
    .map(({ text }) => text);

const textBoxes = (svg: Drawing): readonly Box[] =>
  elementsOf(svg)
    .filter(({ name }) => name === "text")
    .map(boxOf);

/** Between the height of capitals and what hangs below the line. */
const boxOf = (element: PlacedElement): Box => {
  const { attributes, shift } = element;
  const text = textIn(element);
  const [x, y, size] = ["x", "y", "font-size"].map(name => Number(attributes[name]));
  const bold = attributes["font-weight"] === "bold";
  // Parts that are raised are smaller.
  const width = element.children.reduce((sum, child) => {
    if (typeof child === "string") return sum + textWidth(child, { size, bold });
    return sum + textWidth(textIn(child), { size: Number(child.attributes["font-size"] ?? size), bold });
  }, 0);
  const before = { start: 0, middle: width / 2, end: width }[String(attributes["text-anchor"])]!;
  const along = [-before, width - before];
  const [above, under] = [-0.74 * size, 0.22 * size];
  const upright = attributes.transform !== undefined;
  if (upright) expect(attributes.transform).toBe(`rotate(-90,${x},${y})`);
  const [left, right, top, bottom] = upright ? [above, under, -along[1], -along[0]] : [...along, above, under];
  const [dx, dy] = [x + shift[0], y + shift[1]];
  return { text, left: dx + left, right: dx + right, top: dy + top, bottom: dy + bottom };
};
