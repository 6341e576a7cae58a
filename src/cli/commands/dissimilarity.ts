import { type Command, Option } from "commander";
import { type OutputForm, outputForms, type ReadOutputs } from "../../logs/outputs/outputs-of-table.ts";
import type { DissimilarityVerdict, MeasureName, OutputTransition } from "../../transitions/dissimilarity/index.ts";
import { conditionColours } from "../health-text.ts";
import { decimalNumber, wholeNumber } from "../option-values.ts";
import { showWork } from "../progress/work-progress.ts";
import { withSeed } from "../run-flags.ts";
import { scanChart } from "../scan-chart.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";

interface DissimilarityFlags {
  readonly control?: string;
  readonly output?: string;
  readonly form?: OutputForm;
  readonly measure: MeasureName;
  readonly L?: string[];
  readonly bins?: number;
  readonly reference: number;
  readonly seed: number;
  readonly report?: string;
  readonly json?: true;
}

/** Says where the distribution of outputs changes along a control parameter. */
export const dissimilarityCommand = (session: Session): Command =>
  withSeed(
    makeCommand(session, "dissimilarity", "find where the distribution of outputs changes along a control parameter")
      .argument("<samples...>", "a table of outputs, or one for each value of the control")
      .option("--control <column>", "the column of the control (default: control, temperature, T, step, ...)")
      .option("--output <column>", "the column of the output (default: output, outcome, text, token, ...)")
      .addOption(
        new Option("--form <form>", "what the table holds, when it is not to be told").choices([...outputForms]),
      )
      .addOption(new Option("--measure <measure>", "what decides").choices(["lin", "js", "tv"]).default("lin"))
      .option("-L <lengths...>", "values of the control in a segment (default: 1 2 4 8 as far as they fit)")
      .option("--bins <number>", "bins for outputs that are numbers", wholeNumber("bins", { min: 2, max: 10_000 }))
      .option(
        "--reference <value>",
        "value under which energies -ln P are taken, of scores",
        decimalNumber("reference"),
        1,
      )
      .option("--report <file>", "write an HTML report with pictures")
      .option("--json", "print JSON"),
  )
    .addHelpText(
      "after",
      "\nCSV, TSV, JSON Lines, Parquet: a line for each sample with columns control and output (words, or numbers, which are\n" +
        "counted in bins), perhaps with a column logp@V of its log-probability under each value V of the control; or columns\n" +
        "control, output, count; or a line for each value with a column of counts or probabilities for each outcome; or a line\n" +
        "for each value and probe input. npz: control, and probabilities, counts, scores or samples.\n" +
        "Without a column of the control, one file for each value, with the value in its name.",
    )
    .addHelpText(
      "after",
      examples(
        "dissimilarity outputs.csv",
        "dissimilarity scored.jsonl --control temperature --report outputs.html",
        "dissimilarity T0.2.csv T0.4.csv T0.6.csv T0.8.csv --json",
        "dissimilarity checkpoints.npz -L 1 4 --measure js",
      ),
    )
    .action(async (paths: string[], flags: DissimilarityFlags) => {
      const { terminal } = session;
      const lengths = flags.L?.map(text => wholeNumber("L", { min: 1, max: 1_000_000 })(text));
      const { reference } = flags;
      const [{ readOutputs }, { findOutputTransitions }] = await Promise.all([
        import("../read-outputs.ts"),
        import("../../transitions/dissimilarity/index.ts"),
      ]);
      const { control, output, form, bins, measure, seed } = flags;
      const read = await readOutputs(paths, { control, output, form, bins });
      const shown = showWork(terminal, { what: "scanning", unit: "%", total: 100 });
      const verdict = findOutputTransitions(read.outputs, {
        measure,
        L: lengths,
        seed,
        reference,
        onProgress: fraction => shown.update(100 * fraction),
      });
      shown.stop();
      if (flags.report !== undefined) {
        const { writeDissimilarityReport } = await import("../../report/dissimilarity.ts");
        await writeDissimilarityReport(verdict, read, {
          title: paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`,
          call: session.call,
          path: flags.report,
        });
      }
      const { outputs: _, ...about } = read;
      if (flags.json)
        printJson(terminal, { ...verdict, controlName: read.control, ...about, control: verdict.control });
      else print(terminal, verdict, read, flags.report);
    });

/** Lines are no longer than those of a small terminal. */
const WIDTH = 80;

const digits = (value: number, count = 4): string => String(Number(value.toPrecision(count)));

const print = (
  terminal: Terminal,
  verdict: DissimilarityVerdict,
  { control, samples, form, notes, outcomes }: ReadOutputs,
  report: string | undefined,
): void => {
  const { stdout } = terminal;
  const width = Math.min(WIDTH, stdout.isTTY && stdout.columns ? Math.max(40, stdout.columns) : WIDTH);
  const colour = coloursOf(terminal);
  const line = (text = "") => printLine(stdout, text);
  const wrapped = (text: string) => {
    for (const part of wrap(text, width)) line(part);
  };
  const { transitions, scans, L, measure, nulls, health } = verdict;
  if (transitions.length === 0) {
    line(colour.bold("no transition found"));
    if (nulls) wrapped(nothingText(nulls.pValue, control));
  }
  transitions.forEach(transition => {
    const { location, interval } = transition;
    line(
      colour.bold(`outputs change at ${control} ${digits(location)}`) +
        `   (95 %: ${interval.map(end => digits(end)).join(" to ")})`,
    );
    wrapped(`  ${describe(transition, measure)}`);
  });
  line();
  const scan = scans.find(each => each.L === L)!;
  line(`${measure} over ${control}, segments of ${L}${L === 1 ? " value" : " values"}:`);
  const chart = scanChart(
    { places: scan.splits, values: scan.values[measure], marks: transitions.map(({ location }) => location) },
    width - 2,
  );
  for (const row of chart) line(`  ${row}`);
  line();
  const facts = [
    ["read", `${countsText(form, samples, outcomes)} at ${verdict.control.length} values of ${control}`],
    ...scans.map(each => [
      `L = ${each.L}`,
      `largest ${measure} ${digits(Math.max(...each.values[measure]), 3)}; ` +
        (each.peaks.length === 0
          ? "no peak stands out"
          : `peaks at ${each.peaks.map(({ index }) => digits(each.splits[index])).join(", ")}`),
    ]),
    ...(report === undefined ? [] : [["report", report]]),
  ];
  for (const row of textTable(facts, { width })) line(row);
  const conditions = conditionColours(colour);
  const findings = health.findings.filter(({ outcome }) => outcome !== "good");
  for (const { name, outcome, text } of findings) {
    const [first, ...rest] = wrap(`${name}: ${outcome}: ${text}`, width);
    line(first.replace(`: ${outcome}:`, () => `: ${conditions[outcome](outcome)}:`));
    for (const part of rest) line(part);
  }
  for (const note of notes) wrapped(`note: ${note}`);
};

const nothingText = (pValue: number, control: string): string =>
  pValue <= 0.05
    ? `the outputs do change along ${control} (p = ${digits(pValue, 2)} if they did not), but nowhere so much more than around it that a place could be told`
    : `as large a dissimilarity has probability ${digits(pValue, 2)} where nothing changes`;

const shapes = {
  boundary: "one change between two values",
  outlier: "a single value that differs",
  ramp: "spread over several values",
} as const;
const sharpnesses = {
  jump: "a jump as far as the steps tell",
  singular: "sharper than smooth",
  smooth: "smooth at these steps",
} as const;

const describe = (
  { height, L, shape, sharpness, slope, elsewhere }: OutputTransition,
  measure: MeasureName,
): string => {
  const same = elsewhere.filter(each => each.location !== null).map(each => each.L);
  return [
    `${measure} ${digits(height, 3)} with L = ${L}`,
    shape ? shapes[shape] : "of what shape the data do not tell",
    ...(sharpness && slope !== null ? [`${sharpnesses[sharpness]} (slope ${digits(slope, 2)})`] : []),
    ...(same.length > 0 ? [`there with L = ${same.join(", ")} too`] : []),
  ].join("; ");
};

const countsText = (form: OutputForm, samples: number | null, outcomes: readonly string[] | null): string => {
  const what = {
    samples: "samples",
    counts: "counted samples",
    scores: "scored samples",
    probabilities: "",
    probes: "",
  }[form];
  if (samples !== null) return `${samples} ${what}${outcomes ? ` of ${outcomes.length} outcomes` : ""}`;
  return form === "probes"
    ? "probabilities at probe inputs"
    : `probabilities${outcomes ? ` of ${outcomes.length} outcomes` : ""}`;
};
