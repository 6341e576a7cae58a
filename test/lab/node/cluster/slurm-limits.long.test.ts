import { execFile, spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, execute } from "../../../cli/executable.ts";
import { emptyFolder } from "../../../support/scratch.ts";
import { type SlurmCluster, slurmMissing, startSlurm } from "../../../support/slurm-cluster.ts";

/* Arrays for 5000 tasks, as a real Slurm takes them; jobs are held, and none runs. The user's own limit needs a database of accounts, and has a stand-in in slurm.test.ts. */

const TIMEOUT = 300_000;
const noSlurm = slurmMissing();
if (noSlurm !== undefined) console.log(`not tried on Slurm: ${noSlurm}`);

/** A run of 5000 tasks that is planned, and not begun. */
const planned = async (): Promise<string> => {
  const home = emptyFolder();
  const spec = join(home, "spec.toml");
  writeFileSync(
    spec,
    `system = "deep-linear"\nseed = 1\n[[studies]]\nname = "map"\nprotocol = "train"\nchains = 5000\nsettings = { steps = 2 }\n`,
  );
  await execute(["plan", spec, "--runs", join(home, "runs")]);
  return join(home, "runs", readdirSync(join(home, "runs"))[0]);
};

describe.runIf(noSlurm === undefined).each([1001, 101])("Slurm with MaxArraySize %i", maxArraySize => {
  let cluster: SlurmCluster;
  beforeAll(async () => {
    cluster = await startSlurm({ maxArraySize });
  }, TIMEOUT);
  afterAll(() => cluster?.stop());

  const words = (run: string) => ["resume", run, "--on", "slurm", "--task-seconds", "3600", "--sbatch=--hold"];

  /** Submits a run's tasks, stops waiting for them, and returns how many jobs of each array are in the queue; those are taken away. */
  const queued = async (run: string, ...more: readonly string[]): Promise<readonly number[]> => {
    const child = spawn(process.execPath, [cli, ...words(run), ...more], { env: { ...process.env, ...cluster.env } });
    const ended = new Promise(done => child.on("close", done));
    await new Promise<void>((done, fail) => {
      let output = "";
      child.stderr.on("data", text => {
        output += text;
        if (/ tasks on Slurm: /.test(output)) done();
      });
      child.on("close", () => fail(new Error(output)));
    });
    child.kill("SIGINT");
    await ended;
    const counts = new Map<string, number>();
    for (const line of (await slurm("squeue", "--noheader", "--array", "--format=%F")).trim().split("\n"))
      counts.set(line, (counts.get(line) ?? 0) + 1);
    await slurm("scancel", "--me");
    return [...counts.values()].sort((a, b) => b - a);
  };

  const slurm = (program: string, ...options: readonly string[]) =>
    new Promise<string>((done, fail) => {
      execFile(program, options, { env: { ...process.env, ...cluster.env } }, (error, stdout) =>
        error ? fail(error) : done(stdout),
      );
    });

  test(
    "takes every array that is made for 5000 tasks",
    async () => {
      const run = await planned();
      const whole = maxArraySize === 1001 ? [1000] : [...Array.from({ length: 9 }, () => 101), 91];
      expect(await queued(run)).toEqual(whole);
      if (maxArraySize === 101) expect(await queued(run, "--max-jobs", "300")).toEqual([101, 101, 98]);
    },
    TIMEOUT,
  );

  test.runIf(maxArraySize === 101)(
    "refuses jobs for a partition that is none, which ends with code 1 and its message",
    async () => {
      const run = await planned();
      const { code, stderr } = await execute([...words(run), "--partition", "moon"], { env: cluster.env });
      expect(stderr).toMatch(
        /sbatch refused 101 jobs: .*invalid partition.*nothing was submitted; 5000 of 5000 tasks/i,
      );
      expect(code).toBe(1);
    },
    TIMEOUT,
  );
});
