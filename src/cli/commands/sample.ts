import type { Command } from "commander";
import { callText } from "../../call-text.ts";
import { modelOfCall, systemOrExperiment, verbOf } from "../find.ts";
import { wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { givenSettings, withSettings } from "../settings.ts";

interface SampleFlags extends RunFlags {
  readonly chains: number;
  readonly seed: number;
  readonly python?: string;
}

/** The protocol that samples a system's posterior. */
const PROTOCOL = "posterior";

export const sampleCommand = (session: Session): Command => {
  const { system } = session;
  const command = withRunFlags(
    withSeed(
      makeCommand(session, "sample", "sample the posterior of a system")
        .argument("[system]", "a system's name")
        .option("--python <file>", "a model in Python instead: a file that ends with landau.serve(...)")
        .option(
          "--chains <number>",
          "chains to run, with random numbers of their own",
          wholeNumber("chains", { min: 1, max: 1_000_000 }),
          4,
        ),
    ),
  );
  return withSettings(command, system?.protocols[PROTOCOL]?.settings ?? {}, system?.name ?? "")
    .addHelpText(
      "after",
      system
        ? ""
        : `\n${callText("sample SYSTEM --help")} lists the settings of a posterior with their ranges and defaults.`,
    )
    .addHelpText(
      "after",
      examples(
        "sample superposition --help                the settings, their ranges and defaults",
        "sample superposition --n 700 --chains 8",
        "sample superposition --c 5 --data population --n 400 --json",
        "sample mirror-symmetry --draws 5000 --seed 1",
        "sample --python my_model.py --nBeta 500",
      ),
    )
    .action(async (given: string | undefined, flags: SampleFlags, command: Command) => {
      const name = modelOfCall(given, flags.python);
      const { settings: controls } = verbOf(await systemOrExperiment(name), PROTOCOL);
      // Whoever samples wants the draws; reproductions, which keep thousands of chains, do not.
      const settings = { ...(controls.keep && { keep: "yes" }), ...givenSettings(command, controls) };
      const { startStudy } = await import("../run-and-report.ts");
      const { seed, chains } = flags;
      await startStudy(session, { system: name, seed, title: "sample", protocol: PROTOCOL, chains, settings }, flags);
    });
};
