import { join } from "node:path";
import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import type { Run } from "../../lab/node/runs.ts";
import { countText } from "../count-text.ts";
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
    makeCommand(
      session,
      "export",
      "write the records of a run as tables, with its verdicts and what each column means",
    ),
  )
    .argument("<run>", 'a run, by its date, name, system or folder; "last" is the latest')
    .option("--csv", "CSV files (the default)")
    .option("--npz", "npz files of float64 arrays, for numpy")
    .option("--to <folder>", "where to write (default: <run>-export, here)")
    .addHelpText(
      "after",
      "\nA table for each study and kind of record; of a posterior one row a draw, with its parameters when they were kept;\n" +
        "verdicts.csv has a row for each comparison, dictionary.csv the type, unit and meaning of each column.",
    )
    .addHelpText("after", examples("export last", "export last --npz --to arrays"))
    .action(async (name: string, { runs, csv, npz, to }: ExportFlags) => {
      const [{ mkdir, writeFile }, { readRun }, { exportCsv }, { exportNpz }] = await Promise.all([
        import("node:fs/promises"),
        import("../../lab/node/runs.ts"),
        import("../../lab/export-csv.ts"),
        import("../../lab/export-npz.ts"),
      ]);
      const run = readRun(name, runs);
      const files = [
        ...(csv || !npz ? exportCsv(await exported(run), await systemOf(run.spec.system)) : []),
        ...(npz
          ? exportNpz(
              run.spec.studies.map(({ name }) => name),
              run,
            )
          : []),
      ];
      const folder = to ?? `${run.id}-export`;
      try {
        await mkdir(folder, { recursive: true });
        for (const { name, content } of files) await writeFile(join(folder, name), content);
      } catch (cause) {
        throw new LandauError("store", `cannot write ${folder}: ${(cause as Error).message}`, { cause });
      }
      const { stdout } = session.terminal;
      for (const file of files) printLine(stdout, join(folder, file.name));
      if (stdout.isTTY && files.length > LISTED) printLine(stdout, `${countText(files.length, "file")} in ${folder}`);
    });

/** Files after which their number is worth a line. */
const LISTED = 10;

const exported = async (run: Run) => {
  const [{ keptParameters }, { PARAMETERS }] = await Promise.all([
    import("../../lab/node/kept-parameters.ts"),
    import("../../protocols/kept-draws.ts"),
  ]);
  const { records, kinds, verdicts, spec, path, tasks } = run;
  return {
    ...{ records, kinds, verdicts },
    studies: spec.studies,
    parameters: (study: string) =>
      keptParameters(
        path,
        tasks.filter(task => task.study === study),
        PARAMETERS,
      ),
  };
};

/** The system as it is today; of one that is gone, such as a model whose file was moved, its name alone. */
const systemOf = async (name: string) => {
  const { systemsWith } = await import("../../lab/node/experiment-file.ts");
  return systemsWith(name).then(
    ({ name, systems }) => systems[name],
    () => ({ name }),
  );
};
