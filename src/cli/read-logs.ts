import type { FileHandle } from "node:fs/promises";
import { LandauError } from "../errors.ts";
import type { RawSeries, TrainingLog } from "../logs/training/series.ts";
import type { LogFormat } from "../logs/training/sniff.ts";
import { showWork } from "./progress/work-progress.ts";
import type { Terminal } from "./terminal.ts";

export interface ReadLogsOptions {
  /** Told by the first bytes of each file when absent. */
  readonly format?: LogFormat | undefined;
  /** The column that counts steps, when it is not to be told by its name. */
  readonly axis?: string | undefined;
}

/** Bytes that are read at a time. */
const PIECE = 1_048_576;
const MEGABYTE = 1e6;
/** Files of a folder that may be logs. */
const LOGS =
  /\.(csv|tsv|jsonl|ndjson|wandb|parquet|npz|db|sqlite3?)$|tfevents|(^|[\\/])(trainer_state|history)\.json$/i;
/** Most files of one folder. */
const MOST_FILES = 10_000;

/** The series of logs and of folders of them. Each file is a run, and is named by its place in the folder. */
export const readLogs = async (
  terminal: Pick<Terminal, "stderr" | "env">,
  paths: readonly string[],
  options: ReadLogsOptions = {},
): Promise<TrainingLog> => {
  const { logOf, rawSeries, runName } = await import("../logs/training/training-log.ts");
  const notes: string[] = [];
  const series: RawSeries[] = [];
  const found = new Set<string>();
  for (const { path, run } of await filesOf(paths, runName)) {
    const read = await withFile(path, async file => {
      const total = (await file.stat()).size / MEGABYTE;
      const shown = showWork(terminal, { what: `reading ${path}`, unit: "MB", total });
      try {
        return await rawSeries(
          pieces(file, bytes => shown.update(bytes / MEGABYTE)),
          { ...options, name: path, run },
          notes,
        );
      } finally {
        shown.stop();
      }
    });
    found.add(read.format);
    for (const each of read.series) series.push(each);
  }
  return logOf([...found].join(", "), series, notes, paths.join(", "));
};

interface LogFile {
  readonly path: string;
  readonly run: string;
}

const filesOf = async (paths: readonly string[], runName: (path: string) => string): Promise<LogFile[]> => {
  const { readdir, stat } = await import("node:fs/promises");
  const { join, relative } = await import("node:path");
  const files: LogFile[] = [];
  for (const path of paths) {
    const info = await stat(path).catch((cause: Error) => {
      throw new LandauError("input", `cannot read ${path}: ${cause.message}`, { cause });
    });
    if (!info.isDirectory()) {
      files.push({ path, run: runName(path) });
      continue;
    }
    const inside = (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter(entry => entry.isFile() && LOGS.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .sort();
    if (inside.length === 0)
      throw new LandauError(
        "input",
        `${path}: a folder without logs: needs CSV, JSONL, event files, .wandb or others in it`,
      );
    if (inside.length > MOST_FILES)
      throw new LandauError("input", `${path}: ${inside.length} logs: needs at most ${MOST_FILES} in one folder`);
    for (const each of inside) files.push({ path: each, run: relative(path, each).replace(/\.[^.\\/]*$/, "") });
  }
  return files;
};

async function* pieces(file: FileHandle, seen: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(PIECE);
  for (let read = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, PIECE, null);
    if (bytesRead === 0) return;
    read += bytesRead;
    seen(read);
    yield buffer.subarray(0, bytesRead);
  }
}

const withFile = async <T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> => {
  const { open } = await import("node:fs/promises");
  const refuse = (cause: Error): never => {
    throw cause instanceof LandauError
      ? cause
      : new LandauError("input", `cannot read ${path}: ${cause.message}`, { cause });
  };
  const file = await open(path, "r").catch(refuse);
  try {
    return await use(file).catch(refuse);
  } finally {
    await file.close();
  }
};
