import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { reference } from "../claims/studies.ts";

const rings = (run: RunView, of: (fit: ReturnType<typeof fits>[number]) => number, colour: string) => ({
  points: fits(run).map(fit => [fit.layer, of(fit)] as const),
  colour,
});

const fits = (run: RunView) => reference.of(run, "fit");

export const layersFigure = chartsFigure({
  name: "layers",
  title: "Every hidden layer as the representation",
  description: "The sum of squares is least somewhat past the middle; both rates grow with depth.",
  height: 720,
  needs: [reference.has("fit")],
  caption: run =>
    `Measured: each hidden layer of ${reference.of(run, "final").length} networks fitted by itself; least sum of squares above, effective rates below, a ring for each network. Theory: one encoder and one decoder, which leaves out where a network is cut; ` +
    "the sums say where that does no harm.",
  charts: run => [
    {
      title: "Sum of squares",
      description: "Least past the middle.",
      x: { label: "hidden layer", whole: true },
      y: { label: "least sum of squares", scale: "log" },
      curves: [],
      scatters: [rings(run, ({ squares }) => squares, colours.blue)],
    },
    {
      title: "Effective rates",
      description: "Both grow with depth.",
      x: { label: "hidden layer", whole: true },
      y: { label: "effective rate per step", scale: "log" },
      curves: [],
      scatters: [rings(run, ({ etaY }) => etaY, colours.vermillion), rings(run, ({ etaH }) => etaH, colours.green)],
      key: [
        { sample: "ring", text: "etaY, outputs", colour: colours.vermillion },
        { sample: "ring", text: "etaH, representation", colour: colours.green },
      ],
    },
  ],
});
