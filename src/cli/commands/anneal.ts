import type { Command } from "commander";
import type { Controls, Settings } from "../../contracts/index.ts";
import { invalid } from "../../errors.ts";
import { findSystem, verbOf } from "../find.ts";
import { fieldValue, wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { parseSettings } from "../settings.ts";

interface AnnealFlags extends RunFlags {
  readonly control?: string;
  readonly from?: string;
  readonly to?: string;
  readonly rate?: string;
  readonly values?: string;
  readonly paces?: string;
  readonly set?: string[];
  readonly chains: number;
  readonly seed: number;
}

/** The protocol that sweeps a system's controls. */
const PROTOCOL = "anneal";

const RATE = {
  kind: "number",
  summary: "change of the control in one step of training",
  default: 1e-4,
  min: 1e-12,
  max: 1e6,
} as const;

/** Slow sweeps up and down through a control of a system. */
export const annealCommand = (session: Session): Command =>
  withRunFlags(
    withSeed(
      makeCommand(session, "anneal", "sweep a control of a system slowly up and down")
        .argument("<system>", "a system's name")
        .option("--control <name>", "what is swept")
        .option("--from <value>", "its first value")
        .option("--to <value>", "its last value, from where the sweep returns")
        .option("--rate <value>", RATE.summary)
        .option("--values <number>", "values of the control, ends included")
        .option("--paces <number>", "sweeps, each at a quarter of the speed before")
        .option("--set <key=value...>", "other settings of the system")
        .option(
          "--chains <number>",
          "runs with random numbers of their own",
          wholeNumber("chains", { min: 1, max: 1_000_000 }),
          1,
        ),
    ),
  )
    .addHelpText(
      "after",
      "\nThe rate sets how many steps are made at each value; landau order RUN then says of what order the transition is.",
    )
    .addHelpText(
      "after",
      examples(
        "landau anneal deep-linear --control weightDecay --from 0.02 --to 0.6 --rate 5e-5",
        "landau anneal deep-linear --from 0.5 --to 1.2 --set D=1 --paces 3 --chains 5",
        "landau anneal linear-vae --control beta --from 0.1 --to 5 --rate 1e-4",
        "landau anneal superposition --control outputWeight --from 1 --to 0.2 --paces 2",
      ),
    )
    .action(async (name: string, flags: AnnealFlags) => {
      const system = await findSystem(name);
      const { settings: controls } = verbOf(system, PROTOCOL);
      const { startStudy } = await import("../run-and-report.ts");
      const { seed, chains } = flags;
      const settings = settingsFrom(flags, controls);
      await startStudy(session, { system: name, seed, title: "anneal", protocol: PROTOCOL, chains, settings }, flags);
    });

const NAMED = ["control", "from", "to", "values", "paces"] as const;

const settingsFrom = (flags: AnnealFlags, controls: Controls): Settings => {
  const settings: { [name: string]: number | string } = { ...parseSettings(flags.set ?? [], controls) };
  for (const name of NAMED) {
    const text = flags[name];
    if (text !== undefined) settings[name] = fieldValue(`--${name}`, text, controls[name]);
  }
  if (flags.rate === undefined) return settings;
  const rate = fieldValue("--rate", flags.rate, RATE);
  const at = (name: string): number => (settings[name] ?? controls[name].default) as number;
  const span = Math.abs(at("to") - at("from")) / (at("values") - 1);
  const steps = Math.round(span / rate);
  if (!(steps >= 1)) throw invalid("--rate", rate, `at most ${span}, the distance of two values of the control`);
  return { ...settings, steps };
};
