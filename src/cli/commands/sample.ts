import { type Command, Option } from "commander";
import type { Controls, Settings, System } from "../../contracts/index.ts";
import { findSystem, verbOf } from "../find.ts";
import { fieldText, fieldValue, wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";

type SampleFlags = RunFlags & { readonly chains: number; readonly seed: number } & {
  readonly [setting: string]: unknown;
};

/** The protocol that samples a system's posterior. */
const PROTOCOL = "posterior";

/** The words after the system's name are parsed by a command of the system's own: the settings of its posterior are options. */
export const sampleCommand = (session: Session): Command =>
  makeCommand(session, "sample", "sample the posterior of a system")
    .argument("[system]", "a system's name")
    .argument("[options...]", "the settings of its posterior")
    .passThroughOptions()
    .allowUnknownOption()
    .addHelpText(
      "after",
      examples(
        "landau sample superposition --help                the settings, their ranges and defaults",
        "landau sample superposition --n 700 --chains 8",
        "landau sample superposition --c 5 --data population --n 400 --json",
      ),
    )
    .action(async (name: string | undefined, _words: string[], _options: unknown, command: Command) => {
      if (name === undefined) return command.outputHelp();
      const system = await findSystem(name);
      await systemSample(session, system).parseAsync(command.args.slice(1), { from: "user" });
    });

const systemSample = (session: Session, system: System): Command => {
  const { name, title } = system;
  const { settings, summary } = verbOf(system, PROTOCOL);
  const command = makeCommand(session, `landau sample ${name}`, `${title}: ${summary}`);
  for (const [setting, control] of Object.entries(settings))
    command.addOption(
      new Option(`--${setting} <value>`, fieldText(control)).argParser(text => fieldValue(setting, text, control)),
    );
  return withRunFlags(
    withSeed(
      command.option(
        "--chains <number>",
        "chains to run, with random numbers of their own",
        wholeNumber("chains", { min: 1, max: 1_000_000 }),
        4,
      ),
    ),
  )
    .addHelpText(
      "after",
      examples(
        `landau sample ${name}`,
        `landau sample ${name} --chains 8 --draws 5000 --seed 1`,
        `landau sample ${name} --chains 2 --json`,
      ),
    )
    .action(async (flags: SampleFlags) => {
      const { startStudy } = await import("../run-and-report.ts");
      const { seed, chains } = flags;
      const own = given(flags, settings);
      await startStudy(
        session,
        { system: name, seed, title: "sample", protocol: PROTOCOL, chains, settings: own },
        flags,
      );
    });
};

/** The settings that were given; commander keeps an option under its own name. */
const given = (flags: SampleFlags, controls: Controls): Settings =>
  Object.fromEntries(
    Object.keys(controls)
      .filter(setting => flags[setting] !== undefined)
      .map(setting => [setting, flags[setting] as number | string]),
  );
