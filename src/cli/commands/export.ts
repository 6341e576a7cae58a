import { join } from "node:path";
import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printLine } from "../terminal.ts";

interface ExportFlags {
  readonly runs: string;
  readonly csv?: true;
  readonly npz?: true;
  readonly to?: string;
}

export const exportCommand = (session: Session): Command =>
  withRuns(
    makeCommand(session, "export", "write the records of a run as tables, one for each study and kind of record"),
  )
    .argument("<run>", 'a run\'s name or its beginning, its folder, or "last"')
    .option("--csv", "CSV files")
    .option("--npz", "npz files of float64 arrays, for numpy")
    .option("--to <folder>", "where to write (default: <run>-export, here)")
    .addHelpText("after", examples("export last --csv", "export last --npz --to arrays"))
    .action(async (name: string, { runs, csv, npz, to }: ExportFlags) => {
      if (!csv && !npz) throw new LandauError("input", "nothing to write: needs --csv, --npz or both");
      const [{ mkdir, writeFile }, { readRun }, { exportCsv }, { exportNpz }] = await Promise.all([
        import("node:fs/promises"),
        import("../../lab/node/runs.ts"),
        import("../../lab/export-csv.ts"),
        import("../../lab/export-npz.ts"),
      ]);
      const run = readRun(name, runs);
      const studies = run.spec.studies.map(study => study.name);
      const files = [...(csv ? exportCsv(studies, run) : []), ...(npz ? exportNpz(studies, run) : [])];
      const folder = to ?? `${run.id}-export`;
      try {
        await mkdir(folder, { recursive: true });
        for (const { name, content } of files) await writeFile(join(folder, name), content);
      } catch (cause) {
        throw new LandauError("store", `cannot write ${folder}: ${(cause as Error).message}`, { cause });
      }
      for (const file of files) printLine(session.terminal.stdout, join(folder, file.name));
    });
