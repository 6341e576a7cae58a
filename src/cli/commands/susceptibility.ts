import { type Command, Option } from "commander";
import { type ComponentKind, componentKinds, componentsOf } from "../../coefficient/response/components.ts";
import type { DataGroup, ResponseMatrix } from "../../coefficient/response/index.ts";
import type { SampledObjective } from "../../contracts/objective.ts";
import { invalid, LandauError } from "../../errors.ts";
import { numberText } from "../../report/number-text.ts";
import { cellsInWords } from "../../report/response-cells.ts";
import { countText } from "../count-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { modelOfCall } from "../find.ts";
import { decimalNumber, wholeNumber } from "../option-values.ts";
import { type PointFlags, pointToLookAt } from "../point-to-look-at.ts";
import { showWork, type WorkProgress } from "../progress/work-progress.ts";
import { withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";

interface SusceptibilityFlags extends PointFlags {
  readonly python?: string;
  readonly components: ComponentKind;
  readonly parameters?: readonly string[];
  readonly groups: string;
  readonly influence?: number;
  readonly nBeta?: number;
  readonly gamma?: number;
  readonly draws: number;
  readonly chains: number;
  readonly seed: number;
  readonly report?: string;
  readonly json?: true;
}

export const susceptibilityCommand = (session: Session): Command =>
  withSeed(
    makeCommand(session, "susceptibility", "how components of a model answer to more weight on data, with errors")
      .argument("[model]", "the path of a module that exports a model or an experiment")
      .option("--at <file>", "an npz or safetensors file of weights (default: where a model in Python stands)")
      .option("--python <file>", "a model in Python instead: a file that ends with landau.serve(...)")
      .option("--data <file>", "an npz or safetensors file of data for a model of your own; integers are indices")
      .addOption(
        new Option("--layout <layout>", "how matrices in the file of weights lie").choices(["landau", "torch"]),
      )
      .addOption(
        new Option("--components <kind>", "what a row is: each array, row or column of an array, or all at once")
          .choices(componentKinds)
          .default("arrays"),
      )
      .option("--parameters <name...>", "only these arrays")
      .option(
        "--groups <number or file>",
        "what a column is: so many equal parts of the data, or a file of labels",
        "8",
      )
      .option(
        "--influence <number>",
        "between so many samples instead: Bayesian influence",
        wholeNumber("influence", { min: 2, max: 256 }),
      )
      .option("--nBeta <number>", "n times the inverse temperature (default: n)", decimalNumber("nBeta", { above: 0 }))
      .option("--gamma <number>", "pull towards the point (default: found there)", decimalNumber("gamma", { above: 0 }))
      .option("--draws <number>", "draws of each chain", wholeNumber("draws", { min: 64, max: 1_000_000 }), 500)
      .option("--chains <number>", "chains", wholeNumber("chains", { min: 2, max: 64 }), 4)
      .option("--report <file>", "write an HTML report with the matrix drawn")
      .option("--json", "print JSON"),
  )
    .addHelpText(
      "after",
      "\nA cell is -nBeta^2 Cov(L, L_group - L) under the posterior of the component, the other parameters held: positive where\n" +
        "the loss of the group is flatter along it than that of the others. Errors are those of a jackknife over blocks of draws.",
    )
    .addHelpText(
      "after",
      examples(
        "susceptibility ./my-model.mjs --data data.npz --at weights.npz",
        "susceptibility --python my_model.py --components rows --parameters hidden.weight --groups labels.npz",
        "susceptibility --python my_model.py --influence 20 --report influence.html",
      ),
    )
    .action(async (given: string | undefined, flags: SusceptibilityFlags) => {
      const { terminal } = session;
      const name = modelOfCall(given, flags.python);
      const { objective, w, samples, python } = await pointToLookAt(name, flags, () => ({}));
      if (!("batchLossAndGradient" in objective))
        throw new LandauError(
          "input",
          `${name} gives no losses of some samples: needs a model with data, or in Python a function of (w, batch)`,
        );
      const sampled = objective as SampledObjective;
      const { nBeta = samples, draws, chains, seed, influence } = flags;
      const { gammaAt, influences, susceptibilities } = await import("../../coefficient/response/index.ts");
      const gamma = flags.gamma ?? gammaAt(sampled, w, nBeta, seed);
      let shown: WorkProgress | undefined;
      const progress = (share: number) => {
        shown ??= showWork(terminal, { what: "sampling", unit: "%", total: 100 });
        shown.update(100 * share);
      };
      const options = { nBeta, gamma, draws, chains, seed, progress };
      const components = componentsOf(sampled.parameters, flags.components, flags.parameters);
      const matrix =
        influence === undefined
          ? susceptibilities(sampled, w, components, await groupsOf(flags.groups, sampled.samples), options)
          : influences(sampled, w, spacedSamples(sampled.samples, influence), options);
      shown?.stop();
      python?.close();
      const heading = headingOf(name, influence !== undefined, session.call);
      if (flags.report !== undefined) {
        const { writeResponseReport } = await import("../../report/response.ts");
        await writeResponseReport(matrix, { ...heading, path: flags.report });
      }
      if (matrix.health.outcome !== "good") session.exitCode = exitCodes.wrong;
      if (flags.json) printJson(terminal, { nBeta, gamma, ...matrix });
      else print(terminal, matrix, heading, { nBeta, gamma, report: flags.report });
    });

const headingOf = (name: string, isInfluence: boolean, call: string) =>
  isInfluence
    ? {
        title: `Influence between samples of ${name}`,
        about: "How the mean loss of one sample answers to more weight on another: -(nBeta / n) Cov of their losses.",
        axes: ["sample", "sample"] as const,
        call,
      }
    : {
        title: `Susceptibilities of ${name}`,
        about:
          "How nBeta times the loss under each component's posterior answers to more weight on each group of data: -nBeta² Cov(L, L of the group - L).",
        axes: ["component", "group of data"] as const,
        call,
      };

const MOST_GROUPS = 256;

/** Equal parts of the data in their order, or the samples of each label. */
const groupsOf = async (given: string, samples: number): Promise<DataGroup[]> => {
  if (/^\d+$/.test(given)) {
    const count = wholeNumber("groups", { min: 1, max: Math.min(MOST_GROUPS, samples) })(given);
    return Array.from({ length: count }, (_, group) => {
      const [from, to] = [group, group + 1].map(edge => Math.floor((edge * samples) / count));
      return { name: `${from}-${to - 1}`, samples: Int32Array.from({ length: to - from }, (_, i) => from + i) };
    });
  }
  const [{ readFile }, { readArrays }, { cannotRead }] = await Promise.all([
    import("node:fs/promises"),
    import("../../formats/arrays.ts"),
    import("../../lab/node/files.ts"),
  ]);
  const arrays = readArrays(new Uint8Array(await readFile(given).catch(cannotRead(given))), given);
  const labels = Object.entries(arrays).filter(
    ([, { shape, integer }]) => integer && shape.length === 1 && shape[0] === samples,
  );
  if (labels.length !== 1)
    throw new LandauError(
      "input",
      `${given}: ${countText(labels.length, "array")} of ${samples} integers: needs one, the label of each sample`,
    );
  const [[, { data }]] = labels;
  const found = [...new Set(data)].sort((a, b) => a - b);
  if (found.length > MOST_GROUPS)
    throw invalid(`labels in ${given}`, found.length, `at most ${MOST_GROUPS} different ones`);
  return found.map(label => ({
    name: `label ${label}`,
    samples: Int32Array.from(Array.from(data.keys()).filter(i => data[i] === label)),
  }));
};

const spacedSamples = (samples: number, count: number): Int32Array => {
  if (count > samples) throw invalid("influence", count, `at most ${samples}, the number of samples`);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * samples) / count));
};

const print = (
  terminal: Terminal,
  { rows, columns, cells, health }: ResponseMatrix,
  { about }: { readonly about: string },
  { nBeta, gamma, report }: { readonly nBeta: number; readonly gamma: number; readonly report: string | undefined },
): void => {
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const { bold } = coloursOf(terminal);
  for (const line of wrap(about, width)) printLine(stdout, line);
  const { units: unitText, texts } = cellsInWords(cells);
  const units = unitText && `, cells ${unitText}`;
  printLine(stdout, `nBeta ${numberText(nBeta)}, gamma ${numberText(gamma)}${units}`);
  printLine(stdout);
  const nameWidth = Math.max(...rows.map(name => name.length));
  const widest = Math.max(...texts.flat().map(text => text.length), ...columns.map(name => name.length));
  // As many columns side by side as fit, then the next ones below.
  const beside = Math.max(1, Math.floor((width - nameWidth) / (widest + 2)));
  for (let from = 0; from < columns.length; from += beside) {
    const to = Math.min(columns.length, from + beside);
    const line = (name: string, parts: readonly string[]) =>
      name.padEnd(nameWidth) + parts.map(part => part.padStart(widest + 2)).join("");
    printLine(stdout, bold(line("", columns.slice(from, to))));
    rows.forEach((name, row) => {
      printLine(stdout, line(name, texts[row].slice(from, to)));
    });
    printLine(stdout);
  }
  const facts = [
    [
      "health",
      health.outcome === "good" ? "good: chains agree, and their draws are enough" : health.text.replaceAll("\n", "; "),
    ],
    ...(report === undefined ? [] : [["report", report]]),
  ];
  for (const text of textTable(facts, { width })) printLine(stdout, text);
};
