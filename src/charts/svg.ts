/** Names of the SVG elements that charts are made of. */
export type SvgName = "svg" | "g" | "path" | "rect" | "circle" | "image" | "text" | "tspan";

/** An SVG element as plain data, frozen: no document is needed to make one, `svgText` prints it. */
export interface SvgElement<Attributes extends SvgAttributes = SvgAttributes> {
  readonly name: SvgName;
  readonly attributes: Attributes;
  readonly children: readonly (SvgElement | string)[];
}

export interface SvgAttributes {
  readonly [name: string]: string | number;
}

/** A whole picture, with its size in pixels. */
export type Drawing = SvgElement<SvgAttributes & { readonly width: number; readonly height: number }>;

/** An element with its attributes, numbers among them rounded, and its text or children. */
export const element = <Attributes extends SvgAttributes>(
  name: SvgName,
  attributes: Attributes,
  children: string | readonly (SvgElement | string)[] = [],
): SvgElement<Attributes> => {
  const kept = Object.entries(attributes).map(([key, value]) => [
    key,
    typeof value === "number" ? rounded(value) : value,
  ]);
  return Object.freeze({
    name,
    attributes: Object.freeze(Object.fromEntries(kept) as Attributes),
    children: Object.freeze(typeof children === "string" ? [children] : [...children]),
  });
};

export const group = (attributes: SvgAttributes, children: readonly SvgElement[]): SvgElement =>
  element("g", attributes, children);

/** To a hundredth of a pixel, by arithmetic that every engine does alike; nought has no sign. */
export const rounded = (pixels: number): number => Math.round(100 * pixels) / 100 || 0;

/** Path data of points joined by straight lines. */
export const pathThrough = (points: readonly (readonly [x: number, y: number])[]): string =>
  `M${points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join("L")}`;

/** Path data of separate straight lines. */
export const pathOfLines = (lines: readonly (readonly [x1: number, y1: number, x2: number, y2: number])[]): string =>
  lines
    .map(([x1, y1, x2, y2]) =>
      pathThrough([
        [x1, y1],
        [x2, y2],
      ]),
    )
    .join("");

/** The text of an element and all in it: well-formed XML that can also stand in an HTML page. */
export const svgText = ({ name, attributes, children }: SvgElement): string => {
  const opened = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const content = children.map(child => (typeof child === "string" ? escaped(child) : svgText(child)));
  return `<${name}${opened.join("")}${content.length === 0 ? "/>" : `>${content.join("")}</${name}>`}`;
};

const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML has no place for, control characters and halves of pairs, becomes a replacement character. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"]/g, character => entities[character]);
