import type { Systems } from "./complete-spec.ts";
import { now } from "./executor.ts";
import { runTask } from "./run-task.ts";
import { type OwnerPort, packError } from "./worker-messages.ts";

/** What a worker does all its life: runs the tasks it is sent and posts what comes of them. */
export const serveTasks = (owner: OwnerPort, systems: Systems): void =>
  owner.onMessage(({ task, resume, saveEvery }) => {
    try {
      runTask(
        task,
        systems[task.system],
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
