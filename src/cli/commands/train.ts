import type { Command } from "commander";
import { callText } from "../../call-text.ts";
import { LandauError } from "../../errors.ts";
import { type FastModeName, fastModeNames } from "../../lab/fast-modes.ts";
import { unknownWord } from "../../lab/nearest.ts";
import { systemOrExperiment, verbOf } from "../find.ts";
import { wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { givenSettings, withSettings } from "../settings.ts";

interface TrainFlags extends RunFlags {
  readonly seeds: number;
  readonly seed: number;
  readonly fast?: FastModeName[];
}

/** The protocol that trains a system. */
const PROTOCOL = "train";

export const trainCommand = (session: Session): Command => {
  const { system } = session;
  const command = withRunFlags(
    withSeed(
      makeCommand(session, "train", "train an ensemble of a system, or of your own model")
        .argument("<system>", "a system's name, or the path of a module that exports an experiment")
        .option("--seeds <number>", "members of the ensemble", wholeNumber("seeds", { min: 1, max: 1_000_000 }), 1)
        .option("--fast <mode...>", `faster ways of computing: ${fastModeNames.join(", ")}`, collectFastModes),
    ),
  );
  return withSettings(command, system?.protocols[PROTOCOL]?.settings ?? {}, system?.name ?? "")
    .addHelpText(
      "after",
      `\n${system ? "" : `${callText("train SYSTEM --help")} lists the settings of a system with their ranges and defaults; `}${callText("doctor")} shows which fast modes this machine has.`,
    )
    .addHelpText(
      "after",
      examples(
        "train superposition --scheme R --epochs 2000 --seeds 8",
        "train superposition --set scheme=R epochs=2000 --seeds 8",
        "train superposition --c 8 --seeds 20 --seed 1 --json",
        "train ./my-model.mjs --seeds 64",
        "train ./my-model.mjs --fast relaxed blas",
      ),
    )
    .action(async (name: string, flags: TrainFlags, command: Command) => {
      const { settings: controls, runTogether } = verbOf(await systemOrExperiment(name), PROTOCOL);
      const settings = givenSettings(command, controls);
      const { startStudy } = await import("../run-and-report.ts");
      const { seed, fast, seeds: chains } = flags;
      const chunk = runTogether && { chunk: chunkOf(chains) };
      await startStudy(
        session,
        { system: name, seed, title: "train", fast, protocol: PROTOCOL, chains, ...chunk, settings },
        flags,
      );
    });
};

/** Members that one task trains side by side: enough to fill lanes and few enough to fill workers. It depends on nothing else. */
const chunkOf = (members: number): number => Math.min(64, Math.ceil(members / 8));

const collectFastModes = (name: string, before: readonly FastModeName[] = []): readonly FastModeName[] => {
  const mode = fastModeNames.find(each => each === name);
  if (!mode) throw new LandauError("input", unknownWord("fast mode", name, fastModeNames));
  return [...before, mode];
};
