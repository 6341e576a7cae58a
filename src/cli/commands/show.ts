import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { fastModesText } from "../../lab/fast-modes.ts";
import type { Run } from "../../lab/node/runs.ts";
import { findSystem } from "../find.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";
import { verdictCount, verdictLines } from "../verdict-text.ts";

export const showCommand = (session: Session): Command =>
  withRuns(makeCommand(session, "show", "show a run: what was run, its verdicts, its content hash and its report"))
    .argument("<run>", 'a run\'s name or its beginning, its folder, or "last"')
    .option("--json", "print JSON")
    .addHelpText("after", examples("landau show last", "landau show last --json"))
    .action(async (name: string, { runs, json }: { runs: string; json?: true }) => {
      const { readRun } = await import("../../lab/node/runs.ts");
      const run = readRun(name, runs);
      if (json) printJson(session.terminal, summary(run));
      else await print(run, session.terminal);
    });

/** The report of a run, when it has been written. */
const reportOf = ({ path }: Run): string | undefined => {
  const report = join(path, "report.html");
  return existsSync(report) ? report : undefined;
};

const summary = (run: Run) => {
  const { id, path, status, created, command, versions, platform, seed, contentHash, spec, verdicts } = run;
  return {
    ...{ id, path, status, created, command, versions, platform, seed, contentHash, spec },
    report: reportOf(run) ?? null,
    verdicts,
  };
};

const print = async (run: Run, terminal: Terminal): Promise<void> => {
  const { id, path, status, created, command, versions, platform, seed, contentHash, spec, verdicts } = run;
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const report = reportOf(run);
  const studies = spec.studies.map(({ name, protocol, chains }) => `${name}: ${chains} chains of ${protocol}`);
  const facts = [
    ["run", id],
    ["status", status],
    ["created", created],
    ["command", command],
    ["made by", `landau ${versions.landau}, node ${versions.node}, ${platform}`],
    ["system", spec.system],
    ["seed", String(seed)],
    ...(spec.fast ? [["fast", fastModesText(spec.fast)]] : []),
    ["content hash", contentHash],
    ["studies", studies.join("\n")],
    ...(report ? [["report", report]] : []),
  ];
  for (const line of textTable(facts, { width })) printLine(stdout, line);
  if (verdicts.length > 0) {
    printLine(stdout);
    const system = await findSystem(spec.system);
    for (const line of verdictLines(verdicts, system, { width, colours: coloursOf(terminal) })) printLine(stdout, line);
    printLine(stdout);
    printLine(stdout, verdictCount(verdicts));
  }
  if (status === "interrupted") printLine(stdout, `\nto go on: landau resume ${path}`);
  else if (!report && status === "finished") printLine(stdout, `\nto write the report: landau resume ${path}`);
};
