import type { RunRecord } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { textHash } from "./canonical.ts";
import { DONE, parseRecord } from "./record-line.ts";
import type { ResumePoint } from "./run-task.ts";
import type { Task } from "./tasks.ts";

/** What the log of a task holds. */
export interface TaskLog {
  /** The whole lines, without their ends and without the closing one. */
  readonly lines: readonly string[];
  /** One for each line. The chains of a protocol that drives them together take turns. */
  readonly records: readonly RunRecord[];
  /** Bytes after the last whole line: a line that was being written when the process ended. */
  readonly tornBytes: number;
  /** The closing line is there and its hash is right. */
  readonly isDone: boolean;
}

export const emptyLog: TaskLog = { lines: [], records: [], tornBytes: 0, isDone: false };

/** The closing line of a finished log. `sha256` is the hash of all lines before, ends included. */
export const doneLine = (sha256: string): string => JSON.stringify({ kind: DONE, sha256 });

/** The hash of lines as a log holds them. */
export const hashLines = (lines: Iterable<string>): string => {
  const hash = textHash();
  for (const line of lines) hash.add(`${line}\n`);
  return hash.hex();
};

/**
 * Reads the log of a task. A torn last line is left out and counted; anything else that a log cannot hold throws a
 * LandauError of kind "store" that names the file and the line.
 */
export const readTaskLog = (bytes: Uint8Array, fileName: string, { from, to }: Task): TaskLog => {
  const whole = bytes.lastIndexOf(LF) + 1;
  const lines = decode(bytes.subarray(0, whole), fileName).split("\n").slice(0, -1);
  const tornBytes = bytes.length - whole;
  const records: RunRecord[] = [];
  for (const [i, line] of lines.entries()) {
    const record = parseRecord(line);
    if (record && record.kind !== DONE && record.chain >= from && record.chain < to) {
      records.push(record);
      continue;
    }
    const before = lines.slice(0, i);
    if (line === doneLine(hashLines(before)) && i === lines.length - 1 && tornBytes === 0)
      return { lines: before, records, tornBytes, isDone: true };
    throw corrupt(fileName, i + 1, line.startsWith(`{"kind":"${DONE}"`) ? badClosing : "it is no record of this task");
  }
  return { lines, records, tornBytes, isDone: false };
};

const LF = 10;

const badClosing = "its hash is not that of the lines before, or more lines follow";

const decode = (bytes: Uint8Array, fileName: string): string => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    for (let start = 0, line = 1; ; line++) {
      const end = bytes.indexOf(LF, start);
      try {
        decoder.decode(bytes.subarray(start, end));
      } catch {
        throw corrupt(fileName, line, "it is not UTF-8");
      }
      start = end + 1;
    }
  }
};

const corrupt = (fileName: string, line: number, why: string): LandauError =>
  new LandauError(
    "store",
    `${fileName}:${line}: the line is corrupt: ${why}. Restore the file, or delete it and resume: its task runs again`,
  );

/** A resume point with the hash of the lines that belong before it. */
export interface SavedPoint extends ResumePoint {
  readonly log: string;
}

/**
 * Where an interrupted task goes on: at its saved state when the log still holds the lines before it; else at the start of
 * the last chain that the log knows, or of all chains when they are driven together. All give the same log in the end.
 */
export const resumePointOf = (
  { lines, records }: TaskLog,
  { from }: Task,
  { isTogether, saved }: { readonly isTogether: boolean; readonly saved?: SavedPoint },
): ResumePoint => {
  const last = isTogether ? from : (records.at(-1)?.chain ?? from);
  if (saved && saved.chain >= last && saved.lines <= lines.length) {
    const { log, ...point } = saved;
    if (log === hashLines(lines.slice(0, saved.lines))) return point;
  }
  const first = isTogether ? 0 : records.findIndex(({ chain }) => chain === last);
  return { chain: last, lines: Math.max(first, 0) };
};

/**
 * Hash of all records of a run, by study and in each by chain; those of a chain in the order of the tasks: equal for equal runs, however they
 * were cut into tasks. Give them in reading order.
 */
export const runContentHash = (
  logs: Iterable<Pick<TaskLog, "lines" | "records"> & { readonly study: string }>,
): string => {
  const studies = new Map<string, { readonly line: string; readonly chain: number }[]>();
  for (const { study, lines, records } of logs) {
    const all = studies.get(study) ?? [];
    studies.set(study, all);
    for (const [i, line] of lines.entries()) all.push({ line, chain: records[i].chain });
  }
  return hashLines([...studies.values()].flatMap(all => all.sort((a, b) => a.chain - b.chain).map(({ line }) => line)));
};
