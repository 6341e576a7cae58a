import type { Surface } from "../charts/surface.ts";
import { type Drawing, svgText } from "../charts/svg.ts";
import type { Description } from "../charts/theme.ts";
import { html, type Markup, trusted } from "./markup.ts";

/** A picture drawn for a wide page and for a phone, each as the text of an SVG file. */
export interface Pictures {
  readonly wide: string;
  readonly narrow: string;
}

/** What is left of a phone's 390 pixels, and the share of the height. */
const NARROW = 360;
const LOWER = 0.75;

export const drawnTwice = (draw: (surface: Surface) => Drawing, { width, height }: Surface): Pictures => ({
  wide: svgText(draw({ width, height })),
  narrow: svgText(draw({ width: NARROW, height: Math.round(LOWER * height) })),
});

/** Both pictures; the style sheet shows the one that suits the width of the page. */
export const picturesMarkup = ({ wide, narrow }: Pictures): Markup =>
  html`<div class="plot for-wide">${trusted(wide)}</div>
<div class="plot for-narrow">${trusted(narrow)}</div>`;

/** A picture under its title and over its description. */
export const chartFigure = (
  { title, description }: Description,
  draw: (surface: Surface) => Drawing,
  size: Surface,
): Markup => html`<figure><h3>${title}</h3>
${picturesMarkup(drawnTwice(draw, size))}
<figcaption>${description}</figcaption></figure>`;
