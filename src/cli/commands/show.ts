import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { callText, shellWord } from "../../call-text.ts";
import type { Systems } from "../../lab/complete-spec.ts";
import { fastModesText } from "../../lab/fast-modes.ts";
import type { RunCheck } from "../../lab/node/check-run.ts";
import type { Run } from "../../lab/node/runs.ts";
import { checkText, faultsOf } from "../check-text.ts";
import { countText } from "../count-text.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";
import { verdictCount, verdictLines } from "../verdict-text.ts";

export const showCommand = (session: Session): Command =>
  withRuns(
    makeCommand(session, "show", "show a run: its verdicts or results, what was run, its content hash and its report"),
  )
    .argument("<run>", 'a run, by its date, name, system or folder; "last" is the latest')
    .option("--json", "print JSON")
    .addHelpText("after", examples("show last", "show superposition", "show last --json"))
    .action(async (name: string, { runs, json }: { runs: string; json?: true }) => {
      const [{ readRun }, { checkRun }, { bytesOf }] = await Promise.all([
        import("../../lab/node/runs.ts"),
        import("../../lab/node/check-run.ts"),
        import("../../lab/node/run-list.ts"),
      ]);
      const run = readRun(name, runs);
      const check = run.status === "finished" && bytesOf(run.path) <= CHECKED_BYTES ? checkRun(run.path) : undefined;
      if (json) printJson(session.terminal, summary(run, check));
      else await print(run, check, session.terminal);
    });

/** Bytes of a run up to which its files are verified before it is shown: half a second of hashing. */
const CHECKED_BYTES = 300e6;

/** The report of a run, when it has been written. */
const reportOf = ({ path }: Run): string | undefined => {
  const report = join(path, "report.html");
  return existsSync(report) ? report : undefined;
};

const summary = (run: Run, check: RunCheck | undefined) => {
  const { id, path, status, created, command, versions, platform, seed, contentHash, spec, verdicts } = run;
  return {
    ...{ id, path, status, created, command, versions, platform, seed, contentHash, spec },
    report: reportOf(run) ?? null,
    checked: check ? faultsOf(check).length === 0 : null,
    verdicts,
  };
};

const print = async (run: Run, check: RunCheck | undefined, terminal: Terminal): Promise<void> => {
  const { id, path, status, created, command, versions, platform, seed, contentHash, spec, verdicts } = run;
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const colours = coloursOf(terminal);
  const line = (text = "") => printLine(stdout, text);
  const report = reportOf(run);
  line(colours.bold(id));
  if (status === "finished") {
    const [{ systemsWith }, { resultLines }] = await Promise.all([
      import("../../lab/node/experiment-file.ts"),
      import("../outcome.ts"),
    ]);
    const { systems } = await systemsWith(spec.system).catch(() => ({ systems: {} as Systems }));
    const system = systems[spec.system];
    const shown =
      verdicts.length > 0
        ? [...verdictLines(verdicts, system ?? { claims: [] }, { width, colours }), "", verdictCount(verdicts)]
        : system
          ? resultLines(terminal, system, run)
          : [];
    if (shown.length > 0) line();
    for (const text of shown) line(text);
  }
  line();
  const facts = [
    ["status", status],
    ["created", created],
    ["command", command],
    ["made by", `landau ${versions.landau}, node ${versions.node}, ${platform}`],
    ...(run.road ? [["road", run.road]] : []),
    ["system", spec.system],
    ["seed", String(seed)],
    ...(spec.fast ? [["fast", fastModesText(spec.fast)]] : []),
    ["content hash", contentHash],
    ...(status === "finished" ? [["checked", check ? checkText(check) : `no: ${callText(`check ${id}`)} does`]] : []),
    ["studies", studiesText(run)],
    ["folder", path],
    ...(report ? [["report", report]] : []),
  ];
  for (const text of textTable(facts, { width })) line(text);
  if (status === "interrupted") line(`\nto go on: ${callText(`resume ${shellWord(path)}`)}`);
  else if (!report && status === "finished") line(`\nto write the report: ${callText(`resume ${shellWord(path)}`)}`);
};

/** Studies that are listed. */
const LISTED = 8;

const studiesText = ({ spec: { studies } }: Run): string => {
  const lines = studies
    .slice(0, LISTED)
    .map(({ name, protocol, chains }) => `${name}: ${countText(chains, "chain")} of ${protocol}`);
  const more = studies.length > LISTED ? [`and ${studies.length - LISTED} more, which --json lists`] : [];
  return [...lines, ...more].join("\n");
};
