import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { reference } from "../claims/studies.ts";

/** Networks that are drawn; more would hide each other. */
const SHOWN = 3;
const hues = [colours.blue, colours.vermillion, colours.green];

const parts = [
  { name: "h", label: "h = |dh|²", of: "order" },
  { name: "y", label: "y = |dŷ|²", of: "y" },
  { name: "w", label: "w = dŷ · (dŷ − dy)", of: "w" },
] as const;

const shownOf = (run: RunView) => {
  const checkpoints = reference.of(run, "checkpoint").filter(({ theory }) => theory !== null);
  return [...new Set(checkpoints.map(({ chain }) => chain))]
    .slice(0, SHOWN)
    .map(chain => checkpoints.filter(checkpoint => checkpoint.chain === chain));
};

export const trajectoriesFigure = chartsFigure({
  name: "trajectories",
  title: "Two points in eight layers of leaky ReLU, and the fitted theory",
  description:
    "Distances of representations and outputs rise from a plateau in one step; the theory rises less steeply.",
  height: 1120,
  needs: [reference.has("checkpoint"), reference.has("fit")],
  caption(run) {
    const networks = shownOf(run);
    return (
      `Measured: the first ${networks.length} of ${reference.of(run, "final").length} networks, rings, from seeds of their own until a loss of 1e-5. Theory: the three equations from the network's own start, two rates fitted ` +
      "to h, y and w together, broken lines. Below: what is left of h, theory less network; the real step is steeper, as eight layers are more than two."
    );
  },
  charts(run) {
    const networks = shownOf(run);
    const x = { label: "step" };
    return [
      ...parts.map(({ name, label, of }) => ({
        title: label,
        description: "Rings of networks on broken lines of the theory.",
        x,
        y: { label },
        curves: networks.map((checkpoints, i) => ({
          points: checkpoints.map(({ step, theory }) => [step, theory![name]] as const),
          colour: hues[i],
          dashed: true,
        })),
        scatters: networks.map((checkpoints, i) => ({
          points: checkpoints.map(checkpoint => [checkpoint.step, checkpoint[of]] as const),
          colour: hues[i],
        })),
        key: networks.flatMap((_, i) => [
          { sample: "ring" as const, text: `network ${i}`, colour: hues[i] },
          { sample: "dashed" as const, text: "its theory", colour: hues[i] },
        ]),
      })),
      {
        title: "Residual of h",
        description: "What theory and network differ by.",
        x,
        y: { label: "h, theory − network" },
        curves: [],
        levels: [{ label: "0", value: 0 }],
        scatters: networks.map((checkpoints, i) => ({
          points: checkpoints.map(({ step, theory, order }) => [step, theory!.h - order] as const),
          colour: hues[i],
        })),
      },
    ];
  },
});
