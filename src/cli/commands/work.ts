import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { callText, shellWord } from "../../call-text.ts";
import { invalid, isLandauError, LandauError } from "../../errors.ts";
import type { Shard } from "../../lab/node/cluster/task-list.ts";
import { countText } from "../count-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { wholeNumber } from "../option-values.ts";
import { showWork } from "../progress/work-progress.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine } from "../terminal.ts";

interface WorkFlags {
  readonly runs: string;
  readonly tasks?: string;
  readonly shard?: Shard;
  readonly on?: string;
  readonly lease: number;
  readonly workers?: number;
  readonly json?: true;
}

export const workCommand = (session: Session): Command =>
  withRuns(
    makeCommand(session, "work", "do the tasks of a run that are not done yet, beside any number of others that do so")
      .argument("<run>", "a run's folder, or its name")
      .addOption(
        new Option(
          "--tasks <file>",
          'only the tasks named in a file, one a line; "-" reads the standard input',
        ).conflicts(["shard", "on"]),
      )
      .addOption(
        new Option("--shard <i/n>", "only the i-th of n parts, from 1")
          .argParser(parseShard)
          .conflicts(["tasks", "on"]),
      )
      .option("--on <redis>", "take tasks from a queue, redis://HOST:PORT, until it has ended")
      .option(
        "--lease <seconds>",
        "how long a worker of a queue that is not heard of keeps its tasks",
        wholeNumber("lease", { min: 1, max: 86_400 }),
        30,
      )
      .option(
        "--workers <number>",
        "threads to use (default: all cores)",
        wholeNumber("workers", { min: 1, max: 1024 }),
      )
      .option("--json", "print JSON"),
  )
    .addHelpText(
      "after",
      "\nA task whose result is there and whole is left alone; one that was begun goes on from its saved state. Two workers at one task do\n" +
        "no harm. Without --tasks or --shard all rounds of the run are worked through. The exit code is 1 when a task failed.",
    )
    .addHelpText(
      "after",
      examples("work runs/sweep-20261124-101500", "work last --shard 3/8", "work last --tasks part-3.txt --workers 1"),
    )
    .action(async (name: string, flags: WorkFlags) => {
      const { terminal } = session;
      if (flags.on !== undefined) {
        const { workOnQueueOf } = await import("../work-on-queue.ts");
        return workOnQueueOf(session, name, { ...flags, on: flags.on });
      }
      const [{ findRun }, { readManifest }] = await Promise.all([
        import("../../lab/node/run-names.ts"),
        import("../../lab/node/manifest.ts"),
      ]);
      const folder = findRun(name, flags.runs);
      const manifest = readManifest(folder);
      const [
        { systemsWith, checkSource },
        { work, workThrough, inOwnOrder },
        { readHistories },
        { listedTasks, shardOf },
        { checkGoesOn },
        threads,
      ] = await Promise.all([
        import("../../lab/node/experiment-file.ts"),
        import("../../lab/node/cluster/work.ts"),
        import("../../lab/node/cluster/worker-log.ts"),
        import("../../lab/node/cluster/task-list.ts"),
        import("../../lab/node/goes-on.ts"),
        import("../../lab/node/threads.ts"),
      ]);
      const { systems } = await systemsWith(manifest.spec.system);
      checkSource(manifest.spec, systems);
      const own = await ownTasks(flags, text => listedTasks(manifest.tasks, text.content, text.source));
      const tasks = own ?? (flags.shard ? shardOf(manifest.tasks, flags.shard) : undefined);
      const count = { made: 0, found: 0, failed: 0 };
      const total = (tasks ?? manifest.tasks).length;
      const progress = showWork(terminal, { what: `run ${manifest.id}`, unit: "tasks", total });
      let firstError: string | undefined;
      const { workers = availableParallelism() } = flags;
      const executor = threads.threadExecutor(workers);
      const options = {
        systems,
        executor,
        signal: terminal.signal,
        onTask(_: unknown, how: "made" | "found" | "failed", error?: Error) {
          count[how]++;
          firstError ??= error?.message;
          progress.update(Math.min(total, count.made + count.found));
        },
      };
      printLine(terminal.stderr, `run ${manifest.id}: ${countText(total, "task")}, ${countText(workers, "worker")}`);
      try {
        if (tasks) {
          await checkGoesOn(manifest, systems);
          await work(folder, inOwnOrder(tasks, readHistories(folder)), options);
        } else await workThrough(folder, manifest, options);
      } catch (cause) {
        if (!isLandauError(cause, "cancelled")) throw cause;
        const goOn = callText(session.call.slice("landau ".length));
        throw new LandauError("cancelled", `stopped after ${countText(count.made, "task")}; to go on: ${goOn}`, {
          cause,
        });
      } finally {
        executor.close?.();
        progress.stop();
      }
      if (flags.json) printJson(terminal, { run: manifest.id, folder, ...count, error: firstError ?? null });
      else printCounts(session, folder, count, firstError);
      if (count.failed > 0) session.exitCode = exitCodes.wrong;
    });

const ownTasks = async <T>(
  { tasks: file }: WorkFlags,
  parse: (text: { readonly content: string; readonly source: string }) => T,
): Promise<T | undefined> => {
  if (file === undefined) return undefined;
  const { cannotRead } = await import("../../lab/node/files.ts");
  const source = file === "-" ? "the standard input" : file;
  let content: string;
  try {
    // Descriptor 0 may be closed, or a folder: refused as a file would be.
    content = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    return cannotRead(source)(error as NodeJS.ErrnoException);
  }
  return parse({ content, source });
};

const printCounts = (
  { terminal: { stdout } }: Session,
  folder: string,
  { made, found, failed }: { readonly made: number; readonly found: number; readonly failed: number },
  error: string | undefined,
): void => {
  const failures = failed > 0 ? `, ${countText(failed, "task")} failed; the first: ${error}` : "";
  printLine(stdout, `made ${countText(made, "task")}, found ${found} done${failures}`);
  printLine(stdout, `next: ${callText(`gather ${shellWord(folder)}`)}`);
};

/** "3/8" */
const parseShard = (text: string): Shard => {
  const [, part, of] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (!(shard.part >= 1 && shard.part <= shard.of))
    throw invalid("--shard", text, "i/n with i from 1 to n, such as 3/8");
  return shard;
};
