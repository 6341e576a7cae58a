import type { Command } from "commander";
import { callText } from "../../call-text.ts";
import type { Controls, Settings } from "../../contracts/index.ts";
import { invalid } from "../../errors.ts";
import { findSystem, verbOf } from "../find.ts";
import { fieldValue, wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { givenSettings, withSettings } from "../settings.ts";

interface AnnealFlags extends RunFlags {
  readonly rate?: string;
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

/** Settings that every sweep has: what help says of them before a system is named. */
const usual = {
  control: "what is swept",
  from: "its first value",
  to: "its last value, from where the sweep returns",
  values: "values of the control, ends included",
  paces: "sweeps, each at a quarter of the speed before",
};

/** Slow sweeps up and down through a control of a system. */
export const annealCommand = (session: Session): Command => {
  const { system } = session;
  const command = withRunFlags(
    withSeed(
      makeCommand(session, "anneal", "sweep a control of a system slowly up and down")
        .argument("<system>", "a system's name")
        .option("--rate <value>", RATE.summary)
        .option(
          "--chains <number>",
          "runs with random numbers of their own",
          wholeNumber("chains", { min: 1, max: 1_000_000 }),
          1,
        ),
    ),
  );
  if (!system) for (const [name, summary] of Object.entries(usual)) command.option(`--${name} <value>`, summary);
  return withSettings(command, system?.protocols[PROTOCOL]?.settings ?? {}, system?.name ?? "")
    .addHelpText(
      "after",
      `\nThe rate sets how many steps are made at each value; ${callText("order RUN")} then says of what order the transition is.${
        system
          ? ""
          : `\n${callText("anneal SYSTEM --help")} lists the other settings of a system with their ranges and defaults.`
      }`,
    )
    .addHelpText(
      "after",
      examples(
        "anneal deep-linear --control weightDecay --from 0.02 --to 0.6 --rate 5e-5",
        "anneal deep-linear --from 0.5 --to 1.2 --D 1 --paces 3 --chains 5",
        "anneal linear-vae --control beta --from 0.1 --to 5 --rate 1e-4",
        "anneal superposition --control outputWeight --from 1 --to 0.2 --paces 2",
      ),
    )
    .action(async (name: string, flags: AnnealFlags, command: Command) => {
      const { settings: controls } = verbOf(await findSystem(name), PROTOCOL);
      const settings = withRate(givenSettings(command, controls), flags.rate, controls);
      const { startStudy } = await import("../run-and-report.ts");
      const { seed, chains } = flags;
      await startStudy(session, { system: name, seed, title: "anneal", protocol: PROTOCOL, chains, settings }, flags);
    });
};

const withRate = (settings: Settings, given: string | undefined, controls: Controls): Settings => {
  if (given === undefined) return settings;
  const rate = fieldValue("--rate", given, RATE);
  const at = (name: string): number => (settings[name] ?? controls[name].default) as number;
  const span = Math.abs(at("to") - at("from")) / (at("values") - 1);
  const steps = Math.round(span / rate);
  if (!(steps >= 1)) throw invalid("--rate", rate, `at most ${span}, the distance of two values of the control`);
  return { ...settings, steps };
};
