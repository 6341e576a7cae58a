import type { Command } from "commander";
import { callText, shellWord } from "../../call-text.ts";
import type { RunCheck } from "../../lab/node/check-run.ts";
import { checkText, faultsOf, faultText } from "../check-text.ts";
import { countText } from "../count-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine, type Terminal } from "../terminal.ts";

export const checkCommand = (session: Session): Command =>
  withRuns(makeCommand(session, "check", "verify every file of a run against the hashes it ended with"))
    .argument("<run>", 'a run, by its date, name, system or folder; "last" is the latest')
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nVerified are the list of tasks, logs, snapshots, verdicts, report, figures, and the lists of hashes themselves. A file that\n" +
        "is gone, cut, longer or altered is named, and the exit code is 1.",
    )
    .addHelpText("after", examples("check last", "check superposition --json"))
    .action(async (name: string, { runs, json }: { runs: string; json?: true }) => {
      const [{ findRun }, { checkRun }] = await Promise.all([
        import("../../lab/node/run-names.ts"),
        import("../../lab/node/check-run.ts"),
      ]);
      const folder = findRun(name, runs);
      const check = checkRun(folder);
      if (json) printJson(session.terminal, { folder, ...check });
      else print(folder, check, session.terminal);
      if (faultsOf(check).length > 0) session.exitCode = exitCodes.wrong;
    });

const print = (folder: string, check: RunCheck, { stdout }: Terminal): void => {
  const faults = faultsOf(check);
  const resume = callText(`resume ${shellWord(folder)}`);
  for (const file of faults) printLine(stdout, faultText(file));
  if (faults.length > 0)
    printLine(stdout, `${faults.length} of ${countText(check.files.length, "file")} cannot be relied on`);
  else if (check.isFinished) printLine(stdout, checkText(check));
  else
    printLine(
      stdout,
      `the run is not finished: ${countText(check.files.length, "file")} can be read, and nothing vouches for them yet. To go on: ${resume}`,
    );
  if (check.unknown.length > 0) printLine(stdout, `not of the run: ${listed(check.unknown)}`);
};

/** Names that are listed in full. */
const LISTED = 5;

const listed = (names: readonly string[]): string =>
  [...names.slice(0, LISTED), ...(names.length > LISTED ? [`and ${names.length - LISTED} more`] : [])].join(", ");
