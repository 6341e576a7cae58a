import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { callText, shellWord } from "../../call-text.ts";
import { countOutcomes } from "../../contracts/claim.ts";
import type { Settings } from "../../contracts/field.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import { type CompleteSpec, completeSpec } from "../complete-spec.ts";
import { changesBits } from "../fast-modes.ts";
import { plan, runInRounds } from "../plan.ts";
import { recordTable } from "../records.ts";
import type { Spec } from "../spec.ts";
import { studyProgress } from "../study-progress.ts";
import { runContentHash } from "../task-log.ts";
import { inReadingOrder, type Task } from "../tasks.ts";
import { judgeClaims } from "../verdicts.ts";
import { checkFastModes } from "./fast-modes.ts";
import { guarded } from "./files.ts";
import { checkUnchanged, type Finish, finishPath, readFinish, writeFinish } from "./finish.ts";
import { lockRun } from "./lock.ts";
import { type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { roadText } from "./native/road.ts";
import { PLAN, writePlan } from "./plan-file.ts";
import { roundRunner } from "./round.ts";
import { findRun } from "./run-names.ts";
import type { RunOptions } from "./run-options.ts";
import { openRun, type Run } from "./runs.ts";
import { loadTaskLog, logName, makeTaskFolders, recordFiles } from "./task-files.ts";
import { VERDICTS, writeVerdicts } from "./verdict-file.ts";
import { landauVersion } from "./versions.ts";

export type { RunOptions } from "./run-options.ts";

export interface StartOptions extends RunOptions {
  readonly spec: Spec;
  /** The command that is kept in the run's record. */
  readonly command: string;
}

/** Makes a run folder, runs all tasks of the spec into it, judges its claims and closes it. */
export const startRun = async ({ spec, command, ...options }: StartOptions): Promise<Run> => {
  const complete = completeSpec(spec, options.systems);
  const tasks = plan(complete, options.systems);
  const libraries = await checkFastModes(complete.fast);
  const created = new Date();
  const versions = { landau: landauVersion(), node: process.versions.node, ...libraries };
  const [id, path] = makeRunFolder(options.folder, options.systems[complete.system].name, complete, created);
  const unlock = lockRun(path);
  try {
    const manifest: Manifest = {
      id,
      created: created.toISOString(),
      command,
      versions,
      platform: `${process.platform} ${process.arch}`,
      road: changesBits(complete.fast) ? `WebAssembly, ${complete.fast?.join(", ")}` : roadText(),
      spec: complete,
      tasks,
    };
    writeManifest(path, manifest);
    return await goOn(path, manifest, tasks.length, options);
  } finally {
    unlock();
  }
};

/**
 * Goes on with an interrupted run, which ends with the same bits as one that was not; opens a finished one, after running those tasks again whose
 * records are gone. `name` is what `findRun` takes. A run keeps the version of Landau that began it.
 */
export const resumeRun = async (name: string, options: RunOptions): Promise<Run> => {
  const path = findRun(name, options.folder);
  const manifest = readManifest(path);
  const finish = readFinish(path);
  if (!finish) return continueRun(path, manifest, options);
  if (manifest.tasks.every(task => existsSync(join(path, logName(task))))) return openRun(path);
  const run = await continueRun(path, manifest, options, () => reopen(path, finish));
  if (run.contentHash === finish.contentHash) return run;
  throw new LandauError(
    "store",
    `run ${run.id}: the tasks that ran again gave other records than before, content hash ${run.contentHash} in place of ${finish.contentHash}`,
  );
};

/** What a run that goes on is to have other than before: those settings of its only study that plan. */
export interface Extension {
  readonly settings: Settings;
}

/**
 * Goes on with a run of one study under other settings of those that plan its pieces: a wider range, more seeds. All that is done stays. Throws a
 * LandauError of kind "store" for a run of several studies or of another protocol, and for other settings that differ.
 */
export const extendRun = async (name: string, { settings }: Extension, options: RunOptions): Promise<Run> => {
  const path = findRun(name, options.folder);
  const manifest = readManifest(path);
  const spec = extendedSpec(manifest, settings);
  if (spec === manifest.spec) return resumeRun(path, options);
  completeSpec(spec, options.systems);
  const finish = readFinish(path);
  const extended = { ...manifest, spec };
  return continueRun(path, extended, options, () => {
    if (finish) reopen(path, finish);
    const first = plan(spec, options.systems).length;
    writeManifest(path, { ...extended, tasks: manifest.tasks.slice(0, first) });
  });
};

/** The same spec when nothing differs. */
const extendedSpec = ({ id, spec }: Manifest, settings: Settings): CompleteSpec => {
  const [study, ...others] = spec.studies;
  const planning = study?.planning;
  if (!planning || others.length > 0)
    throw new LandauError("store", `run ${id} has no study that can be extended: begin a run of its own`);
  const changed = Object.entries(settings).filter(([key, value]) => study.settings[key] !== value);
  if (changed.length === 0) return spec;
  const fixed = changed.filter(([key]) => !planning.includes(key));
  if (fixed.length > 0) {
    const differences = fixed.map(([key, value]) => `${key} is ${study.settings[key]} there and ${value} here`);
    throw new LandauError(
      "store",
      `run ${id} was made with other settings: ${differences.join(", ")}. Leave them as they are there, or begin a run of its own`,
    );
  }
  const earlier = [...(study.earlier ?? []), study.settings];
  return { ...spec, studies: [{ ...study, settings: { ...study.settings, ...settings }, earlier }] };
};

/** Takes away what closes a finished run, of which all that is left must be as it was. */
const reopen = (path: string, finish: Finish): void => {
  for (const name of Object.keys(finish.files))
    if (!name.startsWith("tasks/") || existsSync(join(path, name))) checkUnchanged(path, finish, name);
  const closing = finishPath(path);
  guarded("write", closing, () => rmSync(closing));
};

/** `prepare` is called once the run is locked. */
const continueRun = async (
  path: string,
  manifest: Manifest,
  options: RunOptions,
  prepare: () => void = () => {},
): Promise<Run> => {
  const version = landauVersion();
  if (manifest.versions.landau !== version)
    throw new LandauError(
      "store",
      `run ${manifest.id} was begun by Landau ${manifest.versions.landau}, this is ${version}: one run keeps one version. Resume it with that version, or start again`,
    );
  // The spec was complete once; what it names may have gone.
  const { openblas } = await checkFastModes(completeSpec(manifest.spec, options.systems).fast);
  if (manifest.versions.openblas !== openblas)
    throw new LandauError(
      "store",
      `run ${manifest.id} was begun with OpenBLAS ${manifest.versions.openblas}, this is ${openblas}: one run keeps one version. Resume it with that version, or start again`,
    );
  const first = plan(manifest.spec, options.systems);
  if (first.some(({ id }, i) => manifest.tasks[i]?.id !== id))
    throw new LandauError(
      "store",
      `run ${manifest.id}: its list of tasks is not what its protocols plan: restore run.json, or start again`,
    );
  const unlock = lockRun(path);
  try {
    prepare();
    return await goOn(path, manifest, first.length, options);
  } finally {
    unlock();
  }
};

/** `first` is how many tasks the first round has, which are those that run.json lists. */
const goOn = async (path: string, manifest: Manifest, first: number, options: RunOptions): Promise<Run> => {
  const { spec, id } = manifest;
  const { systems } = options;
  makeTaskFolders(path);
  options.onStart?.(manifest);
  const progress = studyProgress(spec.studies, options.onProgress);
  const { run, recordsOf, close } = roundRunner(path, progress, options);
  let tasks: readonly Task[];
  try {
    tasks = await runInRounds(spec, systems, recordsOf, (round, known) => {
      if (round.some(task => manifest.tasks[task.index]?.id !== task.id)) writePlan(path, known.slice(first));
      return run(round);
    });
  } catch (cause) {
    throw describe(cause, id, path);
  } finally {
    close();
  }
  progress.round([]);
  return closeRun(path, manifest, tasks, first, options);
};

const closeRun = (
  path: string,
  { spec, created, command }: Manifest,
  tasks: readonly Task[],
  first: number,
  { systems, onJudge }: RunOptions,
): Run => {
  const logs = inReadingOrder(tasks).map(task => ({ study: task.study, ...loadTaskLog(path, task) }));
  const table = recordTable(study => logs.filter(log => log.study === study).flatMap(({ records }) => records));
  const verdicts = judgeClaims(spec, systems[spec.system], table, onJudge);
  writeVerdicts(path, verdicts);
  const lists = tasks.length > first ? ["run.json", PLAN] : ["run.json"];
  const files = [...lists, ...recordFiles(path, tasks), VERDICTS];
  writeFinish(path, runContentHash(logs), files, { created, command, verdicts: countOutcomes(verdicts) });
  return openRun(path);
};

const describe = (cause: unknown, id: string, path: string): unknown => {
  if (isLandauError(cause, "cancelled"))
    return new LandauError("cancelled", `run ${id} was stopped; to go on: ${callText(`resume ${shellWord(path)}`)}`, {
      cause,
    });
  if (isLandauError(cause) || !(cause instanceof Error)) return cause;
  return new Error(`run ${id}: ${cause.message}`, { cause });
};

/** `<system>-<title>-<yyyymmdd-hhmmss>` in UTC, with a number behind it when that is taken. */
const makeRunFolder = (
  folder: string,
  system: string,
  { title }: CompleteSpec,
  created: Date,
): readonly [string, string] => {
  const [, date, time] = /^(.*)T(.*)\./.exec(created.toISOString())!;
  const stamp = `${date.replaceAll("-", "")}-${time.replaceAll(":", "")}`;
  const words = (title ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const stem = [system, words, stamp].filter(part => part !== "").join("-");
  return guarded("write", folder, () => {
    mkdirSync(folder, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const id = attempt === 1 ? stem : `${stem}-${attempt}`;
      try {
        mkdirSync(join(folder, id));
        return [id, join(folder, id)];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  });
};
