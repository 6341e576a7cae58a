import { join } from "node:path";
import type { Command } from "commander";
import { invalid } from "../../errors.ts";
import type { ExportFile } from "../../lab/export-csv.ts";
import type { Run } from "../../lab/node/runs.ts";
import { countText } from "../count-text.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printLine } from "../terminal.ts";

interface ExportFlags {
  readonly runs: string;
  readonly to: Format;
  readonly folder?: string;
}

const formats = {
  csv: "tables as text",
  parquet: "tables with a type for every column, for pandas, Polars and DuckDB",
  npz: "arrays of numbers, for numpy",
  zarr: "the arrays of a sweep over its controls, for xarray",
} as const;

type Format = keyof typeof formats;

export const exportCommand = (session: Session): Command =>
  withRuns(
    makeCommand(
      session,
      "export",
      "write the records of a run as tables or arrays, with its verdicts and what each column means",
    ),
  )
    .argument("<run>", 'a run, by its date, name, system or folder; "last" is the latest')
    .option("--to <format>", Object.keys(formats).join(", "), formatNamed, "csv" as Format)
    .option("--folder <folder>", "a new folder for the files (default: <run>-export, here)")
    .addHelpText(
      "after",
      `\n${Object.entries(formats)
        .map(([name, meaning]) => `  ${name.padEnd(8)} ${meaning}`)
        .join("\n")}\n\n` +
        "A table for each study and kind of record; of a posterior one row a draw, with its parameters when they were kept;\n" +
        "verdicts has a row for each comparison. The type, unit and meaning of each column are in dictionary.csv, in Parquet\n" +
        "and Zarr in the file itself.",
    )
    .addHelpText("after", examples("export last", "export last --to parquet", "export last --to zarr --folder maps"))
    .action(async (name: string, { runs, to, folder: wanted }: ExportFlags) => {
      const [{ readRun }, { writeExport }] = await Promise.all([
        import("../../lab/node/runs.ts"),
        import("../../lab/node/write-export.ts"),
      ]);
      const run = readRun(name, runs);
      const folder = wanted ?? `${run.id}-export`;
      const files = await filesOf(run, to);
      writeExport(folder, files);
      const { stdout } = session.terminal;
      // A store is one thing, of however many files.
      const names = [...new Set(files.map(file => file.name.split("/")[0]))];
      for (const each of names) printLine(stdout, join(folder, each));
      if (stdout.isTTY && names.length > LISTED) printLine(stdout, `${countText(names.length, "file")} in ${folder}`);
    });

const formatNamed = (word: string): Format => {
  if (Object.hasOwn(formats, word)) return word as Format;
  throw invalid("--to", word, `one of ${Object.keys(formats).join(", ")}; a folder is named with --folder`);
};

const filesOf = async (run: Run, to: Format): Promise<readonly ExportFile<string | Uint8Array>[]> => {
  switch (to) {
    case "csv": {
      const { exportCsv } = await import("../../lab/export-csv.ts");
      return exportCsv(await exported(run), await systemOf(run.spec.system));
    }
    case "parquet": {
      const { exportParquet } = await import("../../lab/export-parquet.ts");
      return exportParquet(await exported(run), await systemOf(run.spec.system));
    }
    case "npz": {
      const { exportNpz } = await import("../../lab/export-npz.ts");
      const studies = run.spec.studies.map(({ name }) => name);
      return exportNpz(studies, run);
    }
    case "zarr": {
      const { exportZarr } = await import("../../lab/export-zarr.ts");
      return exportZarr(await exported(run), await systemOf(run.spec.system), run);
    }
  }
};

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
