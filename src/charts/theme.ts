import type { PlotOptions } from "@observablehq/plot";
import { frame } from "@observablehq/plot";
import type { Surface } from "./surface.ts";

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

/** Upper estimate of a string's width in pixels, in DejaVu Sans at `fontSize`. */
export const textWidth = (text: string, size: number = fontSize): number => 0.62 * size * text.length;

export interface Description {
  /** What the picture shows, in a few words: its accessible name. */
  readonly title: string;
  /** What can be read from it, in a sentence or two. */
  readonly description: string;
}

/** The options every chart starts from. A fixed class name and an inline style keep the SVG the same everywhere. */
export const themed = ({ document, width, height }: Surface, { title, description }: Description): PlotOptions => ({
  document,
  width,
  height,
  className: "landau-chart",
  style: { fontFamily, fontSize: `${fontSize}px`, background: "none" },
  ariaLabel: title,
  ariaDescription: description,
});

/** Thin rules along the two axes. */
export const axisRules = () => [
  frame({ anchor: "bottom", strokeOpacity: 0.6, strokeWidth: 0.75 }),
  frame({ anchor: "left", strokeOpacity: 0.6, strokeWidth: 0.75 }),
];

/** A drawn plot as a free-standing SVG image. */
export const asImage = (plot: Element): SVGSVGElement => {
  const svg = plot as SVGSVGElement;
  svg.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  return svg;
};
