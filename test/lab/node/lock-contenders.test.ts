import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { lockRun } from "../../../src/lab/node/lock.ts";
import { emptyFolder } from "../../support/scratch.ts";

/** Called before each call of the file system. */
const step = vi.hoisted(() => ({ before: () => {} }));

vi.mock("node:fs", async importOriginal => {
  const real = await importOriginal<typeof import("node:fs")>();
  const stepped = (name: "linkSync" | "readFileSync" | "renameSync" | "unlinkSync" | "writeFileSync") => ({
    [name](...call: never[]) {
      step.before();
      return (real[name] as (...call: never[]) => unknown)(...call);
    },
  });
  return Object.assign(
    { ...real },
    ...(["linkSync", "readFileSync", "renameSync", "unlinkSync", "writeFileSync"] as const).map(stepped),
  );
});

/** Processes that are alive, and do nothing. */
const others = [0, 1].map(() => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]));
afterAll(() => {
  for (const other of others) other.kill("SIGKILL");
});

const folder = join(emptyFolder(), "run");
const lock = join(folder, "lock");
const pids = [process.pid, ...others.map(({ pid }) => pid!)];

/** What a process calls that wants the lock; whether it got it. */
const contend = (pid: number): boolean => {
  const before = process.pid;
  Object.defineProperty(process, "pid", { value: pid, configurable: true, writable: true });
  try {
    lockRun(folder);
    return true;
  } catch (error) {
    if (!isLandauError(error, "store")) throw error;
    return false;
  } finally {
    Object.defineProperty(process, "pid", { value: before, configurable: true, writable: true });
  }
};

/** Where the second and the third process begin: before a step of the first, or of the one before. */
interface Cut {
  readonly second: number;
  readonly third: number;
  readonly thirdCuts: "first" | "second";
}

/** Which processes got the lock, and whether all began. */
const interleaved = ({ second, third, thirdCuts }: Cut) => {
  const winners: number[] = [];
  let begun = 1;
  const run = (index: number, cuts: { readonly [step: number]: number }): void => {
    const outer = step.before;
    let steps = 0;
    step.before = () => {
      const next = cuts[steps++];
      if (next === undefined) return;
      begun++;
      run(next, next === 1 && thirdCuts === "second" ? { [third]: 2 } : {});
    };
    if (contend(pids[index])) winners.push(pids[index]);
    step.before = outer;
  };
  run(0, thirdCuts === "first" ? { [third]: 2, [second]: 1 } : { [second]: 1 });
  return { winners, areAllBegun: begun === 3 };
};

/** Leaves the lock of a process of this host that is gone. */
const dieHolding = (): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  lockRun(folder);
  writeFileSync(lock, JSON.stringify({ ...JSON.parse(readFileSync(lock, "utf8")), boot: "before" }));
};

/** Goes on until a step is not reached. */
const countSteps = (isReached: (step: number) => boolean): number => {
  for (let steps = 0; ; steps++) if (!isReached(steps)) return steps;
};

test.each(["first", "second"] as const)(
  "of three processes that find a dead lock one gets it: the second cuts into the first anywhere, the third into the %s",
  thirdCuts => {
    let cases = 0;
    countSteps(second => {
      const from = thirdCuts === "first" ? second + 1 : 0;
      const steps = countSteps(later => {
        dieHolding();
        const { winners, areAllBegun } = interleaved({ second, third: from + later, thirdCuts });
        if (!areAllBegun) return false;
        expect(winners, `cut at ${second} and ${from + later}`).toHaveLength(1);
        expect(JSON.parse(readFileSync(lock, "utf8")).pid).toBe(winners[0]);
        expect(readdirSync(folder)).toEqual(["lock"]);
        cases++;
        return true;
      });
      return steps > 0;
    });
    expect(cases).toBeGreaterThan(20);
  },
);
