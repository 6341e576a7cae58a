import type { Command } from "commander";
import { callText } from "../../call-text.ts";
import type { RunRecord } from "../../contracts/index.ts";
import { LandauError } from "../../errors.ts";
import { cannotRead } from "../../lab/node/files.ts";
import type { OrderTable } from "../../logs/order-table.ts";
import type { Observation, OrderVerdict } from "../../transitions/order/index.ts";
import { lacksLearner, listSystems } from "../find.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";

interface OrderFlags {
  readonly runs: string;
  readonly json?: true;
}

/** Says of what order a transition is, from runs or from a plain table. */
export const orderCommand = (session: Session): Command =>
  makeCommand(session, "order", "say of what order a transition is, from runs or a table of samples")
    .argument("<source...>", "a run, several runs, or one CSV file")
    .option("--runs <folder>", "folder of the runs", "runs")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nCSV: a line for each sample, with columns control and sample (the order parameter), and perhaps size, energy,\n" +
        "direction (up or down), pace and chain. Several sizes, or sweeps up and down, are what a verdict rests on.",
    )
    .addHelpText(
      "after",
      examples("order samples.csv", "order 20260101-120000-anneal --json", "order run-a run-b run-c"),
    )
    .action(async (sources: string[], { runs, json }: OrderFlags) => {
      const { orderOfTransition } = await import("../../transitions/order/index.ts");
      const tables = await Promise.all(
        sources.map((source, i) => tableOf(source, runs, sources.length > 1 ? i : null)),
      );
      const [control, other] = new Set(tables.map(table => table.control));
      if (other !== undefined)
        throw new LandauError(
          "input",
          `${sources.join(", ")} sweep ${control} and ${other}: needs sources of one control`,
        );
      const found = orderOfTransition(
        tables.flatMap(({ observations }) => observations),
        { control },
      );
      const notes = tables.flatMap(table => table.notes);
      if (json) printJson(session.terminal, { ...found, notes });
      else print(session.terminal, found, notes);
    });

const tableOf = async (source: string, runs: string, index: number | null): Promise<OrderTable> => {
  if (/\.(csv|tsv|txt)$/i.test(source)) {
    const { readFile } = await import("node:fs/promises");
    const { readOrderTable } = await import("../../logs/order-table.ts");
    const bytes = await readFile(source).catch(cannotRead(source));
    return readOrderTable(new Uint8Array(bytes), source);
  }
  await refuseWithoutLearner(source);
  const { readRun } = await import("../../lab/node/runs.ts");
  const run = readRun(source, runs);
  await refuseWithoutLearner(run.spec.system);
  const table = run.spec.studies.flatMap(({ name }) => [
    ...run.records(name, "sweep").map(record => sweep(record, index)),
    ...run.records(name, "samples").map(record => samples(record, index)),
  ]);
  if (table.length === 0)
    throw new LandauError(
      "input",
      `run ${source} holds neither sweeps nor samples of an order parameter: ${callText("anneal SYSTEM")} makes one that does`,
    );
  const [control = "control"] = run.spec.studies.flatMap(
    ({ settings }) => (settings?.control as string | undefined) ?? [],
  );
  return { observations: table, control, notes: [] };
};

/** A system in which nothing learns has no transition, named by itself or by a run of it. */
const refuseWithoutLearner = async (name: string): Promise<void> => {
  const listed = await listSystems();
  if (!Object.hasOwn(listed, name)) return;
  const system = await listed[name].load();
  if (!system.learner) throw lacksLearner(system, "order");
};

/** Runs side by side keep their chains apart. */
const chainOf = ({ chain }: RunRecord, index: number | null): string =>
  index === null ? String(chain) : `${index}/${chain}`;

const sweep = (record: RunRecord, index: number | null): Observation => ({
  control: record.control as number,
  pace: record.pace as number,
  direction: record.direction as "up" | "down",
  samples: [record.order as number],
  chain: chainOf(record, index),
  phase: record.label as string | undefined,
});

const samples = (record: RunRecord, index: number | null): Observation => ({
  control: record.control as number,
  size: record.size as number,
  samples: record.samples as readonly number[],
  chain: chainOf(record, index),
});

const digits = (value: number): string => String(Number(value.toPrecision(4)));

const print = (
  terminal: Terminal,
  { verdict, confidence, probability, control, where, exponents, phases, evidence, health }: OrderVerdict,
  notes: readonly string[],
): void => {
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const { bold } = coloursOf(terminal);
  const line = (text = "") => printLine(stdout, text);
  line(`${bold(verdict === "none" ? "no transition" : verdict)}, ${confidence} confidence`);
  const shares = Object.entries(probability).map(([order, share]) => `${order} ${(100 * share).toFixed(1)} %`);
  line(`after all evidence: ${shares.join(", ")}`);
  if (where)
    line(`at ${control} ${digits(where.control)} (${where.interval.map(digits).join(" to ")}), by ${where.by}`);
  if (exponents)
    for (const [name, { estimate, low, high }] of [
      ["1/nu", exponents.inverseNu],
      ["beta/nu", exponents.betaOverNu],
    ] as const)
      line(`${name} ${digits(estimate)} (${digits(low)} to ${digits(high)})`);
  if (phases.length > 0) {
    line();
    line(`phases along ${control}:`);
    for (const { below, above, interval } of phases)
      line(`  ${below} to ${above} between ${interval.map(digits).join(" and ")}`);
  }
  line();
  line("evidence:");
  const rows = evidence.map(({ probe, finding, support }) => {
    const best = Math.max(...Object.values(support));
    const against = Object.entries(support)
      .filter(([, value]) => value < best - 0.4)
      .map(([order]) => order);
    return [probe, `${finding}${against.length > 0 ? ` [against ${against.join(", ")}]` : ""}`];
  });
  for (const text of textTable(rows, { width: width - 2 })) line(`  ${text}`);
  const doubts = health.findings.filter(({ name }) => name !== "confidence").map(({ text }) => text);
  for (const note of [...notes, ...doubts]) for (const part of wrap(`note: ${note}`, width)) line(part);
};
