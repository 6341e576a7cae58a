import { type Surface, svgElement } from "./surface.ts";
import { colours, fontSize, ink, series } from "./theme.ts";

/** Residues 0, ..., p - 1 in a plane, where those that a frequency makes neighbours are joined. */
export interface Circle {
  readonly frequency: number;
  readonly points: readonly (readonly number[])[];
}

/** Each circle in a square of its own, its residues numbered. */
export const circleRow = (circles: readonly Circle[], { document, width, height }: Surface): SVGSVGElement => {
  const pitch = width / circles.length;
  const radius = Math.min(pitch, height - 30) / 2 - 22;
  const parts = circles.map(({ frequency, points }, i) => {
    const p = points.length;
    const reach = Math.sqrt(points.reduce((sum, [x, y]) => sum + x * x + y * y, 0) / p) || 1;
    const at = ([x, y]: readonly number[]) => [
      pitch * (i + 0.5) + (radius * x) / (1.25 * reach),
      30 + (height - 30) / 2 - (radius * y) / (1.25 * reach),
    ];
    const places = points.map(at);
    // Neighbours on the circle differ by the inverse of f.
    let step = 1;
    while ((step * frequency) % p !== 1) step++;
    const around = Array.from({ length: p + 1 }, (_, j) => places[(j * step) % p]);
    const number = (value: number): string => value.toFixed(1);
    return svgElement(document, "g", {}, [
      svgElement(document, "circle", {
        cx: number(pitch * (i + 0.5)),
        cy: number(30 + (height - 30) / 2),
        r: number(radius / 1.25),
        fill: "none",
        stroke: colours.grey,
        "stroke-width": 0.75,
        "stroke-opacity": 0.7,
      }),
      svgElement(document, "path", {
        d: `M${around.map(([x, y]) => `${number(x)},${number(y)}`).join("L")}`,
        fill: "none",
        stroke: series[i % series.length],
        "stroke-width": 1,
        "stroke-opacity": 0.6,
      }),
      ...places.map(([x, y], a) =>
        svgElement(
          document,
          "text",
          {
            x: number(x),
            y: number(y),
            dy: "0.35em",
            "text-anchor": "middle",
            "font-size": fontSize - 1,
            fill: series[i % series.length],
          },
          String(a),
        ),
      ),
      svgElement(
        document,
        "text",
        { x: number(pitch * (i + 0.5)), y: 18, "text-anchor": "middle", "font-weight": "bold", fill: ink },
        `frequency ${frequency}`,
      ),
    ]);
  });
  return svgElement(
    document,
    "svg",
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      fill: "currentColor",
      role: "img",
      "aria-label": "Residues on the planes of the strongest frequencies",
    },
    parts,
  ) as SVGSVGElement;
};
