import type { Surface } from "./surface.ts";
import { type Drawing, group, type SvgElement } from "./svg.ts";
import { type Description, picture } from "./theme.ts";

/** Charts one below the other in one picture, each with its share of the height, or what it needs. */
export const stacked = (
  whole: Description,
  panels: readonly { readonly share: number; draw(surface: Surface): Drawing }[],
  { width, height }: Surface,
): Drawing => {
  const shares = panels.reduce((sum, { share }) => sum + share, 0);
  const parts: SvgElement[] = [];
  let top = 0;
  for (const { share, draw } of panels) {
    const panel = draw({ width, height: Math.round((height * share) / shares) });
    parts.push(group({ transform: `translate(0,${top})` }, panel.children.filter(isElement)));
    top += Math.ceil(panel.attributes.height);
  }
  return picture(whole, { width, height: top }, parts);
};

const isElement = (child: SvgElement | string): child is SvgElement => typeof child !== "string";
