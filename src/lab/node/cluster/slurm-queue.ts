import { cancelledAt, pause, type RemoteRound } from "./engine.ts";
import { endedJobs } from "./slurm-arrays.ts";
import { type QueuedJob, queuedJobs } from "./slurm-commands.ts";
import { knownSeconds } from "./task-seconds.ts";

/** Without a result for so many times what a task takes, and for so many seconds, jobs are not waited for. */
const TIMES = 10;
const LEAST_PATIENCE = 300;

/** What Slurm says of a job that it could not start, and starts no more: a restarted controller gives a node a job that runs there already. */
const HELD = /launch.failed.requeued.held/i;

/** The jobs of a run in the queue, of which some may be ghosts: results are the truth, and what the queue says is only a reason to wait for them. */
export interface JobQueue {
  /**
   * Waits until no task is missing or no job is left to wait for. One that has noted its end in the run folder is none, whatever the queue says. Given up are jobs that Slurm holds because it could not start them, and those that are said to run
   * and bring nothing for long, as a restarted controller may believe in jobs that are gone. One that is given up is never waited for again; if it is there after
   * all, it does no harm. Returns whether the jobs had their chance: none was given up, and the queue answered all the time.
   */
  drained(): Promise<boolean>;
  /** An array was submitted. A controller that lost its last notes may give it the number of an earlier one. */
  submitted(array: string): void;
}

/** `patience` is in seconds; ten times what a task takes, and at least five minutes, when absent. */
export const jobQueue = (
  name: string,
  { signal, pollEvery, missing, folder, manifest, onNotice }: RemoteRound,
  patience?: number,
): JobQueue => {
  const givenUp = new Set<string>();
  const most = () => patience ?? Math.max(LEAST_PATIENCE, TIMES * (knownSeconds(folder) ?? 0));

  const giveUp = (jobs: readonly QueuedJob[], why: string): void => {
    if (jobs.length === 0) return;
    for (const { id } of jobs) givenUp.add(id);
    const some = jobs.slice(0, 5).map(({ id }) => id);
    const more = jobs.length > some.length ? ` and ${jobs.length - some.length} more` : "";
    onNotice(`${why}: ${some.join(", ")}${more}: not waited for any more, and what is missing is submitted again`);
  };

  return {
    submitted(array) {
      for (const id of givenUp) if (id.split("_")[0] === array) givenUp.delete(id);
    },
    async drained() {
      const { size } = givenUp;
      let isSilent = false;
      let wasSilent = false;
      let count = Number.NaN;
      let since = performance.now();
      for (;;) {
        if (signal?.aborted) throw cancelledAt(manifest.id, folder);
        const told = await queuedJobs(name);
        const rest = missing();
        if (rest.length === 0) return givenUp.size === size && !wasSilent;
        if (!told && !isSilent) onNotice("Slurm does not answer: waiting for it");
        isSilent = !told;
        wasSilent ||= isSilent;
        const ended = endedJobs(folder);
        const fresh = told?.filter(({ id }) => !givenUp.has(id) && !ended.has(id));
        giveUp(fresh?.filter(({ reason }) => HELD.test(reason)) ?? [], "Slurm could not start jobs and holds them");
        const jobs = fresh?.filter(({ id }) => !givenUp.has(id));
        if (jobs?.length === 0) return givenUp.size === size && !wasSilent;
        const begun = jobs?.filter(({ state }) => state !== "pending") ?? [];
        if (rest.length !== count || begun.length === 0) since = performance.now();
        count = rest.length;
        if (performance.now() - since > 1000 * most())
          giveUp(begun, `no result for ${Math.round(most())} s from jobs that Slurm says are running`);
        else await pause(pollEvery, signal);
      }
    },
  };
};
