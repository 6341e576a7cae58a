import { LandauError } from "../errors.ts";
import { unknownWord } from "../lab/nearest.ts";
import type { Series, TrainingLog } from "../logs/training/series.ts";
import type { LogFormat } from "../logs/training/sniff.ts";
import { readLogs } from "./read-logs.ts";
import type { Terminal } from "./terminal.ts";

export interface LogFlags {
  readonly series?: readonly string[];
  readonly format?: LogFormat;
  readonly axis?: string;
}

/** The quantities of one run of a log. */
export interface LogRun {
  readonly run: string;
  readonly series: readonly Series[];
}

/** Quantities of a run that are looked at when none are named. */
const MOST_SERIES = 12;

/** The runs of some logs, each with the series that are asked for, in the order in which they come. */
export const readRuns = async (
  terminal: Pick<Terminal, "stderr" | "env">,
  paths: readonly string[],
  { series, format, axis }: LogFlags,
): Promise<{ runs: LogRun[]; format: string; notes: string[] }> => {
  const log = await readEach(terminal, paths, { format, axis });
  const chosen = chosenSeries(log, series);
  const notes = [...log.notes];
  const runs = [...new Set(chosen.map(({ run }) => run))].map(run => {
    const own = chosen.filter(each => each.run === run);
    if (series === undefined && own.length > MOST_SERIES)
      notes.push(`${run}: the first ${MOST_SERIES} of ${own.length} series were looked at: --series NAME chooses`);
    for (const { name, value } of own) {
      const count = value.reduce((sum, each) => sum + Number(!Number.isFinite(each)), 0);
      if (count > 0)
        notes.push(
          `${name} of ${run}: ${count === 1 ? "1 value that is NaN or infinite is" : `${count} values that are NaN or infinite are`} left out`,
        );
    }
    return { run, series: series === undefined ? own.slice(0, MOST_SERIES) : own };
  });
  return { runs, format: log.format, notes };
};

/** Runs of one name in different files, such as metrics.csv in two folders, are told apart by the paths. */
const readEach = async (
  terminal: Pick<Terminal, "stderr" | "env">,
  paths: readonly string[],
  options: Pick<LogFlags, "format" | "axis">,
): Promise<TrainingLog> => {
  const logs: TrainingLog[] = [];
  for (const path of paths) logs.push(await readLogs(terminal, [path], options));
  const owners = new Map<string, number>();
  for (const { series } of logs)
    for (const run of new Set(series.map(each => each.run))) owners.set(run, (owners.get(run) ?? 0) + 1);
  const named = ({ run }: Series, path: string): string => {
    if ((owners.get(run) ?? 0) < 2) return run;
    const [file] = path.split(/[\\/]/).slice(-1);
    return file.startsWith(run) ? path : `${path}: ${run}`;
  };
  return {
    format: [...new Set(logs.map(log => log.format))].join(", "),
    series: logs.flatMap((log, i) => log.series.map(each => ({ ...each, run: named(each, paths[i]) }))),
    notes: logs.flatMap(log => log.notes),
  };
};

const chosenSeries = (log: TrainingLog, names: readonly string[] | undefined): readonly Series[] => {
  if (!names) return log.series;
  const known = [...new Set(log.series.map(({ name }) => name))];
  for (const name of names)
    if (!known.includes(name)) throw new LandauError("input", unknownWord("series", name, known));
  return log.series.filter(({ name }) => names.includes(name));
};
