import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { networkStart } from "../../../learning/networks/start.ts";
import { networkControls, sharedControls, widthsOf } from "../controls.ts";
import { decideMap } from "../map-descent.ts";
import { layoutAt } from "../model.ts";

const between = (from: number, to: number, side: number, i: number): number => from + ((to - from) * (i + 0.5)) / side;

/**
 * Phases in which gradient descent from random starts ends, over a grid of weight decay and target strength (white inputs, no noise). A row of
 * one strength leaves a record `row`: the share of starts in each cell that learned. Each row is a piece of its own, and so is the count.
 */
export const mapProtocol = protocol<
  {
    row: { strength: number; gammas: readonly number[]; shares: readonly number[]; open: number };
    final: { learned: number; open: number; label: "learned" | "trivial" };
  },
  { readonly row: number } | { readonly learned: number; readonly open: number }
>()({
  name: "map",
  summary: "phases over weight decay and target strength, by descent from random starts",
  settings: {
    D: { ...networkControls.D, min: 1 },
    width: networkControls.width,
    dx: networkControls.dx,
    ...sharedControls,
    side: integer("cells along each axis", { default: 24, min: 1, max: 1024 }),
    starts: integer("random starts in each cell", { default: 4, min: 1, max: 1000 }),
    weightDecayTo: number("largest weight decay; the least is 0", {
      default: 0.96,
      min: 1e-6,
      max: 1e3,
      formerly: ["gammaTo"],
    }),
    strengthTo: number("largest target strength; the least is 0", { default: 1.5, min: 1e-6, max: 1e3 }),
    steps: integer("steps of descent at most", { default: 4000, min: 1, max: 100_000_000 }),
  },
  small: { width: 3, side: 3, starts: 2, steps: 200 },

  plan({ settings: { side } }, records, round) {
    if (round === 0) return Array.from({ length: side }, (_, row) => ({ row }));
    if (round > 1) return [];
    let [total, open] = [0, 0];
    for (const record of records) {
      if (record.kind !== "row") continue;
      total += record.shares.reduce((a, b) => a + b, 0);
      open += record.open;
    }
    return [{ learned: total / (side * side), open }];
  },

  run({ settings, seed, chain, piece }, context) {
    if (!("row" in piece))
      return context.record("final", { ...piece, label: piece.learned > 0.5 ? "learned" : "trivial" });
    const { dx, spread, stepSize, side, starts, weightDecayTo, strengthTo, steps } = settings;
    const { row } = piece;
    const layout = layoutAt(settings);
    const { size } = layout;
    const cells = side * starts;
    const gammas = Float64Array.from({ length: side }, (_, i) => between(0, weightDecayTo, side, i));
    const strength = between(0, strengthTo, side, row);
    const w = new Float64Array(cells * size);
    for (let run = 0; run < cells; run++) {
      const address = { seed, chain: (chain * side + row) * cells + run };
      w.set(networkStart(layout, spread, address), run * size);
    }
    const { learned, open } = decideMap({
      dx,
      widths: widthsOf(settings),
      gammas: Float64Array.from({ length: cells }, (_, run) => gammas[Math.floor(run / starts)]),
      strengths: new Float64Array(cells).fill(strength),
      w,
      stepSize,
      steps,
    });
    const shares = Array.from(gammas, (_, i) => {
      let count = 0;
      for (let k = 0; k < starts; k++) count += learned[i * starts + k];
      return count / starts;
    });
    context.record("row", { strength, gammas: [...gammas], shares, open });
    context.progress(1);
  },
});
