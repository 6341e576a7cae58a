import type { System } from "../contracts/system.ts";
import { useFastModes } from "../engine/fast-modes.ts";
import { now } from "./executor.ts";
import { type FastModesOf, portableFastModes } from "./fast-modes.ts";
import { runTask } from "./run-task.ts";
import { type OwnerPort, packError } from "./worker-messages.ts";

/** What a worker does all its life: runs the tasks it is sent and posts what comes of them. */
export const serveTasks = (
  owner: OwnerPort,
  systemNamed: (name: string) => System | Promise<System>,
  fastModesOf: FastModesOf = portableFastModes,
): void =>
  owner.onMessage(async ({ task, resume, saveEvery }) => {
    try {
      useFastModes(await fastModesOf(task.fast ?? []));
      runTask(
        task,
        await systemNamed(task.system),
        {
          line: line => owner.post({ type: "line", line }),
          snapshot: (chain, name, arrays) => owner.post({ type: "snapshot", chain, name, arrays }),
          state: point => owner.post({ type: "state", point }),
          progress: done => owner.post({ type: "progress", done }),
        },
        { resume, now, saveEvery },
      );
      owner.post({ type: "done" });
    } catch (error) {
      owner.post({ type: "failed", error: packError(error) });
    }
  });
