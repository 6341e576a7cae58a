import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import { cannotRead } from "../../lab/node/files.ts";
import type { CapabilityTable } from "../../logs/capability/capability-table.ts";
import type { TaskAudit } from "../../transitions/emergence/audit-task.ts";
import { verdictWords } from "../../transitions/emergence/task-verdict.ts";
import { decimalNumber, wholeNumber } from "../option-values.ts";
import { scaleText, taskLines } from "../results/audit-text.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { wrap } from "../text-table.ts";

interface AuditFlags {
  readonly task?: string[];
  readonly scale?: string;
  readonly exact?: string;
  readonly continuous?: string;
  readonly length?: number;
  readonly items?: number;
  readonly chance?: number;
  readonly small?: number;
  readonly report?: string;
  readonly json?: true;
}

/** Says of a capability table whether its jumps are in the metric or in what was learned. */
export const auditCommand = (session: Session): Command =>
  makeCommand(session, "audit", "say whether a jump of a capability with scale is real, or made by its metric")
    .argument("<table>", "a CSV, TSV, JSON Lines, JSON or Parquet file of scores")
    .option("--task <name...>", "only these tasks")
    .option("--scale <column>", "the column of scale")
    .option("--exact <metric>", "the metric that is exact match")
    .option("--continuous <metric>", "the metric that becomes an accuracy per token")
    .option("--length <tokens>", "tokens of a target, where no column says", decimalNumber("length", { above: 0 }))
    .option("--items <number>", "test items, where no column says", wholeNumber("items", { min: 1 }))
    .option("--chance <share>", "exact match of guessing", decimalNumber("chance", { min: 0, max: 0.999 }))
    .option(
      "--small <number>",
      "models that forecasts see (default: the smaller half)",
      wholeNumber("small", { min: 3 }),
    )
    .option("--report <file>", "write an HTML report with pictures")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nA row for each score: columns scale (or params, flops, step), metric, score, and perhaps task, model, seed, n (items) and\n" +
        "length (tokens of a target). Or a row for each model with a column for each metric: exact_match, token_accuracy, loss\n" +
        "(nats per token), logprob, edit_distance, brier; k and n for counts. Or a row for each item, with a column item.\n" +
        "At least 6 scales. Exits with 0 also when there is no jump.",
    )
    .addHelpText(
      "after",
      examples(
        "audit examples/data/capability.csv",
        "audit scores.jsonl --task arithmetic --report arithmetic.html",
        "audit scores.parquet --scale flops --exact em --continuous target_logprob --length 5 --json",
      ),
    )
    .action(async (path: string, flags: AuditFlags) => {
      const { terminal } = session;
      const { tasks: all, notes } = await tableOf(path, flags);
      const wanted = flags.task ?? all.map(({ task }) => task);
      const missing = wanted.find(name => !all.some(({ task }) => task === name));
      if (missing !== undefined)
        throw new LandauError(
          "input",
          `${path}: no task ${JSON.stringify(missing)}: has ${all.map(({ task }) => task).join(", ")}`,
        );
      const { auditTask } = await import("../../transitions/emergence/audit-task.ts");
      const { discoveries } = await import("../../transitions/emergence/signs.ts");
      const { chance, small } = flags;
      const options = { ...(chance !== undefined && { chance }), ...(small !== undefined && { m: small }) };
      const failed: string[] = [];
      const audits = all
        .filter(({ task }) => wanted.includes(task))
        .flatMap(task => {
          try {
            return [auditTask(task, options)];
          } catch (error) {
            if (!(error instanceof LandauError)) throw error;
            failed.push(error.message);
            return [];
          }
        });
      if (audits.length === 0) throw new LandauError("input", `${path}: ${[...failed, ...notes].join("; ")}`);
      const said = [...notes, ...failed.map(text => `${text}: left out`)];
      const kept = discoveries(audits.map(({ gaussian }) => gaussian?.deltaJump ?? 0));
      const jumps = audits.filter(({ verdict }) => verdict === "jump-in-continuous-metric").length;
      const lost = audits.filter((each, i) => each.verdict === "jump-in-continuous-metric" && !kept[i]);
      const search =
        audits.length > 1 && jumps > 0
          ? `${audits.length} tasks were searched: ${jumps - lost.length} of ${jumps} jumps stay at a false discovery rate of 5 % (Benjamini and Hochberg)${lost.length > 0 ? `, not ${lost.map(({ task }) => task).join(", ")}` : ""}`
          : undefined;
      if (flags.report !== undefined) {
        const { writeAuditReport } = await import("../../report/audit.ts");
        await writeAuditReport(audits, {
          title: path,
          call: session.call,
          path: flags.report,
          notes: [...(search ? [search] : []), ...said],
        });
      }
      if (flags.json) printJson(terminal, { tasks: audits, searched: audits.length, kept, notes: said });
      else print(terminal, audits, [...(search ? [search] : []), ...said], flags.report);
    });

const tableOf = async (path: string, flags: AuditFlags): Promise<CapabilityTable> => {
  const [{ readFile }, { readCapability }] = await Promise.all([
    import("node:fs/promises"),
    import("../../logs/capability/read-capability.ts"),
  ]);
  const bytes = await readFile(path).catch(cannotRead(path));
  const { scale, exact, continuous, length, items } = flags;
  return readCapability(new Uint8Array(bytes), path, { scale, exact, continuous, length, items });
};

const PLAIN_WIDTH = 80;

const print = (
  terminal: Terminal,
  audits: readonly TaskAudit[],
  notes: readonly string[],
  report: string | undefined,
): void => {
  const { stdout } = terminal;
  const width = stdout.isTTY ? Math.min(widthOf(stdout), PLAIN_WIDTH) : PLAIN_WIDTH;
  const { bold } = coloursOf(terminal);
  for (const [i, audit] of audits.entries()) {
    const { task, verdict, scale, length, n } = audit;
    if (i > 0) printLine(stdout);
    const items = n
      ? `, ${Math.min(...n) === Math.max(...n) ? n[0] : `${Math.min(...n)} to ${Math.max(...n)}`} items`
      : "";
    const tokens = length === null ? "" : `, targets of ${Number(length.toPrecision(4))} tokens`;
    const head = `task ${task}: ${scale.length} scales from ${scaleText(scale[0])} to ${scaleText(scale[scale.length - 1])}${items}${tokens}`;
    for (const line of wrap(head, width)) printLine(stdout, line);
    for (const line of wrap(verdictWords[verdict], width)) printLine(stdout, bold(line));
    printLine(stdout);
    for (const line of taskLines(audit, width)) printLine(stdout, line);
  }
  if (notes.length > 0 || report !== undefined) printLine(stdout);
  for (const note of notes) for (const line of wrap(`note: ${note}`, width)) printLine(stdout, line);
  if (report !== undefined) printLine(stdout, `report: ${report}`);
};
