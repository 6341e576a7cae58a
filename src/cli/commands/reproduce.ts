import { type Command, Option } from "commander";
import type { Study, System } from "../../contracts/index.ts";
import { find, findSystem } from "../find.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";

interface ReproduceFlags extends RunFlags {
  readonly full?: true;
  readonly only?: string[];
  readonly seed: number;
}

export const reproduceCommand = (session: Session): Command =>
  withRunFlags(
    withSeed(
      makeCommand(session, "reproduce", "put every claim of a system's source to the test, and write a report")
        .argument("<system>", "a system's name")
        .addOption(new Option("--quick", "ensembles for about a minute (the default)").conflicts("full"))
        .option("--full", "ensembles as large as the source's")
        .option("--only <claim...>", "only these claims, and the ensembles that they need"),
    ),
  )
    .addHelpText("after", "\nExits with 1 when a claim fails.")
    .addHelpText(
      "after",
      examples(
        "landau reproduce superposition",
        "landau reproduce superposition --full --workers 8",
        "landau reproduce superposition --only plateaus-are-levels --seed 3",
      ),
    )
    .action(async (name: string, flags: ReproduceFlags) => {
      const system = await findSystem(name);
      const size = flags.full ? "full" : "quick";
      const { startAndReport } = await import("../run-and-report.ts");
      await startAndReport(
        session,
        {
          system: name,
          seed: flags.seed,
          title: size,
          studies: studiesFor(system, size, flags.only),
          claims: flags.only ?? system.claims.map(({ id }) => id),
        },
        flags,
      );
    });

const studiesFor = (
  { claims, reproductions }: System,
  size: "quick" | "full",
  only?: readonly string[],
): readonly Study[] => {
  const { studies } = reproductions[size];
  if (only === undefined) return studies;
  const table = Object.fromEntries(claims.map(claim => [claim.id, claim]));
  const needed = new Set(only.flatMap(id => find("claim", id, table).studies));
  return studies.filter(({ name }) => needed.has(name));
};
