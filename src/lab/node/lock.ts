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
}

/**
 * Takes the lock of a run folder, so that no second process writes it, and returns what gives it back. A lock whose
 * process is gone is taken over. Throws a LandauError of kind "store" when another process holds it.
 */
export const lockRun = (folder: string): (() => void) => {
  const path = join(folder, "lock");
  const mine = JSON.stringify(ownHolder());
  guarded("write", path, () => {
    if (writeNew(path, mine)) return;
    const found = readText(path);
    if (found !== undefined) {
      if (isHeld(found)) throw heldBy(found, path);
      // Of several processes that found the dead lock, a slow one may move the fresh lock of a fast one: put it back.
      const aside = `${path}.${process.pid}`;
      renameSync(path, aside);
      const moved = readText(aside);
      unlinkSync(aside);
      if (moved !== found) {
        if (moved !== undefined) writeNew(path, moved);
        throw heldBy(moved ?? found, path);
      }
    }
    if (!writeNew(path, mine)) throw heldBy(readText(path) ?? "", path);
  });
  return () => {
    if (readText(path) === mine) unlinkSync(path);
  };
};

/** Whether a live process holds the lock of a run folder. */
export const isLocked = (folder: string): boolean => {
  const found = readText(join(folder, "lock"));
  return found !== undefined && isHeld(found);
};

/** Writes a file that was not there; false when it was. Nobody ever sees it without its content. */
const writeNew = (path: string, text: string): boolean => {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, text);
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
  // Nothing can be said about a process of another machine.
  if (holder.host !== hostname()) return true;
  return holder.boot === bootId() && isAlive(holder.pid) && holder.started === startOf(holder.pid);
};

const heldBy = (text: string, path: string): LandauError => {
  const { pid, host } = parseHolder(text) ?? { pid: "unknown", host: hostname() };
  return new LandauError(
    "store",
    `the run is being written by process ${pid} on ${host}: wait for it to end. If it is gone, delete ${path}`,
  );
};

const ownHolder = (): Holder => ({
  pid: process.pid,
  started: startOf(process.pid),
  host: hostname(),
  boot: bootId(),
});

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
