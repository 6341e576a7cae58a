import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isLandauError } from "../../errors.ts";
import { runContentHash } from "../task-log.ts";
import { inReadingOrder } from "../tasks.ts";
import { TASK_LIST } from "./cluster/task-list.ts";
import { guarded } from "./files.ts";
import { type Finish, readFinish } from "./finish.ts";
import { readManifest } from "./manifest.ts";
import { PLAN } from "./plan-file.ts";
import { REPORT_FILES, readReportFiles } from "./report-files.ts";
import { fileHash } from "./sealed.ts";
import { loadTaskLog, logName } from "./task-files.ts";
import { VERDICTS } from "./verdict-file.ts";

/** How a file of a run stands. */
export interface CheckedFile {
  /** Inside the folder of the run. */
  readonly name: string;
  /** Why it cannot be relied on; absent for one that is as it was. */
  readonly fault?: string;
}

export interface RunCheck {
  /** Of a run that is not finished, logs are held against their own closing lines, and nothing vouches for the rest. */
  readonly isFinished: boolean;
  readonly files: readonly CheckedFile[];
  /** Files of a finished run that no list names, such as notes of one's own. */
  readonly unknown: readonly string[];
}

/** Verifies every file of a run, whatever else is broken: what is wrong is in the answer, and nothing is thrown. */
export const checkRun = (path: string): RunCheck => {
  const finish = attempt(() => readFinish(path));
  const report = attempt(() => readReportFiles(path));
  const there = filesIn(path);
  const closing = finish.fault ?? (finish.value || !there.includes(VERDICTS) ? undefined : "is missing");
  const isFinished = finish.value !== undefined || closing !== undefined;
  const files: readonly CheckedFile[] = [
    ...(finish.value ? finishedFiles(path, finish.value) : unfinishedFiles(path, there)),
    ...(isFinished ? [{ name: "finished.json", fault: closing }] : []),
    ...(report.value ? listedFiles(path, report.value.files) : []),
    ...(report.value || report.fault ? [{ name: REPORT_FILES, fault: report.fault }] : []),
  ];
  const known = new Set([...files.map(({ name }) => name), "lock"]);
  const isListed = finish.value !== undefined && report.fault === undefined;
  return { isFinished, files, unknown: isListed ? there.filter(name => !known.has(name) && !isOfWorkers(name)) : [] };
};

/** Who did what, and what an engine was told: kept beside the results, which do not depend on it. */
const isOfWorkers = (name: string): boolean => name === TASK_LIST || /^(workers|slurm)\//.test(name);

const finishedFiles = (path: string, finish: Finish): readonly CheckedFile[] => {
  const files = listedFiles(path, finish.files);
  if (files.some(({ fault }) => fault !== undefined)) return files;
  const hash = attempt(() =>
    runContentHash(
      inReadingOrder(readManifest(path).tasks).map(task => ({ study: task.study, ...loadTaskLog(path, task) })),
    ),
  );
  if (hash.value === finish.contentHash) return files;
  return [...files, { name: "tasks", fault: hash.fault ?? "have another content hash than the run" }];
};

const listedFiles = (path: string, hashes: { readonly [name: string]: string }): readonly CheckedFile[] =>
  Object.entries(hashes).map(([name, hash]) => {
    const { value, fault } = attempt(() => fileHash(path, name));
    if (value === hash) return { name };
    return { name, fault: fault ?? (value === undefined ? "is missing" : "is not what it was") };
  });

const unfinishedFiles = (path: string, there: readonly string[]): readonly CheckedFile[] => {
  const manifest = attempt(() => readManifest(path));
  const tasks = manifest.value?.tasks ?? [];
  return [
    { name: "run.json", fault: manifest.fault },
    ...(there.includes(PLAN) ? [{ name: PLAN, fault: manifest.fault }] : []),
    ...tasks
      .filter(task => there.includes(logName(task)))
      .map(task => ({ name: logName(task), fault: attempt(() => loadTaskLog(path, task)).fault })),
  ];
};

/** What some work gives, or the message of a LandauError. */
const attempt = <Value>(work: () => Value): { readonly value?: Value; readonly fault?: string } => {
  try {
    return { value: work() };
  } catch (error) {
    if (!isLandauError(error)) throw error;
    return { fault: error.message };
  }
};

/** All files below a folder, by their names inside it. */
const filesIn = (path: string): readonly string[] =>
  guarded("read", path, () => readdirSync(path, { withFileTypes: true, recursive: true }))
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
