import { type Command, Option } from "commander";
import { type Claim, type Study, type System, studiesOf } from "../../contracts/index.ts";
import { invalid } from "../../errors.ts";
import { find, findSystem } from "../find.ts";
import { type RunFlags, withRunFlags, withSeed } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printLine } from "../terminal.ts";

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
        "reproduce superposition",
        "reproduce superposition --full --workers 8",
        "reproduce superposition --only plateaus-are-levels --seed 3",
      ),
    )
    .action(async (name: string, flags: ReproduceFlags) => {
      const system = await findSystem(name);
      const size = flags.full ? "full" : "quick";
      const left = system.claims.length - decidable(system, size).length;
      if (flags.only === undefined && left > 0)
        printLine(session.terminal.stderr, `${left} of ${system.claims.length} claims need the ensembles of --full`);
      const { startAndReport } = await import("../run-and-report.ts");
      await startAndReport(
        session,
        {
          system: name,
          seed: flags.seed,
          title: size,
          studies: studiesFor(system, size, flags.only),
          claims: flags.only ?? decidable(system, size).map(({ id }) => id),
        },
        flags,
      );
    });

/** The claims whose studies a reproduction has: short ones leave out what takes long ensembles. */
const decidable = ({ claims }: System, size: "quick" | "full"): readonly Claim[] =>
  claims.filter(({ studies }) => studies.every(study => study[size] !== undefined));

const studiesFor = (system: System, size: "quick" | "full", only?: readonly string[]): readonly Study[] => {
  const { claims } = system;
  const studies = studiesOf(system.studies, size);
  if (only === undefined) return studies;
  const table = Object.fromEntries(claims.map(claim => [claim.id, claim]));
  const asked = only.map(id => find("claim", id, table));
  const possible = decidable(system, size);
  const heavy = asked.find(claim => !possible.includes(claim));
  if (heavy) throw invalid("--only", heavy.id, "the ensembles of --full");
  const needed = new Set(asked.flatMap(claim => claim.studies.map(({ name }) => name)));
  return studies.filter(({ name }) => needed.has(name));
};
