import type { Command } from "commander";
import type { RunSummary } from "../../lab/node/runs.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";

export const runsCommand = (session: Session): Command =>
  withRuns(makeCommand(session, "runs", "list the runs, oldest first"))
    .option("--json", "print JSON")
    .addHelpText("after", examples("landau runs", "landau runs --runs /data/runs --json"))
    .action(async ({ runs, json }: { runs: string; json?: true }) => {
      const { terminal } = session;
      const { stdout } = terminal;
      const { listRuns } = await import("../../lab/node/runs.ts");
      const list = listRuns(runs);
      if (json) printJson(terminal, list.map(summary));
      else if (list.length === 0) printLine(stdout, `no runs in ${runs}`);
      else {
        const options = { width: widthOf(stdout), header: ["run", "status", "seed", "studies"] };
        for (const line of textTable(list.map(row), options)) printLine(stdout, line);
      }
    });

const row = ({ id, status, error, manifest }: RunSummary): string[] => {
  const studies = manifest?.spec.studies.map(({ name, chains }) => `${name} (${chains})`).join(", ");
  return [id, status, manifest ? String(manifest.spec.seed) : "", studies ?? error ?? ""];
};

const summary = ({ id, path, status, error, manifest }: RunSummary) => ({
  id,
  path,
  status,
  ...(error !== undefined && { error }),
  ...(manifest && {
    created: manifest.created,
    command: manifest.command,
    versions: manifest.versions,
    system: manifest.spec.system,
    seed: manifest.spec.seed,
    studies: manifest.spec.studies.map(({ name, protocol, chains }) => ({ name, protocol, chains })),
  }),
});
