import { invalid, isLandauError, LandauError } from "../../errors.ts";
import { refuseForeign } from "../../formats/foreign.ts";
import { csvRowsReader } from "./csv-rows.ts";
import { eventReader } from "./event-files.ts";
import { withoutFalseZeros } from "./false-zeros.ts";
import { readJsonDocument } from "./json-document.ts";
import { jsonLinesReader, type RowReader } from "./json-lines.ts";
import { readNpzTable } from "./npz-table.ts";
import type { RawSeries, Series, TrainingLog } from "./series.ts";
import { seriesOfTable } from "./series-of-table.ts";
import { BEGINNING, formats, type LogFormat, sniffedFormat } from "./sniff.ts";
import { type Order, tidied } from "./tidy.ts";
import { wandbReader } from "./wandb.ts";

export interface LogOptions {
  /** Name of the file, for messages. */
  readonly name: string;
  /** Name of the run where the file has none; the name of the file without its ending when absent. */
  readonly run?: string | undefined;
  /** Told by the first bytes when absent. */
  readonly format?: LogFormat | undefined;
  /** The column that counts steps, when it is not to be told by its name. */
  readonly axis?: string | undefined;
  /** Points of event files that are held at most; all of them when absent. */
  readonly mostPoints?: number | undefined;
}

/**
 * The series of a training log, whose format is told by its first bytes. Text and records are read piece by piece: what is held are the numbers. What is
 * left out or decided is said in notes.
 *
 * Throws a LandauError of kind "input" that names the file and the line or byte, for what is no log, holds no series or is damaged.
 */
export const readTrainingLog = async (source: AsyncIterable<Uint8Array>, options: LogOptions): Promise<TrainingLog> => {
  const notes: string[] = [];
  const { format, series } = await rawSeries(source, options, notes);
  return logOf(format, series, notes, options.name);
};

/** The same before points of one step are told apart. */
export const rawSeries = async (
  source: AsyncIterable<Uint8Array>,
  options: LogOptions,
  notes: string[],
): Promise<{ format: LogFormat; series: readonly RawSeries[] }> => {
  if (options.format !== undefined && !formats.includes(options.format))
    throw invalid("format", options.format, `one of ${formats.join(", ")}`);
  const { begin, all } = await peeked(source);
  const sniffed = sniffedFormat(begin, options.name);
  const format = options.format ?? (sniffed === "csv" && (await isPrinted(begin, options.name)) ? "text" : sniffed);
  if (format === "foreign" || format === undefined) {
    refuseForeign(begin, options.name);
    throw new LandauError(
      "input",
      `${options.name}: not text, and no training log that is known: needs ${formats.join(", ")}`,
    );
  }
  const run = options.run ?? runName(options.name);
  const table = { run, file: options.name, axis: options.axis };
  switch (format) {
    case "csv":
    case "jsonl": {
      const reader = (format === "csv" ? csvRowsReader : jsonLinesReader)(options.name, notes);
      for await (const bytes of all) reader.push(bytes);
      return { format, series: seriesOfTable(reader.end(), table, notes) };
    }
    case "text": {
      const { printedLinesReader } = await import("./printed-lines.ts");
      const reader = printedLinesReader(options.name, notes);
      for await (const bytes of all) reader.push(bytes);
      return { format, series: seriesOfTable(reader.end(), table, notes) };
    }
    case "json":
      return {
        format,
        series: seriesOfTable(readJsonDocument(await gathered(all, options.name), options.name, notes), table, notes),
      };
    case "tensorboard": {
      if (options.axis !== undefined)
        notes.push(
          `${options.name}: event files have no columns: the steps of their events are taken, not ${options.axis}`,
        );
      const reader = eventReader(run, notes, options.mostPoints);
      const file = reader.open(options.name);
      for await (const bytes of all) file.push(bytes);
      file.end();
      return { format, series: reader.end().series };
    }
    case "wandb": {
      const reader = wandbReader(options.name, notes);
      for await (const bytes of all) reader.push(bytes);
      const { table: rows, name, axes, axisOf } = reader.end();
      const named = { ...table, run: options.run === undefined ? (name ?? run) : run, axes, axisOf };
      return { format, series: seriesOfTable(rows, named, notes) };
    }
    case "parquet": {
      const { readParquetTable } = await import("./parquet-table.ts");
      const rows = await readParquetTable(await gathered(all, options.name), options.name, notes);
      return { format, series: seriesOfTable(rows, table, notes) };
    }
    case "npz":
      return {
        format,
        series: seriesOfTable(readNpzTable(await gathered(all, options.name), options.name, notes), table, notes),
      };
    case "sqlite":
      throw new LandauError(
        "input",
        `${options.name}: an SQLite database: its file is read by landau in Node, not its bytes`,
      );
  }
};

/** Whether text is no table, or one whose header is but another row, and yet has numbers with names: as far as its beginning tells. */
const isPrinted = async (begin: Uint8Array, name: string): Promise<boolean> => {
  const { printedLinesReader } = await import("./printed-lines.ts");
  const lines = begin.length < BEGINNING ? begin : begin.subarray(0, begin.lastIndexOf(0x0a) + 1);
  const holdsSeries = (reader: RowReader): boolean => {
    try {
      reader.push(lines);
      return seriesOfTable(reader.end(), { run: "", file: name }, []).some(series => !isNumber(series.name));
    } catch (error) {
      if (!isLandauError(error)) throw error;
      return false;
    }
  };
  return !holdsSeries(csvRowsReader(name, [])) && holdsSeries(printedLinesReader(name, []));
};

const isNumber = (text: string): boolean => /^[-+\d.]+%?$/.test(text);

/** Series in order, each step once. Throws when there are none. */
export const logOf = (format: string, raw: readonly RawSeries[], notes: string[], file: string): TrainingLog => {
  const seen = new Map<Float64Array, Order>();
  const series: Series[] = raw.map(each => tidied(each, notes, seen)).filter(({ value }) => value.length > 0);
  if (series.length === 0)
    throw new LandauError(
      "input",
      `${file}: no series: needs numbers over steps${notes.length > 0 ? ` (${notes.slice(0, 3).join("; ")})` : ""}`,
    );
  return { format, series: withoutFalseZeros(series, notes), notes };
};

/** A file's name without its folders and ending; of an event file, whose name says nothing, that of its folder. */
export const runName = (path: string): string => {
  const [folder, name] = path.split(/[\\/](?=.)/).slice(-2);
  if (name !== undefined && EVENTS.test(name) && !/^\.*$/.test(folder)) return folder;
  return (name ?? folder).replace(/\.[^.]*$/, "") || path;
};
const EVENTS = /^events\.out\.tfevents\./;

/** The beginning of a source, and all of it. */
const peeked = async (
  source: AsyncIterable<Uint8Array>,
): Promise<{ begin: Uint8Array; all: AsyncIterable<Uint8Array> }> => {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < BEGINNING) {
    const { done, value } = await iterator.next();
    if (done) break;
    // A source may use its buffer again.
    pieces.push(value.slice());
    length += value.length;
  }
  const begin = joined(pieces, length).subarray(0, BEGINNING);
  return {
    begin,
    all: (async function* () {
      yield* pieces;
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return;
        yield value;
      }
    })(),
  };
};

/** Bytes of a file that is held whole. */
const LARGEST = 2_000_000_000;

const gathered = async (source: AsyncIterable<Uint8Array>, fileName: string): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    pieces.push(piece.slice());
    length += piece.length;
    if (length > LARGEST)
      throw new LandauError("input", `${fileName}: more than ${LARGEST} bytes in one document: use lines`);
  }
  return joined(pieces, length);
};

const joined = (pieces: readonly Uint8Array[], length: number): Uint8Array => {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};
