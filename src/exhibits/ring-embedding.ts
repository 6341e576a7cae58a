import { circleRow } from "../charts/circle-row.ts";
import type { Figure } from "../charts/exhibits.ts";
import { lineChart } from "../charts/line-chart.ts";
import { stacked } from "../charts/stacked.ts";
import { series } from "../charts/theme.ts";
import type { Embedding } from "../numerics/ring-embedding.ts";
import type { SeenStudy } from "./seen-study.ts";

/** What a trained network has made of the residues: the planes of its strongest frequencies, and the frequencies of its neurons. */
export const embeddingFigure = (study: SeenStudy<"embedding", Embedding & { readonly chain: number }>): Figure => ({
  name: `embedding-${study.name}`,
  title: `Residues as circles, ${study.name}`,
  width: 860,
  height: 640,
  needs: [{ study: study.name, kind: "embedding" }],
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
                  colour: series[i % series.length],
                })),
                levels: [{ label: "Gaussian rows", value: 2 / (m + 1) }],
                key: records.map(({ chain }, i) => ({
                  sample: "ring" as const,
                  text: `seed ${chain + 1}`,
                  colour: series[i % series.length],
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
