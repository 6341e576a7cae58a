import { createHash } from "node:crypto";
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { LandauError } from "../../errors.ts";
import { guarded, readIfThere } from "./files.ts";

/** Who holds a run folder. */
interface Holder {
  readonly pid: number;
  /** Tells two processes of the same number apart; empty where the system does not say. */
  readonly started: string;
  readonly host: string;
  readonly boot: string;
  /** The batch job that runs the process, and how often it was put back into its queue. */
  readonly job?: string;
  readonly restart?: number;
}

/**
 * Takes the lock of a run folder, so that no second process writes it, and returns what gives it back. A lock whose
 * process is gone is taken over, and a job that was put back into its queue takes over its own, from whatever host. Throws a LandauError of kind
 * "store" when another process holds it.
 */
export const lockRun = (folder: string): (() => void) => {
  const path = join(folder, "lock");
  const mine = JSON.stringify(ownHolder());
  guarded("write", path, () => take(path, mine));
  return () => {
    try {
      if (readText(path) === mine) unlinkSync(path);
    } catch {
      // It is dead as soon as this process has ended, and then nobody minds it.
    }
  };
};

const take = (path: string, mine: string): void => {
  while (!writeNew(path, mine)) {
    const found = readText(path);
    // It was given back meanwhile.
    if (found === undefined) continue;
    if (isHeld(found)) throw heldBy(found, path);
    // Of all who find this very lock dead, one at a time may put its own in its place. Whoever held the turn may be gone, too.
    const turn = `${path}.${createHash("sha256").update(found).digest("hex").slice(0, 16)}`;
    take(turn, mine);
    try {
      if (readText(path) !== found) continue;
      replace(path, mine);
      return;
    } finally {
      unlinkSync(turn);
    }
  }
};

/** Whether a live process holds the lock of a run folder. */
export const isLocked = (folder: string): boolean => {
  const found = readText(join(folder, "lock"));
  return found !== undefined && isHeld(found);
};

/** Writes a file that was not there; false when it was. Nobody ever sees it without its content. */
const writeNew = (path: string, text: string): boolean => {
  const draft = draftOf(path, text);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
};

const replace = (path: string, text: string): void => renameSync(draftOf(path, text), path);

const draftOf = (path: string, text: string): string => {
  const draft = `${path}.${hostname()}-${process.pid}.draft`;
  writeFileSync(draft, text);
  return draft;
};

const readText = (path: string): string | undefined => {
  const bytes = readIfThere(path);
  return bytes && new TextDecoder().decode(bytes);
};

/** A lock that cannot be read was spoilt by a loss of power, and its process is gone. */
const parseHolder = (text: string): Holder | undefined => {
  try {
    const holder = JSON.parse(text);
    return Number.isSafeInteger(holder?.pid) && holder.pid > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
};

const isHeld = (text: string): boolean => {
  const holder = parseHolder(text);
  if (!holder) return false;
  if (holder.job !== undefined && holder.job === ownJob().job && (holder.restart ?? 0) < (ownJob().restart ?? 0))
    return false;
  // Nothing can be said about a process of another machine.
  if (holder.host !== hostname()) return true;
  return holder.boot === bootId() && isAlive(holder.pid) && holder.started === startOf(holder.pid);
};

const heldBy = (text: string, path: string): LandauError => {
  const { pid, host, job } = parseHolder(text) ?? { pid: "unknown", host: hostname() };
  const who = `process ${pid} on ${host}${job === undefined ? "" : ` (job ${job})`}`;
  const wayOut =
    host === hostname()
      ? `If it is gone, delete ${path}`
      : `Whether it still runs can be seen on ${host} alone: when it is surely gone, delete ${path}`;
  return new LandauError("store", `the run is being written by ${who}: wait for it to end. ${wayOut}`);
};

const ownHolder = (): Holder => ({
  pid: process.pid,
  started: startOf(process.pid),
  host: hostname(),
  boot: bootId(),
  ...ownJob(),
});

/** What Slurm tells a job of itself. */
const ownJob = (): Pick<Holder, "job" | "restart"> => {
  const { SLURM_JOB_ID: job, SLURM_RESTART_COUNT: restart = "0" } = process.env;
  return job === undefined ? {} : { job, restart: Number(restart) };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

const readSystemFile = (path: string): string => {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
};

/** Linux names each boot. */
const bootId = (): string => readSystemFile("/proc/sys/kernel/random/boot_id");

/** When a process started, in ticks since boot: the 22nd field of its stat, counted after the name in parentheses. */
const startOf = (pid: number): string => readSystemFile(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[19] ?? "";
