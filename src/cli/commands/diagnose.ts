import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import { unknownWord } from "../../lab/nearest.ts";
import type { DrawTable, Quantity } from "../../logs/draws.ts";
import type { Diagnostic } from "../../sampling/diagnostics/diagnostic.ts";
import type { Summary } from "../../sampling/diagnostics/summary.ts";
import { coefficientIn, coefficientJson, type LossFlags, printCoefficient } from "../coefficient-of-draws.ts";
import { exitCodes } from "../exit-codes.ts";
import { decimalNumber } from "../option-values.ts";
import { showWork } from "../progress/work-progress.ts";
import { readDraws } from "../read-draws.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { wrap } from "../text-table.ts";

interface DiagnoseFlags extends LossFlags {
  readonly only?: string[];
  readonly json?: true;
}

export const diagnoseCommand = (session: Session): Command =>
  makeCommand(session, "diagnose", "say how far the draws of a sampler, any sampler, can be trusted")
    .argument("<file...>", "a file or Zarr store of draws, or a CSV file for each chain")
    .option("--only <name...>", "only these quantities")
    .option(
      "--nBeta <number>",
      "the draws are of a loss: what it was multiplied by, for its learning coefficient",
      decimalNumber("nBeta", { above: 0 }),
    )
    .option("--baseline <number>", "the loss at the point around which was sampled", decimalNumber("baseline"))
    .option("--loss <name>", "the quantity that is the loss (default: the one that is called so)")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nCSV: a column for each quantity and a column chain (and perhaps draw); or a column for each chain of one quantity;\n" +
        "or one file a chain, as Stan writes, whose warm-up is left out and whose sampler columns are judged for themselves.\n" +
        "npz, npy, Zarr, netCDF (ArviZ): arrays of chains x draws, or chains x draws x the shape of what is drawn. Parquet: as CSV.\n" +
        "A store of devinterp 2, or losses with --nBeta and --baseline: the learning coefficient, and what is wrong with its draws.\n" +
        "R-hat should be at most 1.01, and the effective draws of bulk and tails at least 100 for each chain.\n" +
        "Exits with 1 when something is doubtful or bad.",
    )
    .addHelpText(
      "after",
      examples(
        "diagnose draws.csv",
        "diagnose draws.npz --only mu tau --json",
        "diagnose chain-1.csv chain-2.csv chain-3.csv chain-4.csv",
        "diagnose samples.zarr",
        "diagnose losses.npz --nBeta 1000 --baseline 0.0312",
      ),
    )
    .action(async (paths: string[], { only, json, ...ofLoss }: DiagnoseFlags) => {
      const { terminal } = session;
      const [{ summarise }, { judgeTransitions }, { copyFinder }] = await Promise.all([
        import("../../sampling/diagnostics/summary.ts"),
        import("../../sampling/diagnostics/transitions.ts"),
        import("../../sampling/diagnostics/copies.ts"),
      ]);
      const table = await readDraws(terminal, paths, { only });
      const quantities = only ? only.flatMap(name => named(table, name)) : table.quantities;
      const copies = copyFinder();
      // One quantity at a time: its series are made when it is looked at.
      const shown = showWork(terminal, { what: "diagnosing", unit: "quantities", total: quantities.length });
      const summaries = quantities.map(({ name, chains }, index) => {
        shown.update(index);
        copies.see(chains);
        return summarise(name, chains);
      });
      shown.stop();
      const coefficient = await coefficientIn(table, ofLoss, paths[0]);
      const findings: Sign[] = [...judgeTransitions(table.sampler ?? {}), ...copySigns(copies.pairs())];
      if (json)
        printJson(terminal, {
          chains: table.chains,
          draws: table.draws,
          notes: table.notes,
          findings,
          quantities: summaries,
          ...(coefficient && { coefficient: coefficientJson(coefficient) }),
        });
      else {
        print(terminal, table, findings, summaries);
        if (coefficient) printCoefficient(terminal, coefficient);
      }
      // Where the loss is looked at for itself, its rules hold, which know of minibatches and of a start.
      const others = summaries.filter(({ name }) => name !== coefficient?.losses.name);
      const isWrong = coefficient !== undefined && coefficient.result.health.outcome !== "good";
      if (isWrong || findings.some(({ outcome }) => outcome !== "good") || others.some(isDoubtful))
        session.exitCode = exitCodes.wrong;
    });

/** A sign of health of the whole file. */
interface Sign {
  readonly name: string;
  readonly outcome: "good" | "doubtful" | "bad";
  readonly text: string;
}

const copySigns = (pairs: readonly (readonly [number, number])[]): Sign[] =>
  pairs.length === 0
    ? []
    : [
        {
          name: "copies",
          outcome: "bad",
          text: `${pairs
            .slice(0, 3)
            .map(([a, b]) => `chains ${a + 1} and ${b + 1}`)
            .join(
              ", ",
            )}${pairs.length > 3 ? ` and ${pairs.length - 3} more pairs` : ""} hold the same draws, and agree by that alone: one file twice, or one seed twice?`,
        },
      ];

/** Draws that never move may be meant so, such as the fixed entries of a matrix. */
const isDoubtful = ({ health, mean }: Summary): boolean =>
  health.outcome === "doubtful" || (health.outcome === "undefined" && mean.kind === "undefined");

const named = ({ quantities }: DrawTable, name: string): readonly Quantity[] => {
  const found = quantities.filter(quantity => quantity.name === name);
  const entries = found.length > 0 ? found : quantities.filter(quantity => quantity.name.startsWith(`${name}[`));
  if (entries.length === 0)
    throw new LandauError(
      "input",
      unknownWord(
        "quantity",
        name,
        quantities.map(quantity => quantity.name),
      ),
    );
  return entries;
};

/** Lines that go to no terminal. */
const PLAIN_WIDTH = 80;
/** Complaints that are printed. */
const MOST = 20;

const print = (
  terminal: Terminal,
  { chains, draws, notes }: DrawTable,
  findings: readonly Sign[],
  summaries: readonly Summary[],
): void => {
  const { stdout } = terminal;
  const width = stdout.isTTY ? widthOf(stdout) : PLAIN_WIDTH;
  const { bold, green, yellow, red } = coloursOf(terminal);
  const colours = { good: green, doubtful: yellow, bad: red, undefined: red };
  const [header, ...lines] = tableLines(summaries, width);
  printLine(stdout, bold(header));
  for (const line of lines) printLine(stdout, line);
  printLine(stdout);
  const wrapped = (name: string, outcome: keyof typeof colours, text: string): void => {
    const [first, ...rest] = wrap(`${name}: ${outcome}: ${text}`, width);
    printLine(
      stdout,
      first.replace(`: ${outcome}:`, () => `: ${colours[outcome](outcome)}:`),
    );
    if (rest.length > 0) for (const line of wrap(rest.join(" "), width - 2)) printLine(stdout, `  ${line}`);
  };
  for (const { name, outcome, text } of findings) wrapped(name, outcome, text);
  const wrong = summaries.filter(({ health }) => health.outcome !== "good");
  for (const { name, health } of wrong.slice(0, MOST)) wrapped(name, health.outcome, health.text);
  if (wrong.length > MOST) printLine(stdout, `and ${wrong.length - MOST} more, which --json or --only show`);
  const trusted = summaries.length - wrong.length;
  const single = trusted > 0 && chains === 1 ? ", though a single chain cannot disagree: run 4" : "";
  for (const line of wrap(
    `${chains} ${chains === 1 ? "chain" : "chains"} of ${draws} draws: ${trusted} of ${summaries.length} quantities good${single}`,
    width,
  ))
    printLine(stdout, line);
  for (const note of notes) for (const line of wrap(`note: ${note}`, width)) printLine(stdout, line);
};

const HEADER = ["mean", "+-", "sd", "5 %", "median", "95 %", "ESS bulk", "tail", "R-hat"];
/** Significant digits and the gap between columns, from the widest table to the narrowest. */
const FORMS = [
  { digits: 4, gap: 2 },
  { digits: 4, gap: 1 },
  { digits: 3, gap: 1 },
  { digits: 2, gap: 1 },
] as const;

/** The header and a line for each quantity; where the names are too long, each stands on a line of its own. */
const tableLines = (summaries: readonly Summary[], width: number): string[] => {
  const names = ["", ...summaries.map(({ name }) => name)];
  const nameWidth = Math.max(...names.map(({ length }) => length));
  const tables = FORMS.map(({ digits, gap }) => {
    const rows = [HEADER, ...summaries.map(summary => row(summary, digits))];
    const widths = HEADER.map((_, column) => Math.max(...rows.map(cells => cells[column].length)));
    const numbers = rows.map(cells => cells.map((cell, column) => cell.padStart(widths[column])).join(" ".repeat(gap)));
    return { numbers, gap, width: numbers[0].length + gap };
  });
  const fitting = tables.find(table => nameWidth + table.width <= width);
  if (fitting) return fitting.numbers.map((line, i) => names[i].padEnd(nameWidth + fitting.gap) + line);
  const { numbers } = tables.find(table => table.width + 1 <= width) ?? tables[tables.length - 1];
  return numbers.flatMap((line, i) => (i === 0 ? [`  ${line}`] : [names[i], `  ${line}`]));
};

const row = ({ mean, mcseMean, sd, quantiles, essBulk, essTail, rHat }: Summary, digits: number): string[] => [
  ...[mean, mcseMean, sd, ...quantiles.map(({ value }) => value)].map(value => text(value, digits)),
  ...[essBulk, essTail].map(value => (value.kind === "value" ? String(Math.round(value.value)) : "-")),
  rHat.kind === "value" ? rHat.value.toFixed(3) : "-",
];

const text = (diagnostic: Diagnostic, digits: number): string =>
  diagnostic.kind === "value" ? String(Number(diagnostic.value.toPrecision(digits))) : "-";
