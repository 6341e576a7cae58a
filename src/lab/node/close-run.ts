import { countOutcomes } from "../../contracts/claim.ts";
import { recordTable } from "../records.ts";
import { runContentHash } from "../task-log.ts";
import { inReadingOrder, type Task } from "../tasks.ts";
import { judgeClaims } from "../verdicts.ts";
import { writeFinish } from "./finish.ts";
import type { Manifest } from "./manifest.ts";
import { PLAN } from "./plan-file.ts";
import type { RunOptions } from "./run-options.ts";
import { openRun, type Run } from "./runs.ts";
import { loadTaskLog, recordFiles, removeUnfinished } from "./task-files.ts";
import { VERDICTS, writeVerdicts } from "./verdict-file.ts";

/** Judges the claims of a run whose tasks are all done, `first` of them in the first round, and seals its files. */
export const closeRun = (
  path: string,
  { spec, created, command }: Manifest,
  tasks: readonly Task[],
  first: number,
  { systems, onJudge }: RunOptions,
): Run => {
  const logs = inReadingOrder(tasks).map(task => ({ study: task.study, ...loadTaskLog(path, task) }));
  const table = recordTable(study => logs.filter(log => log.study === study).flatMap(({ records }) => records));
  const verdicts = judgeClaims(spec, systems[spec.system], table, onJudge);
  removeUnfinished(path);
  writeVerdicts(path, verdicts);
  const lists = tasks.length > first ? ["run.json", PLAN] : ["run.json"];
  const files = [...lists, ...recordFiles(path, tasks), VERDICTS];
  writeFinish(path, runContentHash(logs), files, { created, command, verdicts: countOutcomes(verdicts) });
  return openRun(path);
};
