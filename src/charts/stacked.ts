import { type Surface, svgElement } from "./surface.ts";
import { type Description, fontFamily } from "./theme.ts";

/** Charts one below the other in one picture, each with its share of the height. */
export const stacked = (
  { title, description }: Description,
  panels: readonly { readonly share: number; draw(surface: Surface): SVGSVGElement }[],
  { document, width, height }: Surface,
): SVGSVGElement => {
  const whole = panels.reduce((sum, { share }) => sum + share, 0);
  let above = 0;
  const parts = panels.map(({ share, draw }) => {
    // Each end rounded from the top, so that the parts fill the whole exactly.
    const top = Math.round((height * above) / whole);
    above += share;
    const own = Math.round((height * above) / whole) - top;
    return svgElement(document, "g", { transform: `translate(0,${top})` }, [draw({ document, width, height: own })]);
  });
  const svg = svgElement(
    document,
    "svg",
    {
      class: "landau-chart",
      fill: "currentColor",
      "font-family": fontFamily,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": title,
      "aria-description": description,
    },
    parts,
  ) as SVGSVGElement;
  svg.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns", "http://www.w3.org/2000/svg");
  return svg;
};
