import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import type { RunLine } from "../../lab/node/run-list.ts";
import { partsOfName } from "../../lab/node/run-names.ts";
import { countText } from "../count-text.ts";
import { wholeNumber } from "../option-values.ts";
import { withRuns } from "../run-flags.ts";
import { durationText, resultText, sizeText } from "../run-text.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printLine, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";

interface PruneFlags {
  readonly runs: string;
  readonly keep: number;
  readonly older?: number;
  readonly unfinished?: true;
  readonly yes?: true;
}

export const pruneCommand = (session: Session): Command =>
  withRuns(makeCommand(session, "prune", "delete runs: says which would go, and deletes them with --yes"))
    .argument("[run...]", "the runs that go (default: the finished ones that have a newer of their kind)")
    .option("--keep <number>", "newest runs of each kind that stay", wholeNumber("keep"), 1)
    .option("--older <days>", "only runs that are older", wholeNumber("older"))
    .option("--unfinished", "interrupted and unreadable runs too; without it they stay, as they can be resumed")
    .option("--yes", "delete them")
    .addHelpText("after", "\nRuns of a kind have the same system and title. A run that is running is never deleted.")
    .addHelpText("after", examples("prune", "prune --keep 2 --older 30 --yes", "prune 20260101-120000 --yes"))
    .action(async (names: string[], flags: PruneFlags) => {
      const { stdout } = session.terminal;
      const { runLines } = await import("../../lab/node/run-list.ts");
      const { deleteRun, isRunFolder } = await import("../../lab/node/delete-run.ts");
      const lines = (await runLines(flags.runs)).filter(({ path }) => isRunFolder(path));
      const gone = names.length > 0 ? await named(names, lines, flags) : superseded(lines, flags, Date.now());
      if (gone.length === 0) return printLine(stdout, "nothing to delete");
      const rows = gone.map(line => [line.id, durationText(line), sizeText(line.bytes), resultText(line)]);
      for (const text of textTable(rows, { width: widthOf(stdout) })) printLine(stdout, text);
      const total = `${countText(gone.length, "run")}, ${sizeText(gone.reduce((sum, { bytes }) => sum + bytes, 0))}`;
      if (!flags.yes) return printLine(stdout, `\n${total} would be deleted: add --yes to do it`);
      for (const { path } of gone) deleteRun(path);
      printLine(stdout, `\n${total} deleted`);
    });

const isUnfinished = ({ status }: RunLine): boolean => status === "interrupted" || status === "unreadable";

const named = async (
  names: readonly string[],
  lines: readonly RunLine[],
  { runs, unfinished }: PruneFlags,
): Promise<readonly RunLine[]> => {
  const { findRun } = await import("../../lab/node/run-names.ts");
  const paths = new Set(names.map(name => findRun(name, runs)));
  const found = lines.filter(({ path }) => paths.has(path));
  const missing = [...paths].find(path => !found.some(line => line.path === path));
  if (missing !== undefined)
    throw new LandauError("input", `${missing} is not in ${runs}: name its folder with --runs`);
  const running = found.find(({ status }) => status === "running");
  if (running) throw new LandauError("input", `${running.id} is running: stop it first`);
  const half = found.find(isUnfinished);
  if (half && !unfinished)
    throw new LandauError(
      "input",
      `${half.id} is ${half.status}, and could be resumed or looked at: add --unfinished to delete it all the same`,
    );
  return found;
};

const DAY = 86_400_000;

/** The runs that have enough newer ones of their kind. */
const superseded = (
  lines: readonly RunLine[],
  { keep, older = 0, unfinished }: PruneFlags,
  now: number,
): readonly RunLine[] => {
  const newer = new Map<string, number>();
  const gone: RunLine[] = [];
  for (const line of [...lines].reverse()) {
    const age = line.created === undefined ? Number.POSITIVE_INFINITY : (now - Date.parse(line.created)) / DAY;
    if (isUnfinished(line)) {
      if (unfinished && age >= older) gone.push(line);
      continue;
    }
    if (line.status !== "finished") continue;
    const { kind } = partsOfName(line.id);
    const before = newer.get(kind) ?? 0;
    newer.set(kind, before + 1);
    if (before >= keep && age >= older) gone.push(line);
  }
  return gone.reverse();
};
