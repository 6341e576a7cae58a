import type { Figure } from "../../../charts/exhibits.ts";
import { regionRow } from "../../../charts/region-row.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { regionStudies } from "../claims/studies.ts";

const kinds = [
  { study: regionStudies.plain, text: "sum" },
  { study: regionStudies.modular, text: "sum modulo 11" },
] as const;

/** Of the runs of each kind the one that does worst on the other pairs, and the one that does best. */
const extremes = (run: RunView) =>
  kinds.flatMap(({ study, text }) => {
    const finals = [...study.of(run, "final")].sort((a, b) => a.testAccuracy - b.testAccuracy);
    return [finals[0], finals[finals.length - 1]].map(final => ({
      text,
      final,
      plane: study.of(run, "plane").find(({ chain }) => chain === final.chain)!,
    }));
  });

/** All that the decoder knows of a plane, with the embeddings in it. */
export const regionsFigure: Figure = {
  name: "decoder-regions",
  title: "What the decoder answers, and where the embeddings lie",
  width: 860,
  height: 250,
  needs: kinds.map(({ study }) => study.has("plane")),
  caption(run) {
    const { trainPairs } = regionStudies.plain.settings(run);
    const shown = extremes(run).map(
      ({ text, final: { testAccuracy, smoothness } }) =>
        `${text}: ${testAccuracy.toFixed(2)} (${smoothness.toFixed(2)})`,
    );
    return (
      `Measured: embeddings of 11 symbols, two numbers each, and in colours from dark to light the answer that the decoder gives to each place; the answer to two symbols is the colour halfway between them. ${trainPairs} of 66 pairs are trained on. Of ` +
      `${regionStudies.plain.of(run, "final").length} runs of either kind the worst and the best on the other pairs; accuracy there, and in brackets how smoothly the symbols are arranged: ${shown.join(", ")}. Theory: symbols in their order where the network generalises, on an arc or a line, with a modulus in the order of a ring, closed or not; any order where it memorises.`
    );
  },
  draw: (run, surface) =>
    regionRow(
      {
        title: "Answers of the decoder in the plane of the embeddings",
        description:
          "Numbered symbols over coloured regions: scattered where a run memorises, in their order where it generalises.",
        regions: extremes(run).map(({ text, final, plane }) => ({
          ...plane,
          label: `${text}, ${final.testAccuracy >= 0.9 ? "generalises" : "memorises"}`,
        })),
      },
      surface,
    ),
};
