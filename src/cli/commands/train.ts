import type { Command } from "commander";
import type { Controls, Settings } from "../../contracts/index.ts";
import { invalid } from "../../errors.ts";
import { find, findSystem } from "../find.ts";
import { controlValue, wholeNumber } from "../option-values.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";

interface TrainFlags extends RunFlags {
  readonly set?: string[];
  readonly seeds: number;
  readonly seed: number;
}

export const trainCommand = (session: Session): Command =>
  withRunFlags(
    withSeed(
      makeCommand(session, "train", "train an ensemble of a system with settings of your own")
        .argument("<system>", "a system's name")
        .option("--set <key=value...>", "settings that differ from their defaults")
        .option("--seeds <number>", "members of the ensemble", wholeNumber("seeds", { min: 1, max: 1_000_000 }), 1),
    ),
  )
    .addHelpText("after", "\n`landau systems <system>` lists the settings with their ranges and defaults.")
    .addHelpText(
      "after",
      examples(
        "landau train superposition --set scheme=R epochs=2000 --seeds 8",
        "landau train superposition --set c=8 --seeds 20 --seed 1 --json",
      ),
    )
    .action(async (name: string, flags: TrainFlags) => {
      const { protocols } = await findSystem(name);
      const { settings } = find("protocol", "train", protocols);
      const { startAndReport } = await import("../run-and-report.ts");
      await startAndReport(
        session,
        {
          system: name,
          seed: flags.seed,
          title: "train",
          studies: [
            {
              name: "train",
              protocol: "train",
              chains: flags.seeds,
              settings: parseSettings(flags.set ?? [], settings),
            },
          ],
        },
        flags,
      );
    });

const parseSettings = (pairs: readonly string[], controls: Controls): Settings =>
  Object.fromEntries(
    pairs.map(pair => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      if (key === undefined) throw invalid("--set", pair, "key=value");
      return [key, controlValue(key, value, find("setting", key, controls))];
    }),
  );
