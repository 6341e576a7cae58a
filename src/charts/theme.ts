import type { Surface } from "./surface.ts";
import { type Drawing, element, type SvgElement } from "./svg.ts";

/**
 * The hues of Okabe and Ito, the light ones darkened until each stands out from a white page and from a dark one
 * (contrast at least 3 : 1 against `page.light` and `page.dark`). Text and axes use the colour of the surrounding text.
 */
export const colours = {
  blue: "#0072b2",
  sky: "#2a8fca",
  green: "#009e73",
  vermillion: "#d55e00",
  orange: "#b87d00",
  purple: "#c46a9e",
  olive: "#8c8200",
  grey: "#808080",
} as const;

/**
 * What a page puts in the place of each colour on a dark ground, by its style sheet: the same hue, light enough for thin rings and lines
 * (contrast at least 6 : 1 against `page.dark`), so that what is drawn faint can still be seen.
 */
export const onDark: { readonly [name in keyof typeof colours]: string } = {
  blue: "#4ba6e3",
  sky: "#86cbf2",
  green: "#2ec99c",
  vermillion: "#f58f50",
  orange: "#dba636",
  purple: "#e3a3c8",
  olive: "#c4bc3c",
  grey: "#acacac",
};

/** Colours for series that have no meaning of their own, neighbours far apart. */
export const series: readonly string[] = [
  colours.blue,
  colours.vermillion,
  colours.green,
  colours.purple,
  colours.orange,
  colours.sky,
  colours.olive,
  colours.grey,
];

export const page = { light: "#ffffff", dark: "#14171c" } as const;

export const ink = "currentColor";

/** The one font whose file ships with the package, and what a page may fall back to. */
export const fontFamily = "DejaVu Sans, Verdana, system-ui, sans-serif";
export const fontSize = 11;

export interface Description {
  /** What the picture shows, in a few words: its accessible name. */
  readonly title: string;
  /** What can be read from it, in a sentence or two. */
  readonly description: string;
}

/** A free-standing picture; all that it holds is in pixels of its own. */
export const picture = (
  { title, description }: Description,
  { width, height }: Surface,
  children: readonly SvgElement[],
): Drawing =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "landau-chart",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": title,
      "aria-description": description,
      fill: ink,
      "font-family": fontFamily,
      "font-size": fontSize,
    },
    children,
  );
