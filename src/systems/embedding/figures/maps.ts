import type { CellAxis } from "../../../charts/cell-axis.ts";
import type { Figure } from "../../../charts/exhibits.ts";
import { phaseMap } from "../../../charts/phase-map.ts";
import { stacked } from "../../../charts/stacked.ts";
import { type CellBesidePublished, cellsBesidePublished, hasPublishedPhase } from "../claims/beside-published.ts";
import { decayMap, rateMap } from "../claims/studies.ts";
import { phases } from "../theory/phases.ts";
import { mapPhases } from "./map-phases.ts";

/** The values of a field in all cells, ascending. */
const valuesOf = (cells: readonly CellBesidePublished[], field: "decoderRate" | "embeddingRate" | "weightDecay") =>
  [...new Set(cells.map(({ cell }) => cell[field]))].sort((a, b) => a - b);

/** The same cells twice, one map below the other. */
const mapFigure = (
  map: "decays" | "rates",
  study: typeof decayMap,
  { field, ...axis }: Omit<CellAxis, "values"> & { readonly field: "weightDecay" | "embeddingRate" },
): Figure => {
  const title = `Phases over the decoder's rate and the ${axis.label}`;
  return {
    name: `map-${map}`,
    title,
    width: 760,
    height: 760,
    needs: [study.has("cell")],
    caption(run) {
      const cells = cellsBesidePublished(run, study, map);
      const { steps } = study.settings(run);
      return (
        `Measured: phases within ${steps} steps of ${cells.length} runs rebuilt from the random words of the source's code, one run a cell, above; below, phases by the same rule from the step counts that the source publishes, ` +
        `within the same budget. ${cells.filter(hasPublishedPhase).length} cells are in the published phase. Theory: none predicts where the phases meet. One cell is one seed, not a law: from other random numbers late generalisation is rare.`
      );
    },
    draw(run, surface) {
      const cells = cellsBesidePublished(run, study, map);
      const x = {
        label: "learning rate of the decoder",
        scale: "log" as const,
        values: valuesOf(cells, "decoderRate"),
      };
      const y = { ...axis, values: valuesOf(cells, field) };
      const chart = (which: "rebuilt" | "published") => {
        const labels = cells.map(({ cell, published }) => (which === "rebuilt" ? cell.label : published.label));
        return {
          title: which,
          description: `${phases.map(phase => `${phase}: ${labels.filter(label => label === phase).length}`).join(", ")}.`,
          x,
          y: { ...y, label: `${y.label}, ${which}` },
          phases: mapPhases,
          cells: cells.map(({ cell }, i) => ({
            column: x.values.indexOf(cell.decoderRate),
            row: y.values.indexOf(cell[field]),
            phase: phases.indexOf(labels[i]),
            agreement: 1,
          })),
        };
      };
      return stacked(
        { title, description: "The same cells twice: rebuilt, and as published." },
        (["rebuilt", "published"] as const).map(which => ({ share: 1, draw: own => phaseMap(chart(which), own) })),
        surface,
      );
    },
  };
};

export const mapFigures = [
  mapFigure("decays", decayMap, { label: "weight decay of the decoder", field: "weightDecay" }),
  mapFigure("rates", rateMap, { label: "learning rate of the embeddings", field: "embeddingRate", scale: "log" }),
];
