import type { Command } from "commander";
import { allowedRange } from "../../contracts/claim.ts";
import { meanComparison } from "../../contracts/comparisons.ts";
import { LandauError } from "../../errors.ts";
import { numberText } from "../../report/number-text.ts";
import type { SeenRate, TheoryVerdict } from "../../systems/alignment/own-model/compare.ts";
import { wholeNumber } from "../option-values.ts";
import { showWork, type WorkProgress } from "../progress/work-progress.ts";
import { withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";

interface CompareTheoryFlags {
  readonly seeds: number;
  readonly seed: number;
  readonly steps?: number;
  readonly pair?: readonly number[];
  readonly inputs?: string;
  readonly targets?: string;
  readonly representation?: string;
  readonly outputs?: string;
  readonly altered?: true;
  readonly json?: true;
}

/** Puts a model of one's own beside the effective theory of two points. */
export const compareTheoryCommand = (session: Session): Command =>
  withSeed(
    makeCommand(session, "compare-theory", "put your own model beside the effective theory of two points")
      .argument(
        "<model>",
        "path of a module that exports an experiment whose model returns { loss, representation, outputs }",
      )
      .option("--seeds <number>", "networks from starts of their own", wholeNumber("seeds", { min: 1, max: 10_000 }), 8)
      .option("--steps <number>", "steps of training (default: the experiment's)", wholeNumber("steps", { min: 4 }))
      .option("--pair <samples...>", "the two samples that are followed (default: 0 1)", collectPair)
      .option("--inputs <name>", "array of the data with the inputs (default: x)")
      .option("--targets <name>", "array of the data with the targets (default: y)")
      .option("--representation <name>", "what the model calls its representation (default: representation)")
      .option("--outputs <name>", "what the model calls its outputs (default: outputs)")
      .option("--altered", "fit altered equations too, to see what a good fit does not prove")
      .option("--json", "print JSON"),
  )
    .addHelpText(
      "after",
      "\nTwo effective rates are fitted to the distance h of the representations, y of the outputs and w, their product with the\n" +
        "error; agreement means that the equations fit, predict the final distance, and foretell it from the first half of the way.",
    )
    .addHelpText(
      "after",
      examples(
        "compare-theory examples/12-two-points.mjs",
        "compare-theory ./my-model.mjs --seeds 20 --pair 0 3",
        "compare-theory ./my-model.mjs --representation hidden --outputs logits --json",
      ),
    )
    .action(async (path: string, { seeds, json, pair, ...rest }: CompareTheoryFlags) => {
      const { importOwnModule } = await import("../../lab/node/experiment-file.ts");
      const { experiment } = await importOwnModule(path);
      if (typeof experiment !== "object" || experiment === null)
        throw new LandauError(
          "input",
          `${path} exports no experiment: export const experiment = { model, data, optimiser, steps }`,
        );
      const { compareWithEffectiveTheory } = await import("../../systems/alignment/own-model/compare.ts");
      let shown: WorkProgress | undefined;
      const steps = rest.steps ?? experiment.steps;
      const progress = (share: number) => {
        if (json) return;
        shown ??= showWork(session.terminal, { what: `${seeds} networks`, unit: "steps", total: steps, atMost: true });
        shown.update(Math.round(share * steps));
      };
      const found = compareWithEffectiveTheory(experiment, {
        ...rest,
        chains: seeds,
        pair: pair as readonly [number, number] | undefined,
        progress,
      });
      shown?.stop();
      if (json) printJson(session.terminal, found);
      else print(session.terminal, found);
    });

const collectPair = (value: string, before: readonly number[] = []): readonly number[] => [
  ...before,
  wholeNumber("pair")(value),
];

const digits = (value: number): string => numberText(Number(value.toPrecision(3)));

const rateText = ({ value, interval }: SeenRate): string =>
  interval ? `${digits(value)}   (95 %: ${digits(interval[0])} to ${digits(interval[1])})` : digits(value);

const needText = (check: TheoryVerdict["checks"][number]): string => {
  const { low, high } = allowedRange(check);
  if (high === Infinity) return `above ${digits(low)}`;
  return `${digits(low)} to ${digits(high)}`;
};

type Altered = NonNullable<TheoryVerdict["networks"][number]["altered"]>;
type AlteredName = keyof Altered;

const alteredTexts: { readonly [name in AlteredName]: string } = {
  twiceDy: "(a) twice dy/dt",
  twiceDh: "(b) twice dh/dt",
  signFlip: "(c) last term of dw/dt reversed",
  dropped: "(d) without y/h",
};

const ratioText = (altered: readonly Altered[], name: AlteredName): string => {
  const ratios = altered.flatMap(own => own[name] ?? []);
  if (ratios.length === 0) return "cannot be followed";
  const { measured, interval } = meanComparison(name, ratios, { predicted: 1 });
  return interval ? `${digits(measured)} (${digits(interval[0])} to ${digits(interval[1])})` : digits(measured);
};

const print = (terminal: Terminal, { verdict, reason, rates, checks, networks, pair }: TheoryVerdict): void => {
  const { stdout } = terminal;
  const colour = coloursOf(terminal);
  const width = widthOf(stdout);
  const paint = { agrees: colour.green, departs: colour.red, undecided: colour.yellow }[verdict];
  printLine(stdout, paint(colour.bold(`${verdict}: ${reason}`)));
  const fitted = networks.flatMap(({ comparison }) => comparison ?? []);
  const regimes = ["rich", "intermediate", "lazy"].flatMap(regime => {
    const count = fitted.filter(fit => fit.regime === regime).length;
    return count > 0 ? [`${regime}: ${count}`] : [];
  });
  const facts = [
    ["pair", `|dx|² ${digits(pair.dx2)}, |dy|² ${digits(pair.dy2)}`],
    ...(rates
      ? [
          ["etaH, representation", rateText(rates.etaH)],
          ["etaY, outputs", rateText(rates.etaY)],
          ["regime", regimes.join("  ")],
        ]
      : []),
  ];
  for (const line of textTable(facts, { width })) printLine(stdout, line);
  printLine(stdout);
  const rows = checks.map(check => {
    const { quantity, measured, interval, outcome, members } = check;
    const seen =
      members === 0
        ? "no network tells"
        : interval
          ? `${digits(measured)} (${digits(interval[0])} to ${digits(interval[1])})`
          : digits(measured);
    return [outcome, quantity, seen, needText(check)];
  });
  for (const line of textTable(rows, { width, header: ["outcome", "check", "measured, 95 %", "needed"] }))
    printLine(stdout, line);
  const altered = networks.flatMap(network => network.altered ?? []);
  if (altered.length > 0) {
    printLine(stdout);
    const rows = Object.entries(alteredTexts).map(([name, text]) => [text, ratioText(altered, name as AlteredName)]);
    const header = ["altered equation", "least squares / the theory's, mean and 95 %"];
    for (const line of textTable(rows, { width, header })) printLine(stdout, line);
  }
  for (const text of new Set(networks.flatMap(({ reason }) => reason ?? [])))
    for (const line of wrap(`not fitted: ${text}`, width)) printLine(stdout, line);
};
