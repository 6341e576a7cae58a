import type { Job, Queue } from "bullmq";
import { callText } from "../../../call-text.ts";
import type { Task } from "../../tasks.ts";
import { fileStem } from "../task-files.ts";
import { cancelledAt, type Engine, engineError, failuresText, pause, type RemoteRound } from "./engine.ts";
import {
  addressText,
  connectionOf,
  type EndSign,
  endSign,
  firstAnswer,
  loadBullMq,
  queueName,
} from "./queue-connection.ts";
import { type Answer, storeReturned } from "./returned.ts";
import { begunLast, openWorkerLog, readHistories, type WorkerLog } from "./worker-log.ts";

/** Jobs that are asked for, or added, at once. */
const AT_ONCE = 500;

/** Milliseconds for which a result may be on its way through a shared file system after its job has ended. */
const ON_ITS_WAY = 120_000;

/** What a job says: enough to do its task without the run folder. */
export interface JobData {
  readonly task: Task;
  /** The version of Landau that the run keeps. */
  readonly landau: string;
}

/** Runs rounds through a queue of BullMQ on Redis or Valkey, from which `landau work RUN --on ADDRESS` takes one task after the other. */
export const queueEngine = (address: string): Engine => {
  const connection = connectionOf(address);
  let queue: Queue<JobData, Answer> | undefined;
  let sign: EndSign | undefined;

  const open = async (round: RemoteRound): Promise<Queue<JobData, Answer>> => {
    if (queue) return queue;
    const { Queue } = await loadBullMq();
    const { id } = round.manifest;
    const made = new Queue<JobData, Answer>(queueName(id), { connection });
    queue = made;
    let isSilent = false;
    made.on("error", () => {
      if (!isSilent) round.onNotice(`${addressText(address)} does not answer: waiting for it`);
      isSilent = true;
    });
    await firstAnswer(address, made.waitUntilReady());
    isSilent = false;
    sign = await endSign(address, id);
    await sign.clear();
    round.onNotice(`workers: ${callText(`work ${id} --on ${addressText(address)}`)}`);
    return made;
  };

  return {
    async run(round) {
      const queue = await open(round);
      await serve(queue, round, openWorkerLog(round.folder));
    },
    async close(isOver) {
      if (!queue) return;
      const closing = queue;
      queue = undefined;
      try {
        if (isOver) {
          await within(3000, sign?.set());
          await within(3000, closing.obliterate({ force: true }));
        }
      } catch {
        // Nothing in it is needed any more.
      }
      sign?.close();
      await within(3000, closing.close()).catch(() => closing.disconnect());
    },
  };
};

const within = async <T>(milliseconds: number, doing: Promise<T> | undefined): Promise<T> => {
  const late = pause(milliseconds).then(() => {
    throw new Error("late");
  });
  return (await Promise.race([doing, late])) as T;
};

/** Adds what is missing, takes in what comes, and adds again what a server has lost. */
const serve = async (queue: Queue<JobData, Answer>, round: RemoteRound, log: WorkerLog): Promise<void> => {
  const { folder, manifest, signal, pollEvery, missing } = round;
  const tasks = new Map(round.tasks.map(task => [fileStem(task), task]));
  const failed = new Set<string>();
  const endedAt = new Map<string, number>();
  let rest = missing();
  await add(queue, rest, manifest.versions.landau);
  for (;;) {
    if (signal?.aborted) throw cancelledAt(manifest.id, folder);
    const ended = await endedJobs(queue);
    for (const job of ended) takeIn(job, tasks.get(String(job.id)), { folder, log, failed });
    rest = missing();
    if (rest.length === 0) return;
    const left = new Set(rest.map(fileStem));
    const known = new Set<string>();
    for (const job of ended) {
      const stem = String(job.id);
      if (!endedAt.has(stem)) endedAt.set(stem, performance.now());
      const isLate = performance.now() - endedAt.get(stem)! > ON_ITS_WAY;
      // Kept in the queue until its result is seen, so that nobody does it again meanwhile.
      if (left.has(stem) && !failed.has(stem) && !isLate && job.returnvalue && !job.returnvalue.result) known.add(stem);
      else {
        endedAt.delete(stem);
        await job.remove().catch(() => {});
      }
    }
    const toDo = rest.filter(task => !failed.has(fileStem(task)));
    if (toDo.length === 0) throw engineError(`${rest.length} tasks have no result: ${failuresText(folder, rest)}`);
    const { waiting = 0, active = 0, delayed = 0, prioritized = 0 } = await queue.getJobCounts();
    if (waiting + active + delayed + prioritized + known.size < toDo.length)
      await add(queue, begunLast(toDo, readHistories(folder)), manifest.versions.landau);
    if (ended.length < AT_ONCE) await pause(pollEvery, signal);
  }
};

/** Adds a job for each task; one that is there already stays as it is, as the name of a task is the name of its job. */
const add = async (queue: Queue<JobData, Answer>, tasks: readonly Task[], landau: string): Promise<void> => {
  for (let at = 0; at < tasks.length; at += AT_ONCE)
    await queue.addBulk(
      tasks.slice(at, at + AT_ONCE).map(task => ({
        name: "task",
        data: { task, landau },
        opts: { jobId: fileStem(task), removeOnComplete: false, removeOnFail: false },
      })),
    );
};

const endedJobs = async (queue: Queue<JobData, Answer>): Promise<readonly Job<JobData, Answer>[]> =>
  // One that was removed while it was asked for comes as undefined.
  (await queue.getJobs(["completed", "failed"], 0, AT_ONCE - 1)).filter(job => job !== undefined);

const takeIn = (
  { id, returnvalue, failedReason }: Job<JobData, Answer>,
  task: Task | undefined,
  { folder, log, failed }: { readonly folder: string; readonly log: WorkerLog; readonly failed: Set<string> },
): void => {
  if (!task) return;
  const stem = String(id);
  if (returnvalue?.result) {
    if (!storeReturned(folder, task, returnvalue.result))
      log.add({ failed: stem, error: "what came back is not whole" });
    return;
  }
  const reason = returnvalue ? returnvalue.failed : failedReason;
  if (reason === undefined || failed.has(stem)) return;
  failed.add(stem);
  log.add({ failed: stem, error: reason });
};
