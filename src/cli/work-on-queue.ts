import { availableParallelism } from "node:os";
import { isLandauError, LandauError } from "../errors.ts";
import { workOnQueue } from "../lab/node/cluster/queue-worker.ts";
import { checkSource, isExperimentPath, systemsWith } from "../lab/node/experiment-file.ts";
import { checkGoesOn } from "../lab/node/goes-on.ts";
import { readManifest } from "../lab/node/manifest.ts";
import { findRun } from "../lab/node/run-names.ts";
import { threadExecutor } from "../lab/node/threads.ts";
import { countText } from "./count-text.ts";
import { isQueue } from "./engine-flags.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Session } from "./session.ts";
import { printJson, printLine } from "./terminal.ts";

interface QueueFlags {
  readonly on: string;
  readonly runs: string;
  readonly lease: number;
  readonly workers?: number;
  readonly json?: true;
}

/** Takes tasks of a run from a queue until the run is over. */
export const workOnQueueOf = async (session: Session, name: string, flags: QueueFlags): Promise<void> => {
  const { terminal } = session;
  if (!isQueue(flags.on))
    throw new LandauError("input", `--on is ${flags.on}: needs the address of a queue such as redis://127.0.0.1:6379`);
  const folder = folderOf(name, flags.runs);
  const count = flags.workers ?? availableParallelism();
  const executor = threadExecutor(count);
  if (folder !== undefined) {
    const manifest = readManifest(folder);
    const { systems } = await systemsWith(manifest.spec.system);
    checkSource(manifest.spec, systems);
    await checkGoesOn(manifest, systems);
  }
  const id = folder === undefined ? name : readManifest(folder).id;
  const how = folder === undefined ? "results go back through the queue" : `results go into ${folder}`;
  printLine(terminal.stderr, `waiting for tasks of ${id} with ${countText(count, "thread")}; ${how}`);
  const done = { made: 0, failed: 0 };
  try {
    await workOnQueue({
      ...{ address: flags.on, id, folder, executor, count, lease: flags.lease, signal: terminal.signal },
      systemsOf: async system => {
        // A module is a program: none is taken from a queue.
        if (folder === undefined && isExperimentPath(system))
          throw new LandauError("input", "a model of one's own needs a folder that the workers share");
        return (await systemsWith(system)).systems;
      },
      onTask: end => done[end]++,
      onNotice: text => printLine(terminal.stderr, text),
    });
  } finally {
    executor.close?.();
  }
  if (terminal.signal.aborted) throw new LandauError("cancelled", `stopped after ${countText(done.made, "task")}`);
  if (flags.json) printJson(terminal, { run: id, folder: folder ?? null, ...done });
  else printLine(terminal.stdout, `the run is over: made ${countText(done.made, "task")}, ${done.failed} failed`);
  if (done.failed > 0) session.exitCode = exitCodes.wrong;
};

const folderOf = (name: string, runs: string): string | undefined => {
  try {
    return findRun(name, runs);
  } catch (error) {
    if (isLandauError(error, "store")) return undefined;
    throw error;
  }
};
