import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, execute } from "../../../cli/executable.ts";
import { full } from "../../../support/full.ts";
import { type RedisServer, redisMissing, startRedis } from "../../../support/redis-server.ts";
import { emptyFolder } from "../../../support/scratch.ts";
import { type SlurmCluster, slurmMissing, startSlurm } from "../../../support/slurm-cluster.ts";

/* Long: an adaptive sweep, whose rounds follow from results, on Slurm and on a queue: the run is the one of threads. */

const TIMEOUT = 600_000;
const sweep = (runs: string, ...more: readonly string[]): readonly string[] => [
  ...["sweep", "deep-linear", "--x", "weightDecay=lin(0.05,0.85,9)", "--y", "strength=lin(0.2,1.8,9)", "--width", "3"],
  ...["--adaptive", "--seeds", "2", "--budget", "60", "--seed", "1", "--json", "--no-report", "--runs", runs, ...more],
];
const home = { path: "", hash: "" };

beforeAll(async () => {
  if (!full) return;
  home.path = emptyFolder();
  const { stdout } = await execute(sweep(join(home.path, "threads")));
  home.hash = JSON.parse(stdout).contentHash;
}, TIMEOUT);

describe.runIf(full && slurmMissing() === undefined)("Slurm", () => {
  let cluster: SlurmCluster;
  beforeAll(async () => {
    cluster = await startSlurm();
  }, TIMEOUT);
  afterAll(() => cluster?.stop());

  test(
    "round after round, an array or more for each",
    async () => {
      const runs = join(home.path, "slurm");
      const { code, stdout, stderr } = await execute(sweep(runs, "--on", "slurm", "--shards", "3"), {
        env: cluster.env,
      });
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout).contentHash).toBe(home.hash);
      expect(readdirSync(join(runs, readdirSync(runs)[0], "slurm")).length).toBeGreaterThan(2);
    },
    TIMEOUT,
  );
});

describe.runIf(full && redisMissing() === undefined)("BullMQ", () => {
  let server: RedisServer;
  let worker: ChildProcess | undefined;
  beforeAll(async () => {
    server = await startRedis();
  }, TIMEOUT);
  afterAll(() => {
    worker?.kill("SIGKILL");
    server?.stop();
  });

  test(
    "round after round, by a worker that stays",
    async () => {
      const runs = join(home.path, "queue");
      const ended = execute(sweep(runs, "--on", server.address));
      while (!existsSync(runs) || readdirSync(runs).length === 0) await new Promise(done => setTimeout(done, 20));
      const folder = join(runs, readdirSync(runs)[0]);
      while (!existsSync(join(folder, "tasks.txt"))) await new Promise(done => setTimeout(done, 20));
      worker = spawn(process.execPath, [cli, "work", folder, "--on", server.address, "--workers", "2"], {
        stdio: "ignore",
      });
      const { code, stdout, stderr } = await ended;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout).contentHash).toBe(home.hash);
    },
    TIMEOUT,
  );
});
