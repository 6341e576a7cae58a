import { existsSync, statSync } from "node:fs";
import { type Command, Option } from "commander";
import { callText } from "../../call-text.ts";
import { type Printed, printed } from "../../lab/node/cluster/print-plan.ts";
import { countText } from "../count-text.ts";
import { wholeNumber } from "../option-values.ts";
import { printPlanned } from "../planned-text.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printLine } from "../terminal.ts";

interface PlanFlags {
  readonly runs: string;
  readonly print?: Printed;
  readonly shards?: number;
  readonly json?: true;
}

/** Parts in which a printed plan hands out tasks unless told otherwise: enough to keep 25 machines busy to the end. */
const SHARDS = 100;

export const planCommand = (session: Session): Command =>
  withRuns(
    makeCommand(session, "plan", "make the folder of a run, whose tasks any number of workers may then do")
      .argument("<spec>", "a spec file; or a run that was planned before")
      .addOption(
        new Option("--print <what>", "print what runs its tasks: a command, a Makefile, a manifest").choices(printed),
      )
      .option(
        "--shards <number>",
        `parts in which the printed one hands out the tasks (default: ${SHARDS})`,
        wholeNumber("shards", { min: 1, max: 1_000_000 }),
      )
      .option("--json", "print JSON"),
  )
    .addHelpText(
      "after",
      `\nThe folder is all that workers need: see ${callText("work --help")}. It is given on the standard error where something is printed.`,
    )
    .addHelpText(
      "after",
      examples("plan wider.toml", "plan wider.toml --print parallel", "plan last --print kubernetes"),
    )
    .action(async (name: string, flags: PlanFlags) => {
      const { stdout, stderr } = session.terminal;
      const { id, folder, tasks } = await planOrFind(session, name, flags.runs);
      if (flags.print) {
        const { printedPlan } = await import("../../lab/node/cluster/print-plan.ts");
        const shards = Math.min(tasks, flags.shards ?? SHARDS);
        printLine(stderr, `run ${id}, ${countText(tasks, "task")}: ${folder}`);
        stdout.write(printedPlan(flags.print, { folder, id, tasks, shards }));
      } else printPlanned(session.terminal, { id, folder, tasks }, flags.json);
    });

const planOrFind = async (session: Session, name: string, runs: string) => {
  if (/\.(toml|json|ya?ml)$/i.test(name) || (existsSync(name) && statSync(name).isFile())) {
    const [{ readSpecFile }, { planRun }] = await Promise.all([
      import("../spec-file.ts"),
      import("../../lab/node/cluster/plan-run.ts"),
    ]);
    const { spec, systems } = await readSpecFile(name);
    const { manifest, path } = await planRun({ spec, systems, folder: runs, command: session.call });
    return { id: manifest.id, folder: path, tasks: manifest.tasks.length };
  }
  const [{ findRun }, { readManifest }, { writeTaskList }, { workerName }] = await Promise.all([
    import("../../lab/node/run-names.ts"),
    import("../../lab/node/manifest.ts"),
    import("../../lab/node/cluster/task-list.ts"),
    import("../../lab/node/cluster/worker-log.ts"),
  ]);
  const folder = findRun(name, runs);
  const { id, tasks } = readManifest(folder);
  // Runs that began otherwise have none.
  writeTaskList(folder, tasks, workerName());
  return { id, folder, tasks: tasks.length };
};
