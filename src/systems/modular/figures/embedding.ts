import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { type Surface, svgElement } from "../../../charts/surface.ts";
import { colours, fontSize, ink } from "../../../charts/theme.ts";

import type { StudyFrom } from "../../../protocols/study.ts";
import type { Embedding } from "../protocols/embedding.ts";
import type { trainProtocol } from "../protocols/train.ts";

const palette = [colours.blue, colours.vermillion, colours.green, colours.purple];

/** What a trained network has made of the residues: the planes of its strongest frequencies, and the frequencies of its neurons. */
export const embeddingFigure = (study: StudyFrom<typeof trainProtocol>): Figure => ({
  name: `embedding-${study.name}`,
  title: `Residues as circles, ${study.name}`,
  width: 860,
  height: 640,
  needs: [study.has("embedding")],
  caption: run => {
    const records = study.of(run, "embedding");
    return (
      `Measured, at the end of training. Above: the columns of A, one for each residue a, projected on the plane of the cosine and sine of each ` +
      `of the four strongest frequencies f of seed 1; the line joins a with a + 1/f, that is neighbours on the circle. Theory: exact circles, drawn ` +
      `thin. Below: frequency and participation ratio of every active neuron of ${records.length} seeds; 1 is a neuron of one frequency, dashed is ` +
      "the mean of Gaussian rows, 2 / (m + 1)."
    );
  },
  draw: (run, surface) => {
    const records = study.of(run, "embedding");
    const { circles, share } = records[0];
    const m = share.length;
    const title = `Residues as circles, ${study.name}`;
    return stacked(
      { title, description: `Circles of frequencies ${circles.map(({ frequency }) => frequency).join(", ")}.` },
      [
        { share: 230, draw: own => circleRow(circles, own) },
        {
          share: 390,
          draw: own =>
            lineChart(
              {
                title: "Frequencies of the neurons",
                description: "Active neurons by their strongest frequency and their participation ratio.",
                x: { label: "frequency", domain: [0.4, m + 0.6] },
                y: { label: "participation ratio", domain: [0, 1.02] },
                curves: [],
                scatters: records.map((record, i) => ({
                  points: activeNeurons(record).map(
                    ({ frequency, ipr }) => [frequency + 0.16 * (i - (records.length - 1) / 2), ipr] as const,
                  ),
                  colour: palette[i % palette.length],
                })),
                levels: [{ label: "Gaussian rows", value: 2 / (m + 1) }],
                key: records.map(({ chain }, i) => ({
                  sample: "ring" as const,
                  text: `seed ${chain + 1}`,
                  colour: palette[i % palette.length],
                })),
              },
              own,
            ),
        },
      ],
      surface,
    );
  },
});

const activeNeurons = ({ neurons }: Embedding) => {
  const most = neurons.reduce((a, { strength }) => Math.max(a, strength), 0);
  return neurons.filter(({ strength, frequency }) => frequency > 0 && strength > 0.01 * most);
};

/** Each circle in a square of its own, its residues numbered. */
const circleRow = (circles: Embedding["circles"], { document, width, height }: Surface): SVGSVGElement => {
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
        stroke: palette[i % palette.length],
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
            fill: palette[i % palette.length],
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
