import type { Command } from "commander";
import type { System } from "../../contracts/index.ts";
import { LandauError } from "../../errors.ts";
import { type FastModeName, fastModeNames } from "../../lab/fast-modes.ts";
import { unknownWord } from "../../lab/nearest.ts";
import { findSystem, verbOf } from "../find.ts";
import { wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { parseSettings } from "../settings.ts";

interface TrainFlags extends RunFlags {
  readonly set?: string[];
  readonly seeds: number;
  readonly seed: number;
  readonly fast?: FastModeName[];
}

/** The protocol that trains a system. */
const PROTOCOL = "train";

export const trainCommand = (session: Session): Command =>
  withRunFlags(
    withSeed(
      makeCommand(session, "train", "train an ensemble of a system, or of your own model")
        .argument("<system>", "a system's name, or the path of a module that exports an experiment")
        .option("--set <key=value...>", "settings that differ from their defaults")
        .option("--seeds <number>", "members of the ensemble", wholeNumber("seeds", { min: 1, max: 1_000_000 }), 1)
        .option("--fast <mode...>", `faster ways of computing: ${fastModeNames.join(", ")}`, collectFastModes),
    ),
  )
    .addHelpText(
      "after",
      "\n`landau systems <system>` lists the settings with their ranges and defaults; `landau doctor` shows which fast modes this machine has.",
    )
    .addHelpText(
      "after",
      examples(
        "landau train superposition --set scheme=R epochs=2000 --seeds 8",
        "landau train superposition --set c=8 --seeds 20 --seed 1 --json",
        "landau train ./my-model.mjs --seeds 64",
        "landau train ./my-model.mjs --fast relaxed blas",
      ),
    )
    .action(async (name: string, flags: TrainFlags) => {
      const system = await systemOf(name);
      const { settings: controls, runTogether } = verbOf(system, PROTOCOL);
      const { startStudy } = await import("../run-and-report.ts");
      const { seed, fast, seeds: chains } = flags;
      const chunk = runTogether && { chunk: chunkOf(chains) };
      const settings = parseSettings(flags.set ?? [], controls);
      await startStudy(
        session,
        { system: name, seed, title: "train", fast, protocol: PROTOCOL, chains, ...chunk, settings },
        flags,
      );
    });

/** A system by its name, or the experiment of a file by its path. */
const systemOf = async (name: string): Promise<System> => {
  const { isExperimentPath, systemsWith } = await import("../../lab/node/experiment-file.ts");
  if (!isExperimentPath(name)) return findSystem(name);
  const { name: path, systems } = await systemsWith(name);
  return systems[path];
};

/** Members that one task trains side by side: enough to fill lanes and few enough to fill workers. It depends on nothing else. */
const chunkOf = (members: number): number => Math.min(64, Math.ceil(members / 8));

const collectFastModes = (name: string, before: readonly FastModeName[] = []): readonly FastModeName[] => {
  const mode = fastModeNames.find(each => each === name);
  if (!mode) throw new LandauError("input", unknownWord("fast mode", name, fastModeNames));
  return [...before, mode];
};
