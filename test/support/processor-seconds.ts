import { readdirSync, readFileSync } from "node:fs";

/** Of a second, on every Linux that there is. */
const TICK = 0.01;

/** Seconds of processor time of this process, of its children and of those that these waited for; undefined where no /proc tells. */
export const processorSeconds = (): number | undefined => {
  try {
    const processes = readdirSync("/proc")
      .filter(name => /^\d+$/.test(name))
      .flatMap(statusOf);
    return processes
      .filter(({ id, parent }) => id === process.pid || parent === process.pid)
      .reduce((sum, { seconds }) => sum + seconds, 0);
  } catch {
    return undefined;
  }
};

/** Nothing of a process that has just ended. */
const statusOf = (name: string): readonly { id: number; parent: number; seconds: number }[] => {
  try {
    const text = readFileSync(`/proc/${name}/stat`, "utf8");
    // The second field is a name in brackets, with any signs in it.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [{ id: Number(name), parent: Number(fields[1]), seconds: TICK * ticks }];
  } catch {
    return [];
  }
};
