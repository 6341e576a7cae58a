import type { Scatter } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { cellsBesidePublished, hasPublishedPhase } from "../claims/beside-published.ts";
import { decayMap, rateMap } from "../claims/studies.ts";
import { type Phase, phases } from "../theory/phases.ts";

const phaseColours: { readonly [phase in Phase]: string } = {
  comprehension: colours.green,
  grokking: colours.orange,
  memorization: colours.purple,
  confusion: colours.grey,
};

type Place = readonly [x: number, y: number];

const byPhase = (cells: readonly { readonly label: Phase; readonly place: Place }[]): readonly Scatter[] =>
  phases.map(phase => ({
    points: cells.filter(({ label }) => label === phase).map(({ place }) => place),
    colour: phaseColours[phase],
  }));

const key = phases.map(text => ({ sample: "ring", text, colour: phaseColours[text] }) as const);

const x = { label: "learning rate of the decoder", scale: "log" } as const;
/** Rings at an edge stay whole. */
const margin = ([low, high]: readonly [number, number], factor: number): readonly [number, number] => [
  low / factor,
  high * factor,
];

const mapFigure = (
  map: "decays" | "rates",
  study: typeof decayMap,
  y: {
    readonly label: string;
    readonly field: "weightDecay" | "embeddingRate";
    readonly scale: "linear" | "log";
    readonly domain: readonly [number, number];
  },
) =>
  chartsFigure({
    name: `map-${map}`,
    title: `Phases over the decoder's rate and the ${y.label}`,
    description: "The same cells twice: rebuilt, and as published.",
    width: 760,
    height: 760,
    needs: [study.has("cell")],
    caption(run: RunView) {
      const cells = cellsBesidePublished(run, study, map);
      const { steps } = study.settings(run);
      return (
        `Measured: phases within ${steps} steps of ${cells.length} runs rebuilt from the random words of the source's code, one run a cell, above; below, phases by the same rule from the step counts that the source publishes, ` +
        `within the same budget. ${cells.filter(hasPublishedPhase).length} cells are in the published phase. Theory: none predicts where the phases meet. One cell is one seed, not a law: from other random numbers late generalisation is rare.`
      );
    },
    charts(run) {
      const cells = cellsBesidePublished(run, study, map);
      const placed = cells.map(({ cell, published }) => ({
        own: cell.label,
        published: published.label,
        place: [cell.decoderRate, cell[y.field]] as const,
      }));
      const axes = {
        x: { ...x, domain: margin([1e-5, 1e-2], 1.3) },
        y: { label: y.label, scale: y.scale, domain: y.domain },
        curves: [],
      } as const;
      const chart = (which: "own" | "published") => ({
        ...axes,
        title: which === "own" ? "Rebuilt" : "Published",
        description: phases.map(phase => `${phase}: ${placed.filter(cell => cell[which] === phase).length}`).join(", "),
        y: { ...axes.y, label: `${y.label}, ${which === "own" ? "rebuilt" : "published"}` },
        scatters: byPhase(placed.map(cell => ({ label: cell[which], place: cell.place }))),
        ...(which === "own" && { key }),
      });
      return [chart("own"), chart("published")];
    },
  });

export const mapFigures = [
  mapFigure("decays", decayMap, {
    label: "weight decay of the decoder",
    field: "weightDecay",
    scale: "linear",
    domain: [-0.5, 10.5],
  }),
  mapFigure("rates", rateMap, {
    label: "learning rate of the embeddings",
    field: "embeddingRate",
    scale: "log",
    domain: margin([1e-5, 1e-2], 1.3),
  }),
];
