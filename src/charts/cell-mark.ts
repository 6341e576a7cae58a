import { rounded } from "./svg.ts";

/** Small signs by which phases are told apart without colour. */
export const cellMarks = ["none", "slash", "box", "plus", "dash", "chevron", "backslash", "stem", "cross"] as const;
export type CellMark = (typeof cellMarks)[number];

/** Strokes from the middle of a sign, in pixels. */
const strokes: { readonly [mark in CellMark]: string } = {
  none: "",
  slash: "m-2,2.5l4,-5",
  backslash: "m-2,-2.5l4,5",
  box: "m-2,-2h4v4h-4z",
  plus: "m-2.5,0h5m-2.5,-2.5v5",
  dash: "m-2.5,0h5",
  stem: "m0,-2.5v5",
  chevron: "m-2.5,1.5l2.5,-3l2.5,3",
  cross: "m-2,-2l4,4m0,-4l-4,4",
};

/** Path data of a sign at each of some places. */
export const markPath = (mark: CellMark, places: readonly (readonly [x: number, y: number])[]): string =>
  mark === "none" ? "" : places.map(([x, y]) => `M${rounded(x)},${rounded(y)}${strokes[mark]}`).join("");
