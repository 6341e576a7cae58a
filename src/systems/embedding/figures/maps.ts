import type { CellAxis } from "../../../charts/cell-axis.ts";
import type { Figure } from "../../../charts/exhibits.ts";
import { phaseMap } from "../../../charts/phase-map.ts";
import { stacked } from "../../../charts/stacked.ts";
import { type CellBesidePublished, hasPublishedPhase } from "../claims/beside-published.ts";
import { groupDecays } from "../claims/published-figure.ts";
import { phases } from "../theory/phases.ts";
import { mapPhases } from "./map-phases.ts";
import { allCells, type MapBesidePublished, mapsBesidePublished } from "./maps-beside-published.ts";

/** The values of a field in all cells, ascending. */
const valuesOf = (cells: readonly CellBesidePublished[], at: (cell: CellBesidePublished["cell"]) => number) =>
  [...new Set(cells.map(({ cell }) => at(cell)))].sort((a, b) => a - b);

interface RowAxis extends Omit<CellAxis, "values"> {
  readonly at: (cell: CellBesidePublished["cell"]) => number;
}

/** The same cells twice, one map below the other. */
const mapFigure = ({ name, studies, what, taken }: MapBesidePublished, { at, ...axis }: RowAxis): Figure => {
  const title = `Phases over the decoder's rate and the ${what}`;
  return {
    name: `map-${name}`,
    title,
    width: 760,
    height: 760,
    needs: studies.map(study => study.has("cell")),
    caption(run) {
      const cells = allCells(run, { name, studies });
      const { steps } = studies[0].settings(run);
      return (
        `Measured: phases within ${steps} steps of ${cells.length} runs rebuilt from the random words of ${taken}, one run a cell, above; below, phases by the same rule from the step counts that the source publishes, ` +
        `within the same budget. ${cells.filter(hasPublishedPhase).length} cells are in the published phase. Theory: none predicts where the phases meet. One cell is one seed, not a law: from other random numbers late generalisation is rare.`
      );
    },
    draw(run, surface) {
      const cells = allCells(run, { name, studies });
      const x = {
        label: "learning rate of the decoder",
        scale: "log" as const,
        values: valuesOf(cells, ({ decoderRate }) => decoderRate),
      };
      const y = { ...axis, values: valuesOf(cells, at) };
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
            row: y.values.indexOf(at(cell)),
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

const decay: RowAxis = { label: "weight decay of the decoder", at: ({ weightDecay }) => weightDecay };
const rate: RowAxis = {
  ...{ label: "learning rate of the embeddings", scale: "log" },
  at: ({ embeddingRate }) => embeddingRate,
};
/** Its decays are far from equally spaced: rows are counted. */
const rowOfDecay: RowAxis = {
  label: `weight decay, by rows: ${groupDecays.join(" ")}`,
  at: ({ weightDecay }) => groupDecays.indexOf(weightDecay as (typeof groupDecays)[number]),
};

export const mapFigures = mapsBesidePublished.map(map =>
  mapFigure(map, map.name === "6d" ? rowOfDecay : map.name === "6a" || map.name === "rates" ? rate : decay),
);
