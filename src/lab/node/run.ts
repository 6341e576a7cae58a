import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { callText, shellWord } from "../../call-text.ts";
import type { Settings } from "../../contracts/field.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import { type CompleteSpec, completeSpec } from "../complete-spec.ts";
import { plan, runInRounds } from "../plan.ts";
import { studyProgress } from "../study-progress.ts";
import type { Task } from "../tasks.ts";
import { closeRun } from "./close-run.ts";
import { engineRunner } from "./cluster/engine-runner.ts";
import { guarded } from "./files.ts";
import { checkUnchanged, type Finish, finishPath, readFinish } from "./finish.ts";
import { checkGoesOn } from "./goes-on.ts";
import { lockRun } from "./lock.ts";
import { type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { newRun, type StartOptions } from "./new-run.ts";
import { writePlan } from "./plan-file.ts";
import { roundRunner } from "./round.ts";
import { findRun } from "./run-names.ts";
import type { RunOptions } from "./run-options.ts";
import { openRun, type Run } from "./runs.ts";
import { logName, makeTaskFolders } from "./task-files.ts";

export type { StartOptions } from "./new-run.ts";
export type { RunOptions } from "./run-options.ts";

/** Makes a run folder, runs all tasks of the spec into it, judges its claims and closes it. */
export const startRun = async (options: StartOptions): Promise<Run> => {
  const { path, manifest, unlock } = await newRun(options);
  try {
    return await goOn(path, manifest, manifest.tasks.length, options);
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
  const first = await checkGoesOn(manifest, options.systems);
  const unlock = lockRun(path);
  try {
    prepare();
    return await goOn(path, manifest, first, options);
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
  const { run, recordsOf, close } = options.engine
    ? engineRunner(path, manifest, first, progress, options)
    : roundRunner(path, progress, options);
  let tasks: readonly Task[];
  try {
    tasks = await runInRounds(spec, systems, recordsOf, (round, known) => {
      if (round.some(task => manifest.tasks[task.index]?.id !== task.id)) writePlan(path, known.slice(first));
      return run(round, known);
    });
  } catch (cause) {
    // What an engine was given goes on without us, as its own message says.
    throw options.engine && isLandauError(cause) ? cause : describe(cause, id, path);
  } finally {
    close();
  }
  progress.round([]);
  return closeRun(path, manifest, tasks, first, options);
};

const describe = (cause: unknown, id: string, path: string): unknown => {
  if (isLandauError(cause, "cancelled"))
    return new LandauError("cancelled", `run ${id} was stopped; to go on: ${callText(`resume ${shellWord(path)}`)}`, {
      cause,
    });
  if (isLandauError(cause) || !(cause instanceof Error)) return cause;
  return new Error(`run ${id}: ${cause.message}`, { cause });
};
