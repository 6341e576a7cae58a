import { type Command, Option } from "commander";
import { formats } from "../../logs/training/sniff.ts";
import { stepText } from "../../report/number-text.ts";
import { type LogFlags, readRuns } from "../log-runs.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";
import { digits } from "../transition-text.ts";

const WIDTH = 80;

export const plateausCommand = (session: Session): Command =>
  makeCommand(session, "plateaus", "find plateaus in training logs, with the noise that the curves themselves show")
    .argument("<log...>", "training logs of any known format, or folders of them")
    .option("--series <name...>", "only these series")
    .addOption(
      new Option("--format <format>", "format of the logs, told by their bytes when absent").choices([...formats]),
    )
    .option("--axis <column>", "the column that counts steps")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nA plateau is a stretch whose line rises by no more than the noise hides, its dependence included. There is nothing to set.",
    )
    .addHelpText("after", examples("plateaus metrics.csv", "plateaus metrics.csv --series train_loss --json"))
    .action(async (paths: string[], flags: LogFlags & { readonly json?: true }) => {
      const { terminal } = session;
      const { levelStretches } = await import("../../transitions/detect/plateaus.ts");
      const { runs, format, notes } = await readRuns(terminal, paths, flags);
      const found = runs.map(({ run, series }) => ({
        run,
        series: series.map(({ name, step, value }) => ({ name, plateaus: levelStretches({ name, step, value }) })),
      }));
      if (flags.json) {
        printJson(terminal, { format, notes, runs: found });
        return;
      }
      const rows = found.flatMap(({ run, series }) =>
        series.flatMap(({ name, plateaus }) =>
          (plateaus ?? []).map(({ from, to, level }) => [
            runs.length > 1 ? `${run} ${name}` : name,
            `${stepText(from)} to ${stepText(to)}`,
            `${digits(level.estimate)} (${digits(level.low)} to ${digits(level.high)})`,
          ]),
        ),
      );
      if (rows.length === 0) printLine(terminal.stdout, "no plateau found");
      else
        for (const text of textTable(rows, { width: WIDTH, header: ["series", "steps", "level (95 %)"] }))
          printLine(terminal.stdout, text);
      const few = found.flatMap(({ series }) =>
        series.filter(({ plateaus }) => plateaus === null).map(({ name }) => name),
      );
      const said =
        few.length > 0 ? [...notes, `too few points (40 are needed): ${[...new Set(few)].join(", ")}`] : notes;
      if (said.length > 0) printLine(terminal.stdout);
      for (const note of said) for (const text of wrap(`note: ${note}`, WIDTH)) printLine(terminal.stdout, text);
    });
