import type { RunRecord } from "../../contracts/protocol.ts";
import { groupBy } from "../../numerics/group-by.ts";
import { quantile } from "../../numerics/statistics.ts";

/** Numbers that address a record rather than say what came out. */
const ADDRESSES = new Set(["chain", "epoch", "step", "from", "to", "member", "split", "start", "piece", "index"]);
/** Quantities that are shown. */
const MOST = 6;

/** The last record of each chain, which says where it ended: the final one, or else the last on its way. */
const lastRecords = (finals: readonly RunRecord[], onTheWay: readonly RunRecord[]): readonly RunRecord[] =>
  [...groupBy(finals.length > 0 ? finals : onTheWay, ({ chain }) => chain).values()].map(
    records => records[records.length - 1],
  );

/** Rows of a table: each number with which the chains ended, its median and its range over them. */
export const finalNumbers = (
  finals: readonly RunRecord[],
  onTheWay: readonly RunRecord[],
): readonly (readonly string[])[] => {
  const last = lastRecords(finals, onTheWay);
  const names = [...new Set(last.flatMap(record => Object.keys(record)))].filter(
    name => !ADDRESSES.has(name) && last.every(record => typeof record[name] === "number"),
  );
  const rows = names.slice(0, MOST).map(name => {
    const values = last.map(record => record[name] as number);
    const [least, median, largest] = [0, 0.5, 1].map(share => digits(quantile(values, share)));
    return [name, least === largest ? median : `${median}, the median of ${least} to ${largest}`];
  });
  return names.length > MOST ? [...rows, ["", `and ${names.length - MOST} more numbers, which the export has`]] : rows;
};

const digits = (value: number): string => String(Number(value.toPrecision(4)));
