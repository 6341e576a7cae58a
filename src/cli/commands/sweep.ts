import { type Command, Option } from "commander";
import { callText, shellWord } from "../../call-text.ts";
import type { Controls, Protocol, Settings } from "../../contracts/index.ts";
import { invalid, LandauError } from "../../errors.ts";
import { type Axis, axisForm, axisSettings, parseAxis } from "../axis-text.ts";
import { type EngineFlags, withEngineFlags } from "../engine-flags.ts";
import { findSystem, verbOf } from "../find.ts";
import { wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { givenSettings, settingsOf, withSettings } from "../settings.ts";

interface SweepFlags extends RunFlags, EngineFlags {
  readonly x?: string;
  readonly y?: string;
  readonly seeds?: number;
  readonly adaptive?: true;
  readonly random?: true;
  readonly budget?: number;
  readonly exact?: true;
  readonly into?: string;
  readonly seed: number;
}

/** The protocol that maps the phases in which a system's training ends. */
const PROTOCOL = "sweep";

/** Settings of training: those that lay out the map have options of their own. */
const trainingControls = ({ settings, planning = [] }: Protocol): Controls =>
  Object.fromEntries(
    Object.entries(settings).filter(([name]) => ![...planning, "xControl", "yControl"].includes(name)),
  );

/** Phases over one or two controls of a system. */
export const sweepCommand = (session: Session): Command => {
  const { system } = session;
  const protocol = system?.protocols[PROTOCOL];
  const command = withEngineFlags(
    withRunFlags(
      withSeed(
        makeCommand(session, "sweep", "map the phases of a system over one or two of its controls")
          .argument("<system>", "a system's name")
          .option("--x <axis>", `control along x and its values: ${axisForm}`)
          .option("--y <axis>", "the same along y; without it the map has one row")
          .option(
            "--seeds <number>",
            "runs at each cell, at most so many with --adaptive (default: 1)",
            wholeNumber("seeds", { min: 1, max: 100_000 }),
          )
          .addOption(new Option("--adaptive", "only the runs that tell most of where phases meet").conflicts("random"))
          .option("--random", "runs in random order, as far as --budget goes")
          .option(
            "--budget <number>",
            "most runs, with --adaptive or --random",
            wholeNumber("budget", { min: 1, max: 1e9 }),
          )
          .option("--exact", "runs do not depend on their seed: a cell with a run is what the run says")
          .option("--into <run>", "go on in a run with wider or finer axes or more seeds: what is done stays"),
      ),
    ),
  );
  return withSettings(command, protocol ? trainingControls(protocol) : {}, system?.name ?? "")
    .addHelpText(
      "after",
      `\nlin(a,b,n) is n values equally spaced from a to b, log(a,b,n) by equal factors. A run that diverges is a phase of its own.${
        system
          ? ""
          : `\n${callText("sweep SYSTEM --help")} lists the settings of a system with their ranges and defaults.`
      }`,
    )
    .addHelpText(
      "after",
      examples(
        "sweep deep-linear --x 'weightDecay=lin(0,1,21)' --y 'strength=lin(0.2,1.8,17)'",
        "sweep embedding --x 'decoderRate=log(1e-5,1e-2,16)' --y 'weightDecay=lin(0,10,11)' --seeds 3 --adaptive",
        "sweep deep-linear --x 'weightDecay=lin(0,1,21)' --seeds 10 --D 1",
        "sweep deep-linear --into last --seeds 5",
      ),
    )
    .action(async (name: string, flags: SweepFlags, command: Command) => {
      const protocol = verbOf(await findSystem(name), PROTOCOL);
      const training = trainingControls(protocol);
      const settings = { ...givenSettings(command, training), ...layoutOf(flags, training) };
      if (flags.into !== undefined) return extend(session, name, protocol, settings, flags, command);
      if (flags.x === undefined)
        throw new LandauError(
          "input",
          `--x is missing: needs a control and its values, such as ${exampleOf(protocol)}`,
        );
      protocol.check?.(settingsOf(settings, protocol.settings));
      const { startStudy } = await import("../run-and-report.ts");
      const { seed } = flags;
      await startStudy(session, { system: name, seed, title: "sweep", protocol: PROTOCOL, chains: 1, settings }, flags);
    });
};

/** The settings of the map that the options give. */
const layoutOf = ({ x, y, seeds, adaptive, random, budget, exact }: SweepFlags, training: Controls): Settings => {
  if (budget !== undefined && !adaptive && !random)
    throw new LandauError("input", "--budget is for a map that leaves out runs: needs --adaptive or --random");
  const axis = (option: "--x" | "--y", text: string | undefined): Axis | undefined =>
    text === undefined ? undefined : parseAxis(option, text, training);
  const [first, second] = [axis("--x", x), axis("--y", y)];
  if (first && first.control === second?.control) throw invalid("--y", y, "another control than --x");
  if (second && !first) throw new LandauError("input", "--y is given without --x: needs both, or --x alone");
  return {
    ...(first && axisSettings(first, second)),
    ...(seeds !== undefined && { seeds }),
    ...(adaptive && { design: "adaptive" }),
    ...(random && { design: "random" }),
    ...(budget !== undefined && { budget }),
    ...(exact && { votes: "exact" }),
  };
};

const extend = async (
  session: Session,
  system: string,
  { settings: controls }: Protocol,
  settings: Settings,
  flags: SweepFlags,
  command: Command,
): Promise<void> => {
  const [{ readRun }, { extendAndReport }, { checkExtension, sweepSettings }] = await Promise.all([
    import("../../lab/node/runs.ts"),
    import("../run-and-report.ts"),
    import("../../protocols/sweep-settings.ts"),
  ]);
  const { id, path, spec, seed } = readRun(flags.into!, flags.runs);
  const [study] = spec.studies;
  if (spec.system !== system || study?.protocol !== PROTOCOL)
    throw invalid("--into", flags.into, `a sweep of ${system}; ${id} is none`);
  if (command.getOptionValueSource("seed") === "cli" && flags.seed !== seed)
    throw invalid("--seed", flags.seed, `${seed}, as in ${id}, or a run of its own without --into`);
  checkExtension(
    sweepSettings(study.settings),
    sweepSettings({ ...settingsOf(study.settings, controls), ...settings }),
  );
  await extendAndReport(session, path, settings, flags);
};

const exampleOf = ({ settings: { xControl, xScale, xFrom, xTo, columns } }: Protocol): string => {
  const [scale, from, to] = [xScale, xFrom, xTo].map(field => field.default);
  const values = `${scale === "log" ? "log" : "lin"}(${from},${to},${columns.default})`;
  return shellWord(`${xControl.default}=${values}`);
};
