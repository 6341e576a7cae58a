import type { Command } from "commander";
import { callText, shellWord } from "../../call-text.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import type { AuditedTask } from "../../lab/node/cluster/audit.ts";
import type { Gathered } from "../../lab/node/cluster/gather.ts";
import { countText } from "../count-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { wholeNumber } from "../option-values.ts";
import { showWork } from "../progress/work-progress.ts";
import { type RunFlags, withRunFlags } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine } from "../terminal.ts";

interface GatherFlags extends RunFlags {
  readonly audit?: number;
}

export const gatherCommand = (session: Session): Command =>
  withRunFlags(
    makeCommand(session, "gather", "say how far the workers of a run are; once they are done, its verdicts and report")
      .argument("<run>", 'a run\'s folder, its name, or "last"')
      .option(
        "--audit <number>",
        "do so many random tasks once more, here, and name the machines whose results differ",
        wholeNumber("audit", { min: 1, max: 1_000_000 }),
      ),
  )
    .addHelpText(
      "after",
      "\nWorks while workers run, from the folder alone. The exit code is 0 once the run is closed and nothing is wrong, else 1.",
    )
    .addHelpText("after", examples("gather runs/sweep-20261124-101500", "gather last --audit 20"))
    .action(async (name: string, flags: GatherFlags) => {
      const { terminal } = session;
      const [{ findRun }, { readManifest }, { systemsWith, checkSource }, { gather }] = await Promise.all([
        import("../../lab/node/run-names.ts"),
        import("../../lab/node/manifest.ts"),
        import("../../lab/node/experiment-file.ts"),
        import("../../lab/node/cluster/gather.ts"),
      ]);
      const folder = findRun(name, flags.runs);
      const { spec } = readManifest(folder);
      const { systems } = await systemsWith(spec.system);
      const gathered = await gather(folder, { systems, folder: flags.runs });
      const audited = flags.audit === undefined ? undefined : await auditHere(session, folder, flags);
      if (!gathered.run) {
        checkSource(spec, systems);
        session.exitCode = exitCodes.wrong;
      }
      const also = { ...standingJson(folder, gathered), ...(audited && { audit: auditJson(audited) }) };
      if (!flags.json) {
        printLine(terminal.stdout, standingText(gathered));
        for (const line of audited ? auditLines(audited) : []) printLine(terminal.stdout, line);
      }
      if (audited?.some(({ difference }) => difference !== undefined)) session.exitCode = exitCodes.wrong;
      const { run } = gathered;
      if (!run) {
        if (flags.json) printJson(terminal, also);
        else printLine(terminal.stdout, `next: ${nextText(folder, gathered)}`);
        return;
      }
      const { reportRun } = await import("../run-and-report.ts");
      await reportRun(session, run, systems[spec.system], flags, undefined, also);
    });

/** "37 of 2000 tasks done, 2 failed; first error: ... (on node7)" */
const standingText = ({ known, done, failed, planned, isHeld }: Gathered): string => {
  const [first] = failed;
  const failures = first ? `; first error: ${first.error} (on ${first.machine.host})` : "";
  const more = planned > 0 ? `; the next round has ${countText(planned, "task")}` : "";
  const holder = isHeld ? "; another process is at work on the run, and closes it in the end" : "";
  return `${done} of ${countText(known, "task")} done, ${failed.length} failed${failures}${more}${holder}`;
};

const nextText = (folder: string, { isHeld }: Gathered): string =>
  callText(`${isHeld ? "gather" : "work"} ${shellWord(folder)}`);

const standingJson = (folder: string, { manifest, known, done, failed, planned, run }: Gathered) => ({
  run: manifest.id,
  folder,
  known,
  done,
  planned,
  failed: failed.map(({ task, error, machine }) => ({ task: task.id, study: task.study, error, ...machine })),
  contentHash: run?.contentHash ?? null,
});

const auditHere = async (session: Session, folder: string, flags: GatherFlags): Promise<readonly AuditedTask[]> => {
  const [{ audit }, { threadExecutor }, { systemsWith }, { readManifest }] = await Promise.all([
    import("../../lab/node/cluster/audit.ts"),
    import("../../lab/node/threads.ts"),
    import("../../lab/node/experiment-file.ts"),
    import("../../lab/node/manifest.ts"),
  ]);
  const { systems } = await systemsWith(readManifest(folder).spec.system);
  const progress = showWork(session.terminal, { what: "audit", unit: "tasks", total: flags.audit! });
  let done = 0;
  try {
    return await audit(folder, flags.audit!, {
      systems,
      executor: threadExecutor(flags.workers),
      signal: session.terminal.signal,
      onTask: () => progress.update(++done),
    });
  } catch (cause) {
    if (!isLandauError(cause, "cancelled")) throw cause;
    const count = `${done} of ${countText(flags.audit!, "task")}`;
    throw new LandauError("cancelled", `the audit was stopped after ${count}: the run is as it was`, { cause });
  } finally {
    progress.stop();
  }
};

const auditLines = (audited: readonly AuditedTask[]): readonly string[] => {
  const wrong = audited.filter(({ difference }) => difference !== undefined);
  const one = ({ task, machine, difference }: AuditedTask) =>
    `  ${task.study} ${task.id}: ${difference}${machine ? `; made on ${machine.host}, ${machine.processor}` : ""}`;
  return [
    `audit: ${audited.length - wrong.length} of ${countText(audited.length, "task")} gave the same bytes here`,
    ...wrong.map(one),
  ];
};

const auditJson = (audited: readonly AuditedTask[]) =>
  audited.map(({ task, machine, difference }) => ({
    task: task.id,
    study: task.study,
    machine: machine ?? null,
    difference: difference ?? null,
  }));
