import type { SvgElement } from "../../src/charts/svg.ts";

/** An element of a picture with how far its groups move it, in pixels. */
export interface PlacedElement extends SvgElement {
  readonly shift: readonly [x: number, y: number];
}

/** All elements of a picture, the whole included, in the order in which they are drawn. */
export const elementsOf = (
  element: SvgElement,
  [x, y]: readonly [number, number] = [0, 0],
): readonly PlacedElement[] => {
  const moved = /^translate\(([-\d.]+),([-\d.]+)\)$/.exec(String(element.attributes.transform ?? ""));
  const shift = [x + Number(moved?.[1] ?? 0), y + Number(moved?.[2] ?? 0)] as const;
  const inner = element.children.flatMap(child => (typeof child === "string" ? [] : elementsOf(child, shift)));
  return [{ ...element, shift }, ...inner];
};

/** The elements that stand for one kind of data. */
export const marksOf = (picture: SvgElement, mark: string): readonly PlacedElement[] =>
  elementsOf(picture).filter(({ attributes }) => attributes["data-mark"] === mark);

/** All text in an element. */
export const textIn = (element: SvgElement): string =>
  element.children.map(child => (typeof child === "string" ? child : textIn(child))).join("");
