import type { Command } from "commander";
import { callText } from "../../call-text.ts";
import type { RunLine } from "../../lab/node/run-list.ts";
import { partsOfName } from "../../lab/node/run-names.ts";
import type { RunSummary } from "../../lab/node/runs.ts";
import { withRuns } from "../run-flags.ts";
import { durationText, resultText, sizeText } from "../run-text.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine, widthOf } from "../terminal.ts";
import { fitted } from "../text-width.ts";

export const runsCommand = (session: Session): Command =>
  withRuns(
    makeCommand(
      session,
      "runs",
      "list the runs, oldest first: when, what came out, how long, how large, of what command",
    ),
  )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nA run is called by its date here, its name, its system (then the latest is meant) or "last": ${callText("show last")}.`,
    )
    .addHelpText("after", examples("runs", "runs --runs /data/runs --json"))
    .action(async ({ runs, json }: { runs: string; json?: true }) => {
      const { terminal } = session;
      const { stdout } = terminal;
      const { runLines } = await import("../../lab/node/run-list.ts");
      const lines = await runLines(runs);
      if (json) {
        const { listRuns } = await import("../../lab/node/runs.ts");
        printJson(
          terminal,
          listRuns(runs).map((run, i) => summary(run, lines[i])),
        );
      } else if (lines.length === 0)
        printLine(stdout, `no runs in ${runs}: ${callText("reproduce superposition")} makes one`);
      else for (const row of tableOf(lines)) printLine(stdout, stdout.isTTY ? fitted(row, widthOf(stdout)) : row);
    });

const HEADER = ["run", "result", "time", "size", "command"];

/** One row for each run; what would be cut on a narrow terminal stands last. */
const tableOf = (lines: readonly RunLine[]): readonly string[] => {
  const rows = [HEADER, ...lines.map(rowOf)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const isRight = (column: number) => column === 2 || column === 3;
  return rows.map(row =>
    row
      .map((cell, column) => (isRight(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join("  ")
      .trimEnd(),
  );
};

const rowOf = (line: RunLine): readonly string[] => {
  const { id, status, error, command, bytes } = line;
  const result = status === "unreadable" ? status : resultText(line);
  return [
    partsOfName(id).stamp || id,
    result,
    durationText(line),
    sizeText(bytes),
    (command ?? error ?? "").replaceAll(/\s+/g, " "),
  ];
};

const summary = (
  { id, path, status, error, manifest }: RunSummary,
  { seconds, verdicts, bytes, standing }: RunLine,
) => ({
  id,
  path,
  status,
  ...(error !== undefined && { error }),
  ...(manifest && {
    created: manifest.created,
    command: manifest.command,
    versions: manifest.versions,
    system: manifest.spec.system,
    seed: manifest.spec.seed,
    studies: manifest.spec.studies.map(({ name, protocol, chains }) => ({ name, protocol, chains })),
  }),
  ...(standing !== undefined && { standing }),
  seconds: seconds ?? null,
  verdicts: verdicts ?? null,
  bytes,
});
