import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isLandauError, LandauError } from "../../errors.ts";
import { eventReader } from "../../logs/training/event-files.ts";
import { groupedScalar } from "../../logs/training/grouped-scalars.ts";
import { readMlflowMetric } from "../../logs/training/mlflow-lines.ts";
import type { RawSeries, TrainingLog } from "../../logs/training/series.ts";
import { BEGINNING, type LogFormat, sniffedFormat } from "../../logs/training/sniff.ts";
import { logOf, rawSeries } from "../../logs/training/training-log.ts";
import { readZarrSeries } from "../../logs/training/zarr.ts";
import { cannotRead } from "./files.ts";
import { isZarr, zarrFolder } from "./zarr-folder.ts";

export interface ReadLogsOptions {
  /** Told by the first bytes of each file when absent. */
  readonly format?: LogFormat | undefined;
  /** The column that counts steps, when it is not to be told by its name. */
  readonly axis?: string | undefined;
  /** Called with the bytes of a file that were read, and with those that there are. */
  readonly onBytes?: ((path: string, read: number, total: number) => void) | undefined;
}

/** Bytes that are read at a time. */
const PIECE = 1_048_576;
/** Files of a folder that may be logs. */
const LOGS = /\.(csv|tsv|jsonl|ndjson|wandb|parquet|npz|db|sqlite3?)$|tfevents|^(trainer_state|history)\.json$/i;
/** Most files of one folder. */
const MOST_FILES = 10_000;

/**
 * The series of logs and of folders of them: every log of a folder is a run, named by its place there; all event files of one folder are one. Event files,
 * .wandb, CSV, JSON Lines and other text are read piece by piece. In a folder, what is no log is noted; a file that is named must be one.
 */
export const readLogs = async (paths: readonly string[], options: ReadLogsOptions = {}): Promise<TrainingLog> => {
  const notes: string[] = [];
  const series: RawSeries[] = [];
  const formats = new Set<string>();
  for (const path of paths) {
    const info = await stat(path).catch(cannotRead(path));
    const sources = info.isDirectory() ? await sourcesIn(path, notes) : [await sourceOf(path)];
    for (const source of sources) {
      try {
        const read = await readSource(source, options, notes);
        formats.add(read.format);
        for (const each of read.series) series.push(each);
      } catch (error) {
        if (!info.isDirectory() || !isLandauError(error) || sources.length === 1) throw error;
        notes.push(`${error.message}: left out`);
      }
    }
  }
  return logOf([...formats].join(", "), series, notes, paths.join(", "));
};

type Source =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly run: string | undefined;
      readonly metric?: Metric | undefined;
    }
  | {
      readonly kind: "events";
      readonly files: readonly string[];
      readonly run: string;
      /** The nearest folder above that has event files, and the path from there. */
      readonly above: { readonly run: string; readonly path: string } | undefined;
    }
  | { readonly kind: "mlflow"; readonly path: string; readonly run: string; readonly name: string }
  | { readonly kind: "zarr"; readonly path: string; readonly run: string };

/** The run of a file that holds one metric of it, and the metric's name. */
interface Metric {
  readonly run: string;
  readonly name: string;
}

/** DVCLive writes each metric to a file of its own, `plots/metrics/NAME.tsv` in the folder of the run; names may have slashes. */
const METRIC = /^(.+)\/plots\/metrics\/(.+)\.tsv$/;

const sourceOf = async (path: string): Promise<Source> => ({ kind: "file", path, run: undefined });

/** The logs of a folder. */
const sourcesIn = async (folder: string, notes: string[]): Promise<Source[]> => {
  const sources: Source[] = [];
  const events = new Map<string, string[]>();
  const states = new Map<string, { path: string; step: number }>();
  /** What a trainer saved when it was done, beside its checkpoints. */
  const ends = new Map<string, string>();
  let files = 0;
  const label = (path: string): string => relative(folder, path).split(sep).join("/") || basename(resolve(folder));
  const metricOf = (path: string): Metric | undefined => {
    const [, home, name] = METRIC.exec(resolve(path).split(sep).join("/")) ?? [];
    if (name === undefined) return undefined;
    const isInside = !relative(folder, home).startsWith("..");
    return { run: isInside ? label(home) : basename(home), name };
  };
  const visit = async (here: string, depth: number): Promise<void> => {
    const entries = (await readdir(here, { withFileTypes: true })).sort((a, b) => order.compare(a.name, b.name));
    if (isZarr(entries)) {
      sources.push({ kind: "zarr", path: here, run: label(here).replace(/\.zarr$/, "") });
      return;
    }
    const mlflow = entries.some(({ name }) => name === "meta.yaml") && entries.some(({ name }) => name === "metrics");
    for (const entry of entries) {
      const path = join(here, entry.name);
      if (entry.isDirectory()) {
        if (mlflow && entry.name === "metrics") await visitMetrics(path, path, await mlflowName(here));
        else if (!/^(\.trash|\.git|node_modules)$/.test(entry.name) && depth < 12) await visit(path, depth + 1);
        continue;
      }
      if (!entry.isFile() || !LOGS.test(entry.name)) continue;
      if (++files > MOST_FILES)
        throw new LandauError("input", `${folder}: more than ${MOST_FILES} logs: name a folder with fewer`);
      const checkpoint = /^checkpoint-(\d+)$/.exec(basename(here));
      if (!checkpoint && entry.name === "trainer_state.json") {
        ends.set(here, path);
        continue;
      }
      if (/tfevents/.test(entry.name)) events.set(here, [...(events.get(here) ?? []), path]);
      else if (checkpoint && entry.name === "trainer_state.json") {
        const key = dirname(here);
        const before = states.get(key);
        if (before) notes.push(`${key}: the states of earlier checkpoints are parts of the last, not used`);
        if (!before || before.step < Number(checkpoint[1])) states.set(key, { path, step: Number(checkpoint[1]) });
      } else sources.push({ kind: "file", path, run: label(path).replace(/\.[^./]*$/, ""), metric: metricOf(path) });
    }
  };
  const visitMetrics = async (root: string, here: string, run: string): Promise<void> => {
    for (const entry of await readdir(here, { withFileTypes: true })) {
      const path = join(here, entry.name);
      if (entry.isDirectory()) await visitMetrics(root, path, run);
      else sources.push({ kind: "mlflow", path, run, name: relative(root, path).split(sep).join("/") });
    }
  };
  const above = (here: string): { run: string; path: string } | undefined => {
    for (let at = here; at !== folder && at !== dirname(at); ) {
      at = dirname(at);
      if (events.has(at)) return { run: label(at), path: relative(at, here).split(sep).join("/") };
    }
    return undefined;
  };
  await visit(folder, 0);
  for (const [here, path] of ends) {
    const last = states.get(here);
    if (last && last.step > (await globalStep(path))) notes.push(`${path}: older than the last checkpoint, not used`);
    else {
      if (last) notes.push(`${here}: the states of its checkpoints are parts of that beside them, not used`);
      states.set(here, { path, step: 0 });
    }
  }
  for (const [here, { path }] of states) sources.push({ kind: "file", path, run: label(here) });
  for (const [here, paths] of events)
    sources.push({
      kind: "events",
      files: paths,
      run: label(here),
      above: above(here),
    });
  if (sources.length === 0)
    throw new LandauError(
      "input",
      `${folder}: a folder without logs: needs CSV, JSONL, event files, .wandb or others in it`,
    );
  return sources;
};

/** The step of a trainer's state; one that cannot be read is said to be broken where it is. */
const globalStep = async (path: string): Promise<number> =>
  Number(/"global_step": *(\d+)/.exec(await readFile(path, "utf8"))?.[1] ?? Infinity);

const order = new Intl.Collator("en", { numeric: true });

const mlflowName = async (folder: string): Promise<string> => {
  const text = await readFile(join(folder, "meta.yaml"), "utf8");
  return /^run_name: *['"]?(.*?)['"]?\s*$/m.exec(text)?.[1] || basename(folder);
};

interface Read {
  readonly format: string;
  readonly series: readonly RawSeries[];
}

const readSource = async (source: Source, options: ReadLogsOptions, notes: string[]): Promise<Read> => {
  const { axis, format, onBytes } = options;
  if (source.kind === "mlflow") {
    const { path, run, name } = source;
    const bytes = new Uint8Array(await readFile(path));
    return { format: "mlflow", series: [readMlflowMetric(bytes, { run, name, file: path }, notes)] };
  }
  if (source.kind === "zarr") {
    const { path, run } = source;
    const { store, arrays } = await zarrFolder(path);
    return { format: "zarr", series: await readZarrSeries(store, arrays, { run, file: path }, notes) };
  }
  if (source.kind === "events") {
    const reader = eventReader(source.run, notes);
    for (const path of source.files) {
      const file = reader.open(path);
      for await (const bytes of pieces(path, onBytes)) file.push(bytes);
      file.end();
    }
    const { series, tags, isHparams } = reader.end();
    if (isHparams && series.every(({ value }) => value.length === 1)) {
      notes.push(`${source.run}: settings and final values of hparams, not used`);
      return { format: "tensorboard", series: [] };
    }
    const { above } = source;
    const name = above && groupedScalar(above.path, tags);
    return {
      format: "tensorboard",
      series: name === undefined ? series : series.map(each => ({ ...each, run: above!.run, name })),
    };
  }
  const { path, run, metric } = source;
  const begin = await beginning(path);
  if ((format ?? sniffedFormat(begin, path)) === "sqlite") {
    const { readSqliteLog } = await import("./sqlite-log.ts");
    return { format: "sqlite", series: await readSqliteLog(path, { axis }, notes) };
  }
  // A run of W&B has a name of its own.
  const own = sniffedFormat(begin, path) === "wandb" ? undefined : run;
  const read = await rawSeries(pieces(path, onBytes), { name: path, run: own, axis, format }, notes);
  // The column has the last part of the metric's name; another table in such a folder stays what it is.
  const isMetric = metric && read.series.length === 1 && read.series[0].name === basename(metric.name);
  return isMetric ? { ...read, series: [{ ...read.series[0], ...metric }] } : read;
};

const beginning = async (path: string): Promise<Uint8Array> => {
  for await (const bytes of pieces(path, undefined, BEGINNING)) return bytes.slice();
  return new Uint8Array(0);
};

/** The bytes of a file; the same memory each time. */
async function* pieces(path: string, onBytes?: ReadLogsOptions["onBytes"], size = PIECE): AsyncGenerator<Uint8Array> {
  const refuse = cannotRead(path);
  const file = await open(path, "r").catch(refuse);
  try {
    const total = (await file.stat()).size;
    const buffer = new Uint8Array(size);
    for (let read = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, size, null).catch(refuse);
      if (bytesRead === 0) return;
      read += bytesRead;
      onBytes?.(path, read, total);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
