import { type Command, Option } from "commander";
import type { CoefficientResult } from "../../coefficient/estimate/learning-coefficient.ts";
import type { ExactPrediction } from "../../contracts/learner.ts";
import { LandauError } from "../../errors.ts";
import type { PythonModel } from "../../lab/node/python/model.ts";
import { numberText } from "../../report/number-text.ts";
import { countText } from "../count-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { modelOfCall } from "../find.ts";
import { conditionColours } from "../health-text.ts";
import { decimalNumber, wholeNumber } from "../option-values.ts";
import { controlsAtPoint, type PointFlags, pointToLookAt, type SettingsGiven } from "../point-to-look-at.ts";
import { showWork, type WorkProgress } from "../progress/work-progress.ts";
import { withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { givenSettings, withSettings } from "../settings.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";

interface CoefficientFlags extends PointFlags {
  readonly python?: string;
  readonly parameters?: readonly string[];
  readonly chains?: number;
  readonly budget?: number;
  readonly batch?: number;
  readonly seed: number;
  readonly along?: string;
  readonly draws?: number;
  readonly gamma?: number;
  readonly keep: string;
  readonly report?: string;
  readonly json?: true;
}

export const coefficientCommand = (session: Session): Command => {
  const { system } = session;
  const own = withSeed(
    makeCommand(session, "coefficient", "estimate the learning coefficient at a point, with its error and its health")
      .argument("[system]", "a system's name, or the path of a module that exports a model or an experiment")
      .option(
        "--at <point>",
        'a phase of the system, a run or "last" for where its training ended, or an npz or safetensors file of weights',
      )
      .option(
        "--python <file>",
        "a model in Python instead: a file that ends with landau.serve(...), at its w0 without --at",
      )
      .option(
        "--along <folder>",
        "at every checkpoint of a folder instead: npz or safetensors files with the step in their names; or along the training of a run: last, or its folder",
      )
      .option(
        "--draws <number>",
        "with --along: draws of each chain",
        wholeNumber("draws", { min: 16, max: 1_000_000 }),
      )
      .option(
        "--gamma <number>",
        "with --along: the localiser of all checkpoints (default: found at the last)",
        decimalNumber("gamma", { above: 0 }),
      )
      .option(
        "--keep <folder>",
        "with --along: where results are kept, so that the same call goes on where it stopped",
        "runs",
      )
      .option("--data <file>", "an npz or safetensors file of data for a model of your own; integers are indices")
      .addOption(
        new Option("--layout <layout>", "how matrices in the file of weights lie: outputs x inputs in torch's").choices(
          ["landau", "torch"],
        ),
      )
      .option("--parameters <name...>", "only these arrays, the others frozen: the refined coefficient")
      .option("--chains <number>", "chains", wholeNumber("chains", { min: 2, max: 1024 }))
      .option("--budget <number>", "evaluations of the loss at most", wholeNumber("budget", { min: 100 }))
      .option(
        "--batch <number>",
        "samples of a minibatch (default: found at the point)",
        wholeNumber("batch", { min: 1 }),
      )
      .option("--runs <folder>", "folder of the runs", "runs")
      .option("--report <file>", "write an HTML report with traces, the running estimate and the health panel")
      .option("--json", "print JSON"),
  );
  return withSettings(own, system?.learner ? controlsAtPoint(system.learner) : {}, system?.name ?? "")
    .addHelpText(
      "after",
      "\nThere is nothing to tune: steps, localiser, temperatures and lengths are found at the point.",
    )
    .addHelpText(
      "after",
      examples(
        "coefficient superposition --at 5+",
        "coefficient deep-linear --at last",
        "coefficient superposition --at 6 --c 6 --n 5000 --report six.html",
        "coefficient ./my-model.mjs --at weights.safetensors --layout torch",
        "coefficient ./my-model.mjs --data data.npz --at weights.npz --parameters 'hidden.weight' --json",
        "coefficient --python my_model.py",
        "coefficient ./my-model.mjs --data data.npz --along checkpoints --report along.html",
      ),
    )
    .action(async (given: string | undefined, flags: CoefficientFlags, command: Command) => {
      const { terminal } = session;
      const name = modelOfCall(given, flags.python);
      if (flags.along !== undefined) return along(session, name, flags.along, flags, command);
      for (const flag of ["draws", "gamma"] as const)
        if (flags[flag] !== undefined)
          throw new LandauError("input", `--${flag} ${flags[flag]} is for --along: at a single point it is found`);
      const { parameters, chains, budget, batch, seed } = flags;
      const { objective, w, samples, exact, python, run } = await pointToLookAt(name, flags, controls =>
        givenSettings(command, controls),
      );
      const { learningCoefficient } = await import("../../coefficient/estimate/learning-coefficient.ts");
      const place = run === undefined ? (flags.at ?? "w0") : `the end of ${run}`;
      const where = `coefficient of ${name} at ${place}, ${countText(w.length, "parameter")}`;
      let shown: WorkProgress | undefined;
      const progress = (evaluations: number, total: number) => {
        if (!shown && !flags.json) printLine(terminal.stderr, where);
        shown ??= showWork(terminal, { what: "chains", unit: "evaluations", total, atMost: true });
        shown.update(evaluations);
      };
      const options = { samples, parameters, chains, budget, batch, seed, progress };
      const result = learningCoefficient(objective, w, options);
      shown?.stop();
      if (result.kind === "failure") session.exitCode = exitCodes.wrong;
      if (flags.report !== undefined) {
        const { writeCoefficientReport } = await import("../../report/coefficient.ts");
        await writeCoefficientReport(result, {
          title: `${name} at ${place}`,
          call: session.call,
          path: flags.report,
        });
      }
      python?.close();
      if (flags.json)
        printJson(terminal, {
          ...plain(result),
          ...(exact && { exact: { ...exact } }),
          ...(run !== undefined && { run }),
          ...(python && { python: pythonJson(name, python) }),
        });
      else {
        print(terminal, result, flags.report, exact);
        if (python) printPython(terminal, python);
      }
    });
};

/** The places of a folder of checkpoints, or those that training of a run passed, and the objective there. */
const placesAlong = async (name: string, folder: string, flags: CoefficientFlags, given: SettingsGiven) => {
  const { isExperimentPath, isPythonPath } = await import("../../lab/node/experiment-file.ts");
  const { coursePoints, isRun } = await import("../point-of-run.ts");
  if (!isExperimentPath(name) && !isPythonPath(name) && (await isRun(folder))) {
    const place = await pointToLookAt(name, { ...flags, at: folder }, given);
    const passed = await coursePoints(name, folder, flags.runs ?? "runs");
    return { place, checkpoints: passed.map(({ step, w, seen }) => ({ step, weights: () => w, outputs: seen })) };
  }
  const { checkpointsIn } = await import("../along.ts");
  const files = await checkpointsIn(folder);
  const place = await pointToLookAt(name, { ...flags, at: files[files.length - 1].path }, given);
  return { place, checkpoints: files.map(({ step, path }) => ({ step, weights: () => place.weights(path) })) };
};

/** The coefficient at every checkpoint of a folder, or of a run. */
const along = async (
  session: Session,
  name: string,
  folder: string,
  flags: CoefficientFlags,
  command: Command,
): Promise<void> => {
  const { terminal } = session;
  for (const flag of ["at", "budget", "batch"] as const)
    if (flags[flag] !== undefined)
      throw new LandauError("input", `--${flag} ${flags[flag]} and --along ${folder}: needs one of them`);
  const [{ coefficientsAlong }, { printAlong }] = await Promise.all([
    import("../along.ts"),
    import("../along-text.ts"),
  ]);
  const { place, checkpoints } = await placesAlong(name, folder, flags, controls => givenSettings(command, controls));
  const { parameters, chains, draws, gamma, seed, keep } = flags;
  const count = countText(checkpoints.length, "checkpoint");
  printLine(terminal.stderr, `${count}; results are kept in ${keep}: the same call goes on where it was stopped`);
  const shown = showWork(terminal, { what: `coefficients of ${name}`, unit: "checkpoints", total: checkpoints.length });
  const found = await coefficientsAlong({ ...place, outputs: w => place.outputs?.(w) ?? {} }, checkpoints, {
    ...{ seed, keep, progress: done => shown.update(done) },
    ...(parameters && { parameters }),
    ...(chains !== undefined && { chains }),
    ...(draws !== undefined && { draws }),
    ...(gamma !== undefined && { gamma }),
  });
  shown.stop();
  place.python?.close();
  if (flags.report !== undefined) {
    const { writeAlongReport } = await import("../../report/along.ts");
    const { nBeta, gamma: own } = found;
    const title = `${name} along ${folder}`;
    await writeAlongReport(found.points, { title, nBeta, gamma: own, call: session.call, path: flags.report });
  }
  if (flags.json) printJson(terminal, { ...found, points: found.points.map(point => ({ ...point })) });
  else printAlong(terminal, found, flags.report);
};

const pythonJson = (file: string, { source, samples, dtype, python, check, restarts }: PythonModel) => ({
  ...{ file, source, samples, dtype, version: python, restarts },
  gradient: { ...check },
});

/** What is known of a model in Python and of its gradient. */
const printPython = ({ stdout }: Terminal, { samples, dtype, python, check, restarts, source }: PythonModel): void => {
  const facts = [
    ["model", `Python ${python}, ${dtype}, ${countText(samples, "sample")}, file ${source.slice(0, 16)}`],
    ["gradient", check.text],
    ...(restarts > 0
      ? [["restarts", `Python ended ${countText(restarts, "time")} and was started again, asked the same`]]
      : []),
  ];
  printLine(stdout);
  for (const line of textTable(facts, { width: widthOf(stdout) })) printLine(stdout, line);
};

/** Without traces, which are long: the report has them. */
const plain = (result: CoefficientResult) =>
  result.kind === "failure" ? result : { ...result, traces: undefined, rows: result.rows };

const print = (
  terminal: Terminal,
  result: CoefficientResult,
  report: string | undefined,
  exact: ExactPrediction | undefined,
): void => {
  const { stdout } = terminal;
  const colour = coloursOf(terminal);
  const width = widthOf(stdout);
  if (result.kind === "failure") {
    printLine(stdout, colour.red(`no estimate: ${result.reason}`));
    for (const line of wrap(result.text, width)) printLine(stdout, line);
    return;
  }
  const { lambda, standardError, interval, nBeta, gamma, multiplicity, health, evaluations, batch } = result;
  const [low, high] = interval.map(end => numberText(end));
  printLine(stdout, colour.bold(`lambda = ${numberText(lambda)}   (95 %: ${low} to ${high})`));
  const facts = [
    ...(exact ? [["closed form", `${numberText(exact.lambda)} (${exact.where})`]] : []),
    ["standard error", numberText(standardError)],
    ["multiplicity", multiplicity.text],
    ["nBeta, gamma", `${numberText(nBeta)}, ${numberText(gamma)} at the weakest`],
    ["evaluations", String(Math.round(evaluations))],
    ...(batch === undefined ? [] : [["minibatch", `${batch} samples`]]),
    ...(report === undefined ? [] : [["report", report]]),
  ];
  for (const line of textTable(facts, { width })) printLine(stdout, line);
  printLine(stdout);
  const rows = health.findings.map(({ name, outcome, text }) => [name, outcome, text]);
  const conditions = conditionColours(colour);
  const paint = (cell: string, line: number, column: number) =>
    column !== 1 || line < 0 ? cell : conditions[health.findings[line].outcome](cell);
  for (const line of textTable(rows, { width, header: ["health", "", ""], paint })) printLine(stdout, line);
};
