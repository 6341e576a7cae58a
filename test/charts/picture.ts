import { textWidth } from "../../src/charts/theme.ts";

/** An SVG as text with its numbers in attributes rounded to three decimals and one element per line, so that differences read well. */
export const roundedSvg = (svg: SVGSVGElement): string =>
  `${svg.outerHTML
    .replace(/="[^"]*"/g, attribute =>
      attribute.replace(/-?\d+\.\d{4,}(e-?\d+)?/g, digits => String(Math.round(Number(digits) * 1000) / 1000 || 0)),
    )
    .replaceAll("><", ">\n<")}\n`;

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pairs of texts whose boxes overlap; widths are the charts' own upper estimate, scaled to a typical letter. */
export const labelOverlaps = (svg: SVGSVGElement): string[] => {
  const boxes = [...svg.querySelectorAll("text")].filter(text => text.textContent?.trim()).map(boxOf);
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(b => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map(b => `${a.text} | ${b.text}`),
  );
};

const boxOf = (element: Element): Box => {
  const text = element.textContent!;
  const size = Number(inherited(element, "font-size") ?? 11);
  let x = Number(element.getAttribute("x") ?? 0);
  let y = Number(element.getAttribute("y")?.replace(/em$/, "") ?? 0);
  if (element.getAttribute("y")?.endsWith("em")) y *= size;
  if (element.getAttribute("dy")) y += Number.parseFloat(element.getAttribute("dy")!) * size;
  for (let at: Element | null = element; at; at = at.parentElement) {
    const shift = /translate\(([^,]+),([^)]+)\)/.exec(at.getAttribute("transform") ?? "");
    if (shift) {
      x += Number(shift[1]);
      y += Number(shift[2]);
    }
  }
  const width = 0.9 * textWidth(text, size);
  const anchor = inherited(element, "text-anchor") ?? "start";
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { text, left, right: left + width, top: y - 0.85 * size, bottom: y + 0.1 * size };
};

const inherited = (element: Element, name: string): string | null => {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = at.getAttribute(name);
    if (value !== null && !(name === "font-size" && at.tagName === "svg")) return value;
  }
  return null;
};
