import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { isLocked, lockRun } from "../../../src/lab/node/lock.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { openRun } from "../../../src/lab/node/runs.ts";
import { optionsFor, temporaryFolder } from "./run-fixture.ts";

const root = temporaryFolder();
const fresh = (name: string) => {
  const folder = join(root.path, name);
  mkdirSync(folder);
  return { folder, lock: join(folder, "lock") };
};

const refusal = (folder: string): string => {
  try {
    lockRun(folder);
  } catch (error) {
    if (isLandauError(error, "store")) return error.message;
    throw error;
  }
  throw new Error("the lock was given");
};

test("a lock is given once, and again when it was given back", () => {
  const { folder, lock } = fresh("once");
  const unlock = lockRun(folder);
  expect(isLocked(folder)).toBe(true);
  expect(refusal(folder)).toBe(
    `the run is being written by process ${process.pid} on ${hostname()}: wait for it to end. If it is gone, delete ${lock}`,
  );
  unlock();
  expect(existsSync(lock)).toBe(false);
  lockRun(folder)();
});

test("the lock of a process that was killed is taken over", async () => {
  const { folder, lock } = fresh("dead");
  lockRun(folder);
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  // The other process as its holder; where the system does not tell starts apart, the number alone decides.
  const mine = JSON.parse(readFileSync(lock, "utf8"));
  const stat = `/proc/${other.pid}/stat`;
  const started = existsSync(stat) ? readFileSync(stat, "utf8").split(") ")[1].split(" ")[19] : "";
  writeFileSync(lock, JSON.stringify({ ...mine, pid: other.pid, started }));
  expect(refusal(folder)).toContain(`process ${other.pid}`);
  other.kill("SIGKILL");
  await once(other, "exit");
  expect(isLocked(folder)).toBe(false);
  lockRun(folder)();
});

test.each<[string, (mine: object) => string]>([
  ["from before a restart of the machine", mine => JSON.stringify({ ...mine, boot: "another" })],
  ["of a process whose number another one has now", mine => JSON.stringify({ ...mine, started: "1" })],
  ["that is empty", () => ""],
])("a lock %s is taken over", (_, change) => {
  const { folder, lock } = fresh(`stale-${_.length}`);
  lockRun(folder);
  writeFileSync(lock, change(JSON.parse(readFileSync(lock, "utf8"))));
  const unlock = lockRun(folder);
  expect(JSON.parse(readFileSync(lock, "utf8")).pid).toBe(process.pid);
  unlock();
});

test("a lock of another machine is respected, and where one can look is said", () => {
  const { folder, lock } = fresh("far");
  writeFileSync(lock, JSON.stringify({ pid: 1, started: "1", host: "far away", boot: "x" }));
  expect(refusal(folder)).toContain(
    `process 1 on far away: wait for it to end. Whether it still runs can be seen on far away alone: when it is surely gone, delete ${lock}`,
  );
});

test("a job that was put back into its queue takes over its own lock, no other", () => {
  const { folder, lock } = fresh("job");
  const held = (job: string, restart: number) =>
    writeFileSync(lock, JSON.stringify({ pid: 1, started: "1", host: "far away", boot: "x", job, restart }));
  vi.stubEnv("SLURM_JOB_ID", "12");
  vi.stubEnv("SLURM_RESTART_COUNT", "1");
  try {
    held("11", 0);
    expect(refusal(folder)).toContain("process 1 on far away (job 11)");
    held("12", 1);
    expect(refusal(folder)).toContain("(job 12)");
    held("12", 0);
    lockRun(folder)();
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a lock that someone else took over is not given back", () => {
  const { folder, lock } = fresh("taken");
  const unlock = lockRun(folder);
  writeFileSync(lock, "{}");
  unlock();
  expect(existsSync(lock)).toBe(true);
});

test("a run that is being written cannot be resumed, and is listed as running", async () => {
  const folder = join(root.path, "runs");
  let status = "";
  let refused: unknown;
  const run = await startRun(
    optionsFor(folder, {
      onStart({ id }) {
        status = openRun(join(folder, id)).status;
        refused = resumeRun(id, optionsFor(folder)).catch(error => error);
      },
    }),
  );
  expect(status).toBe("running");
  expect(isLandauError(await refused, "store")).toBe(true);
  expect(String(await refused)).toContain(`is being written by process ${process.pid}`);
  expect(run.status).toBe("finished");
});
