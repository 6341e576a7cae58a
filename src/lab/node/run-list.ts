import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isLandauError } from "../../errors.ts";
import { TASK_LIST } from "./cluster/task-list.ts";
import { readIfThere } from "./files.ts";
import type { Finish, FinishSummary } from "./finish.ts";
import { namesByDate } from "./run-names.ts";
import type { RunStatus } from "./runs.ts";
import { fileHash, readSealed } from "./sealed.ts";
import { VERDICTS } from "./verdict-file.ts";

/** A line of a list of runs. */
export interface RunLine {
  readonly id: string;
  readonly path: string;
  readonly status: RunStatus | "unreadable";
  /** Why an unreadable run is so. */
  readonly error?: string;
  /** How far the workers of an unfinished run are: "12 of 40 tasks; Slurm: 3 running". */
  readonly standing?: string;
  readonly created?: string;
  readonly command?: string;
  /** From the start to the end, pauses included; of a finished run. */
  readonly seconds?: number;
  readonly verdicts?: FinishSummary["verdicts"];
  /** Of all files. */
  readonly bytes: number;
}

/** The runs in a folder, oldest first, from the summaries that finished runs keep; only others are read. */
export const runLines = async (folder: string): Promise<readonly RunLine[]> => {
  const lines: RunLine[] = [];
  for (const id of namesByDate(folder)) {
    const path = join(folder, id);
    lines.push(shortLine(id, path) ?? (await fullLine(id, path)));
  }
  return lines;
};

/** Undefined for a run that is not finished, whose summary is not what it was, or whose list of tasks or verdicts are not. */
const shortLine = (id: string, path: string): RunLine | undefined => {
  try {
    const bytes = readIfThere(join(path, "finished.json"));
    const finish = bytes && (readSealed(bytes) as unknown as Partial<Finish> | undefined);
    if (!bytes || !finish?.summary || !finish.files) return undefined;
    const { finished = "", summary, files } = finish;
    for (const name of ["run.json", VERDICTS]) if (fileHash(path, name) !== files[name]) return undefined;
    const { created, command, verdicts } = summary;
    const { holds, fails, undecided } = verdicts;
    const seconds = (Date.parse(finished) - Date.parse(created)) / 1000;
    if (typeof command !== "string" || !Number.isFinite(seconds + holds + fails + undecided)) return undefined;
    const size = summary.bytes + bytes.length + bytesIn(path, ["report.html"]) + bytesOf(join(path, "figures"));
    return { id, path, status: "finished", created, command, seconds, verdicts, bytes: size };
  } catch {
    return undefined;
  }
};

const fullLine = async (id: string, path: string): Promise<RunLine> => {
  const { openRun } = await import("./runs.ts");
  const { countOutcomes } = await import("../../contracts/claim.ts");
  const { readFinish } = await import("./finish.ts");
  const bytes = bytesOf(path);
  try {
    const { status, created, command, verdicts } = openRun(path);
    const finish = readFinish(path);
    return {
      ...{ id, path, status, created, command, bytes },
      ...(!finish && existsSync(join(path, TASK_LIST)) && { standing: await workersText(id, path) }),
      ...(finish && {
        seconds: (Date.parse(finish.finished) - Date.parse(created)) / 1000,
        verdicts: countOutcomes(verdicts),
      }),
    };
  } catch (error) {
    if (!isLandauError(error)) throw error;
    return { id, path, status: "unreadable", error: error.message, bytes };
  }
};

const workersText = async (id: string, path: string): Promise<string> => {
  const [{ standingOf }, { SLURM }, { slurmState }] = await Promise.all([
    import("./cluster/gather.ts"),
    import("./cluster/slurm-arrays.ts"),
    import("./cluster/slurm.ts"),
  ]);
  const { done, known } = standingOf(path);
  const jobs = existsSync(join(path, SLURM)) ? await slurmState(id, path) : "";
  return `${done} of ${known} tasks${jobs && `; Slurm: ${jobs}`}`;
};

/** Bytes of all files in a folder and below it; of those that are there. */
export const bytesOf = (folder: string): number => {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce(
      (sum, entry) => sum + (entry.isDirectory() ? bytesOf(join(folder, entry.name)) : bytesIn(folder, [entry.name])),
      0,
    );
  } catch {
    return 0;
  }
};

const bytesIn = (folder: string, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
