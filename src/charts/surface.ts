/** Where a chart is drawn: the document that makes its elements (a browser's or a fake one) and its size in pixels. */
export interface Surface {
  readonly document: Document;
  readonly width: number;
  readonly height: number;
}

const svgNamespace = "http://www.w3.org/2000/svg";

/** An SVG element with its attributes and, when given, its text or children. */
export const svgElement = (
  document: Document,
  name: string,
  attributes: { readonly [name: string]: string | number },
  content: string | readonly Node[] = [],
): SVGElement => {
  const element = document.createElementNS(svgNamespace, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (typeof content === "string") element.textContent = content;
  else element.append(...content);
  return element;
};
