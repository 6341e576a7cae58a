import { choice, integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { embeddingControls } from "../controls.ts";
import { problemAt, startAt } from "../model/problem.ts";
import type { Phase } from "../theory/phases.ts";
import type { Milestones } from "../training.ts";
import { checkFollow, follow, followControls } from "./follow.ts";

const rate = (summary: string, value: number) => number(summary, { default: value, min: 1e-9, max: 10, scale: "log" });
const count = (summary: string, value: number) => integer(summary, { default: value, min: 2, max: 1024 });

export type CellRecord = {
  readonly row: number;
  readonly column: number;
  readonly decoderRate: number;
  readonly embeddingRate: number;
  readonly weightDecay: number;
  readonly label: Phase;
} & Milestones;

/** Phases of training over the decoder's rate and its decay or the embeddings' rate. Each cell is a piece of its own; seeds are chains. */
export const mapProtocol = protocol<{ cell: CellRecord }, { readonly row: number; readonly column: number }>()({
  name: "map",
  summary: "phases over the decoder's learning rate and its weight decay or the embeddings' rate",
  settings: {
    ...embeddingControls,
    ...followControls,
    stop: { ...followControls.stop, default: "decided" },
    rows: choice("what differs between rows", ["weightDecay", "embeddingRate"]),
    rowCount: count("rows", 11),
    rowFrom: number("first row: decays are equally spaced, rates by equal factors", { default: 0, min: 0, max: 1000 }),
    rowTo: number("last row", { default: 10, min: 0, max: 1000 }),
    columnCount: count("columns", 10),
    columnFrom: rate("decoder's rate in the first column", 1e-5),
    columnTo: rate("decoder's rate in the last column", 1e-2),
  },
  small: {
    ...{ symbols: 5, trainPairs: 12, width: 6, outputs: 3, steps: 60 },
    ...{ rowCount: 2, columnCount: 2 },
  },
  check(settings) {
    checkFollow(settings);
    rowValues(settings);
    columnValues(settings);
  },

  plan({ settings: { rowCount, columnCount } }, _, round) {
    if (round > 0) return [];
    return Array.from({ length: rowCount * columnCount }, (_, i) => ({
      row: Math.floor(i / columnCount),
      column: i % columnCount,
    }));
  },

  run({ settings, seed, chain, piece }, context) {
    const { row, column } = piece;
    const address = { seed, chain };
    const at = {
      ...settings,
      decoderRate: columnValues(settings)[column],
      [settings.rows]: rowValues(settings)[row],
    };
    const problem = problemAt(at, address);
    const { watch } = follow(problem, startAt(at, problem, address), at, address, context);
    const { decoderRate, embeddingRate, weightDecay } = at;
    context.record("cell", {
      ...{ row, column, decoderRate, embeddingRate, weightDecay },
      label: watch.phase(),
      ...watch.reached(),
    });
  },
});

interface Rows {
  readonly rows: "weightDecay" | "embeddingRate";
  readonly rowCount: number;
  readonly rowFrom: number;
  readonly rowTo: number;
}

const rowValues = ({ rows, rowCount, rowFrom, rowTo }: Rows) =>
  sweepValues(rowFrom, rowTo, rowCount, rows === "weightDecay" ? "linear" : "log");

interface Columns {
  readonly columnCount: number;
  readonly columnFrom: number;
  readonly columnTo: number;
}

const columnValues = ({ columnCount, columnFrom, columnTo }: Columns) =>
  sweepValues(columnFrom, columnTo, columnCount, "log");
