import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { callText } from "../../call-text.ts";
import { LandauError } from "../../errors.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printLine } from "../terminal.ts";

export const openCommand = (session: Session): Command =>
  withRuns(makeCommand(session, "open", "open the report of a run in the browser, and say where it is"))
    .argument("[run]", "a run, by its date, name, system or folder", "last")
    .addHelpText("after", examples("open", "open superposition"))
    .action(async (name: string, { runs }: { runs: string }) => {
      const { terminal } = session;
      const [{ findRun }, { checkReportFile, REPORT }, { opener, start }] = await Promise.all([
        import("../../lab/node/run-names.ts"),
        import("../../lab/node/report-files.ts"),
        import("../browser.ts"),
      ]);
      const folder = findRun(name, runs);
      const report = join(folder, REPORT);
      if (!existsSync(report))
        throw new LandauError(
          "store",
          `${folder} has no report: ${callText(`resume ${folder}`)} finishes the run and writes it`,
        );
      checkReportFile(folder, REPORT);
      printLine(terminal.stdout, report);
      const program = terminal.stdout.isTTY ? opener(process.platform, terminal.env) : undefined;
      if (!program || !(await start(program, report)))
        printLine(terminal.stderr, "no browser to open it with here: copy the file, or open it by its path");
    });
