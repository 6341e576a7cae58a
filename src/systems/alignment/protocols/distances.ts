import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { checkNetwork } from "../controls.ts";
import { follow, followControls } from "./follow.ts";

const distance = (summary: string, value: number) => number(summary, { default: value, min: 0, max: 100 });
const count = (summary: string) => integer(summary, { default: 5, min: 1, max: 100 });

export type DistanceRecords = {
  /** One pair, one network; squared distances of the representations and outputs at the start, and of the representations in the end. */
  readonly cell: {
    readonly row: number;
    readonly column: number;
    readonly dx: number;
    readonly dy: number;
    readonly h0: number;
    readonly y0: number;
    readonly hEnd: number;
    readonly step: number;
    readonly loss: number;
  };
};

/** Final distances over a grid of pairs, a network of its own for each. Nothing is fitted: rates come from a reference pair. */
export const distancesProtocol = protocol<DistanceRecords, { readonly row: number; readonly column: number }>()({
  name: "distances",
  summary: "final distance of the representations over a grid of pairs, a network for each",
  settings: {
    ...followControls,
    dxFrom: number("least distance of the inputs", { default: 0.5, above: 0, max: 100 }),
    dxTo: number("largest distance of the inputs", { default: 1.5, above: 0, max: 100 }),
    dyFrom: distance("least distance of the targets", 0),
    dyTo: distance("largest distance of the targets", 1),
    rowCount: count("distances of the inputs"),
    columnCount: count("distances of the targets"),
  },
  small: { width: 4, depth: 2, readLayer: 0, steps: 40, looks: 8, rowCount: 2, columnCount: 2 },
  check: settings => checkNetwork(settings),

  plan({ settings: { rowCount, columnCount } }, _, round) {
    if (round > 0) return [];
    return Array.from({ length: rowCount * columnCount }, (_, i) => ({
      row: Math.floor(i / columnCount),
      column: i % columnCount,
    }));
  },

  run({ settings, seed, chain, piece: { row, column } }, context) {
    const { dxFrom, dxTo, dyFrom, dyTo, rowCount, columnCount } = settings;
    const dx = sweepValues(dxFrom, dxTo, rowCount)[row];
    const dy = sweepValues(dyFrom, dyTo, columnCount)[column];
    const own = (chain * rowCount + row) * columnCount + column;
    const { seen } = follow({ ...settings, task: "pair", dx, dy }, { seed, chain: own }, context);
    const [first, last] = [seen[0], seen[seen.length - 1]];
    const h = (state: typeof first) => state.layers[settings.readLayer];
    context.record("cell", {
      ...{ row, column, dx, dy, h0: h(first), y0: first.y, hEnd: h(last), step: last.step, loss: last.loss },
    });
  },
});
