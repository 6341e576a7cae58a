import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import { unknownWord } from "../../lab/nearest.ts";
import type { DrawTable } from "../../logs/draws.ts";
import type { Diagnostic } from "../../sampling/diagnostics/diagnostic.ts";
import type { Summary } from "../../sampling/diagnostics/summary.ts";
import { conditionColours } from "../health-text.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";

interface DiagnoseFlags {
  readonly only?: string[];
  readonly json?: true;
}

export const diagnoseCommand = (session: Session): Command =>
  makeCommand(session, "diagnose", "say how far the draws of a sampler, any sampler, can be trusted")
    .argument("<file...>", "a CSV or npz file of draws, or a CSV file for each chain")
    .option("--only <name...>", "only these quantities")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nCSV: a column for each quantity and a column chain (and perhaps draw); or a column for each chain of one quantity;\n" +
        "or one file a chain, as Stan writes. npz: arrays of chains x draws, or chains x draws x the shape of what is drawn.\n" +
        "R-hat should be at most 1.01, and the effective draws of bulk and tails at least 100 for each chain.",
    )
    .addHelpText(
      "after",
      examples(
        "landau diagnose draws.csv",
        "landau diagnose draws.npz --only mu tau --json",
        "landau diagnose chain-1.csv chain-2.csv chain-3.csv chain-4.csv",
      ),
    )
    .action(async (paths: string[], { only, json }: DiagnoseFlags) => {
      const { terminal } = session;
      const { summarise } = await import("../../sampling/diagnostics/summary.ts");
      const table = await readDraws(paths);
      const quantities = only ? only.map(name => named(table, name)) : table.quantities;
      const summaries = quantities.map(({ name, chains }) => summarise(name, chains));
      if (json)
        printJson(terminal, { chains: table.chains, draws: table.draws, notes: table.notes, quantities: summaries });
      else print(terminal, table, summaries);
    });

const readDraws = async (paths: readonly string[]): Promise<DrawTable> => {
  const { readFile } = await import("node:fs/promises");
  const files = await Promise.all(
    paths.map(async name => {
      try {
        return { name, bytes: new Uint8Array(await readFile(name)) };
      } catch (cause) {
        throw new LandauError("input", `cannot read ${name}: ${(cause as Error).message}`, { cause });
      }
    }),
  );
  // By the first bytes, whatever the name says.
  const isZip = ({ bytes }: { bytes: Uint8Array }): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
  const [first] = files;
  if (!files.some(isZip)) return (await import("../../logs/draws-csv.ts")).readDrawsCsv(files);
  if (files.length > 1)
    throw new LandauError("input", `${files.length} files, one of them npz: needs a single npz file, or CSV files`);
  return (await import("../../logs/draws-npz.ts")).readDrawsNpz(first.bytes, first.name);
};

const named = ({ quantities }: DrawTable, name: string) => {
  const found = quantities.find(quantity => quantity.name === name);
  if (!found)
    throw new LandauError(
      "input",
      unknownWord(
        "quantity",
        name,
        quantities.map(quantity => quantity.name),
      ),
    );
  return found;
};

const print = (terminal: Terminal, { chains, draws, notes }: DrawTable, summaries: readonly Summary[]): void => {
  const { stdout } = terminal;
  const colours = coloursOf(terminal);
  const conditions = conditionColours(colours);
  const header = ["", "mean", "+-", "sd", "5 %", "median", "95 %", "ESS bulk", "tail", "R-hat", "health"];
  const lines = textTable(summaries.map(row), {
    width: Math.max(widthOf(stdout), 120),
    header,
    paint(cell, line, column) {
      if (line < 0) return colours.bold(cell);
      return column < header.length - 1 ? cell : conditions[summaries[line].health.outcome](cell);
    },
  });
  for (const line of lines) printLine(stdout, line);
  printLine(stdout);
  const good = summaries.filter(({ health }) => health.outcome === "good").length;
  printLine(
    stdout,
    `${chains} ${chains === 1 ? "chain" : "chains"} of ${draws} draws: ${good} of ${summaries.length} quantities good`,
  );
  if (chains === 1) printLine(stdout, "note: a single chain cannot disagree: run 4");
  for (const note of notes) printLine(stdout, `note: ${note}`);
};

const row = ({ name, mean, mcseMean, sd, quantiles, essBulk, essTail, rHat, health }: Summary): string[] => [
  name,
  ...[mean, mcseMean, sd, ...quantiles.map(({ value }) => value)].map(value => text(value, 4)),
  ...[essBulk, essTail].map(value => (value.kind === "value" ? String(Math.round(value.value)) : "-")),
  rHat.kind === "value" ? rHat.value.toFixed(3) : "-",
  `${health.outcome}: ${health.text.replaceAll("\n", "; ")}`,
];

const text = (diagnostic: Diagnostic, digits: number): string =>
  diagnostic.kind === "value" ? String(Number(diagnostic.value.toPrecision(digits))) : "-";
