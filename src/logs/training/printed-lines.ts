import { textLines } from "../../formats/text-lines.ts";
import { isEpoch, isOwnStep, stepRank } from "./column-roles.ts";
import type { RowReader } from "./json-lines.ts";
import { type LogTable, logTable, meaningOf } from "./log-table.ts";
import { type PrintedLine, type PrintedPair, printedLine } from "./printed-line.ts";

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BACKSPACE = 0x08;
/** Characters of a line that are looked at. */
const LONGEST = 4000;
/** A name that comes less often is of a setting, or part of a sentence. */
const FEWEST = 3;
/** Names that may wait for coming so often. */
const MOST_NAMES = 10_000;
/** Names in a note. */
const MOST_LISTED = 8;
/** Words before a counter that leave it one: "Train Epoch", "at step". */
const WHOSE = /^(?:train(?:ing)?|val(?:id(?:ation)?)?|eval(?:uation)?|test|current|at)[ _]+/i;

/** How far training is, as the last lines said. */
interface Place {
  readonly counters: ReadonlyMap<string, number>;
  readonly count: Count | undefined;
}

/** A count with its total, of steps of an epoch or of all. */
interface Count {
  readonly name: string;
  readonly done: number;
  readonly of: number;
}

/**
 * A log as a program prints it for people: each number with a name before it, in lines of any form, with what progress bars write over. A line that says how far
 * training is says it for those behind it too. What counts within an epoch, such as 640/60000, goes on from one epoch to the next.
 */
export const printedLinesReader = (fileName: string, notes: string[]): RowReader => {
  const table = logTable();
  const put = seenOften(table);
  const counts: CountInRow[] = [];
  let place: Place = { counters: new Map(), count: undefined };
  let [read, unread] = [0, 0];

  const takeLine = (text: string): void => {
    const line = printedLine(text);
    if (line.pairs.length === 0 && !line.bar) {
      if (text.trim() !== "") unread++;
      return;
    }
    read++;
    place = placeAfter(place, line);
    const metrics = line.pairs.filter(({ name }) => counterName(name) === undefined);
    if (metrics.length === 0) return;
    if (line.time !== undefined) table.mean(table.column("timestamp"), meaningOf(line.time));
    for (const [name, value] of place.counters) put.number(name, value);
    if (place.count) counts.push({ ...place.count, row: table.rows, epoch: epochIn(place.counters) });
    for (const { name, value } of metrics) put.number(name, value);
    table.endRow();
  };

  const decoder = new TextDecoder();
  const text = textLines(fileName, false, (bytes, _, from, to) =>
    takeLine(decoder.decode(bytes.subarray(from, Math.min(to, from + LONGEST)))),
  );
  return {
    // What a bar writes over itself stands between returns or backspaces.
    push: bytes => text.push(bytes.map(byte => (byte === RETURN || byte === BACKSPACE ? LINE_FEED : byte))),
    end() {
      text.end();
      putCounts(table, counts);
      const rare = put.rare();
      const more = rare.length > MOST_LISTED ? ` and ${rare.length - MOST_LISTED} more` : "";
      if (rare.length > 0)
        notes.push(
          `${fileName}: ${rare.slice(0, MOST_LISTED).join(", ")}${more}: printed fewer than ${FEWEST} times, not used`,
        );
      if (unread > 0)
        notes.push(`${fileName}: ${unread} of ${read + unread} lines hold no number with a name, left out`);
      return table;
    },
  };
};

/** Puts numbers into the row that is being filled, under names that come often enough. */
const seenOften = (table: LogTable) => {
  const waiting = new Map<string, { row: number; value: number }[]>();
  return {
    number(name: string, value: number): void {
      const before = waiting.get(name);
      if (before === undefined) {
        if (waiting.size < MOST_NAMES) waiting.set(name, [{ row: table.rows, value }]);
      } else if (before.length === FEWEST) table.number(table.column(name), value);
      else {
        before.push({ row: table.rows, value });
        if (before.length < FEWEST) return;
        const column = table.column(name);
        for (const { row, value } of before) {
          table.seek(row);
          table.number(column, value);
        }
      }
    },
    rare: () => [...waiting].filter(([, values]) => values.length < FEWEST).map(([name]) => name),
  };
};

/** The name of a counter of steps or epochs, without whose it is; undefined for any other quantity. */
const counterName = (name: string): string | undefined => {
  const own = stepRank(name) >= 0 ? name : name.replace(WHOSE, "");
  return stepRank(own) >= 0 && !isOwnStep(own) ? own : undefined;
};

const epochIn = (counters: ReadonlyMap<string, number>): number => {
  for (const [name, value] of counters) if (isEpoch(name)) return value;
  return Number.NaN;
};

/** Where training is after a line. An epoch holds until another is named; a step, and a count, until any counter is. */
const placeAfter = (before: Place, { pairs, bar }: PrintedLine): Place => {
  const named: PrintedPair[] = [];
  for (const pair of pairs) {
    const name = counterName(pair.name);
    if (name !== undefined) named.push({ ...pair, name });
  }
  const steps = named.filter(({ name }) => !isEpoch(name));
  // A bar in a line that says nothing else, or beside a step, is of something else.
  const counted = bar && pairs.length > 0 && steps.length === 0 ? [{ name: "step", value: bar.done, of: bar.of }] : [];
  if (named.length + counted.length === 0) return before;
  const counters = new Map([...before.counters].filter(([name]) => isEpoch(name)));
  for (const { name, value, of } of named) if (of === undefined || isEpoch(name)) counters.set(name, value);
  const count = [...steps, ...counted].find(({ of }) => of !== undefined);
  return { counters, count: count && { name: count.name, done: count.value, of: count.of! } };
};

interface CountInRow extends Count {
  readonly row: number;
  readonly epoch: number;
}

/** Puts counts into the rows: as they are, or as steps of all epochs where a later epoch does not go on from the one before. */
const putCounts = (table: LogTable, counts: readonly CountInRow[]): void => {
  const { rows } = table;
  const isWithin = counts.every(({ epoch }) => Number.isNaN(epoch) || Number.isInteger(epoch)) && beginsAnew(counts);
  const length = counts.reduce((most, { of }) => Math.max(most, of), 0);
  const first = counts.some(({ epoch }) => epoch === 0) ? 0 : 1;
  // A bar that falls within an epoch is of something beside training, or empty again: it stands where the epoch was.
  let [last, share] = [Number.NaN, 0];
  for (const { row, name, epoch, done, of } of counts) {
    // Of nothing, nothing is done.
    const own = of > 0 ? done / of : 0;
    share = epoch === last ? Math.max(share, own) : own;
    last = epoch;
    table.seek(row);
    const step = isWithin && !Number.isNaN(epoch) ? Math.round((epoch - first + share) * length) : done;
    table.number(table.column(isWithin ? "step" : name), step);
  }
  table.seek(rows);
};

/** Whether a later epoch counts what an earlier one has counted. */
const beginsAnew = (counts: readonly CountInRow[]): boolean => {
  let [epoch, top] = [Infinity, -Infinity];
  for (const count of counts) {
    if (count.epoch > epoch && count.done <= top) return true;
    if (!Number.isNaN(count.epoch)) epoch = count.epoch;
    top = Math.max(top, count.done);
  }
  return false;
};
