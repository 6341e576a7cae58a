import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHistories } from "../../../../src/lab/node/cluster/worker-log.ts";
import { cli, execute } from "../../../cli/executable.ts";
import { full } from "../../../support/full.ts";
import { type RedisServer, redisMissing, startRedis } from "../../../support/redis-server.ts";
import { emptyFolder } from "../../../support/scratch.ts";
import { type SlurmCluster, slurmMissing, startSlurm } from "../../../support/slurm-cluster.ts";

/*
 * The same run on threads, on Slurm and on BullMQ, with workers that are killed and a daemon that is: the files are the same, and no more tasks are
 * done again than there were kills. The daemons are those of Debian's packages, started here on ports and in folders of their own; where they are not installed,
 * or do not start, the tests say that they are skipped.
 */

/** LANDAU_CLUSTER_TASKS makes it shorter. */
const TASKS = Number(process.env.LANDAU_CLUSTER_TASKS ?? (full ? 2000 : 100));
const KILLS = Math.min(20, Math.ceil(TASKS / 30));
/** About 50 ms of a processor for a task, its files included. */
const STEPS = 36_000;
const TIMEOUT = full ? 3_600_000 : 300_000;

const home = { path: "" };
const spec = () => join(home.path, "spec.toml");
let expected: string;

beforeAll(async () => {
  if (!existsSync(cli)) throw new Error("dist/cli.mjs is missing: npm run build");
  home.path = emptyFolder();
  writeFileSync(
    spec(),
    `system = "deep-linear"\nseed = 7\n[[studies]]\nname = "map"\nprotocol = "train"\nchains = ${TASKS}\nsettings = { steps = ${STEPS} }\n`,
  );
  const { stdout } = await execute(["run", spec(), "--json", "--no-report", "--runs", join(home.path, "plain")]);
  const { run } = JSON.parse(stdout);
  expected = hashOf(join(home.path, "plain", run));
}, TIMEOUT);

/** All files of results, names and bytes. */
const hashOf = (folder: string): string => {
  const hash = createHash("sha256");
  for (const place of ["tasks", "snapshots"])
    for (const name of readdirSync(join(folder, place)).sort())
      hash.update(`${place}/${name}\n`).update(readFileSync(join(folder, place, name)));
  return hash.digest("hex");
};

const resultsIn = (folder: string): number =>
  existsSync(join(folder, "tasks"))
    ? readdirSync(join(folder, "tasks")).filter(name => name.endsWith(".jsonl")).length
    : 0;

const moment = () => new Promise(done => setTimeout(done, 20));

const start = (words: readonly string[], env: { readonly [name: string]: string } = {}): ChildProcess =>
  spawn(process.execPath, [cli, ...words], {
    cwd: home.path,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });

const endOf = (child: ChildProcess): Promise<{ readonly code: number | null; readonly output: string }> => {
  let output = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.on("data", text => {
      output += text;
    });
  return new Promise(done => child.on("close", code => done({ code, output })));
};

/** Calls `kill` as often as is asked, each time when about as many results more have come. `kill` says whether there was somebody to kill. */
const killing = async (
  folder: () => string,
  kill: (count: number) => Promise<boolean> | boolean,
  isOver: () => boolean,
) => {
  let killed = 0;
  while (killed < KILLS && !isOver()) {
    await moment();
    if (resultsIn(folder()) > ((killed + 1) * TASKS) / (KILLS + 2) && (await kill(killed))) killed++;
  }
  return killed;
};

const repeatedIn = (folder: string): number =>
  [...readHistories(folder).values()].reduce((sum, { begun }) => sum + begun, 0) - TASKS;

const rows: string[] = [];
const tell = (where: string, folder: string, killed: string, seconds: number) =>
  rows.push(`| ${where} | ${killed} | ${repeatedIn(folder)} | yes | ${seconds.toFixed(0)} |`);

/** The folder of the only run of its parent. */
const runIn = (runs: string): string => {
  const [id] = existsSync(runs) ? readdirSync(runs) : [];
  return id === undefined ? join(runs, "none") : join(runs, id);
};

const planned = async (runs: string): Promise<string> => {
  await execute(["plan", spec(), "--runs", runs]);
  return runIn(runs);
};

test(
  "threads: two workers, killed again and again",
  async () => {
    const begun = performance.now();
    const folder = await planned(join(home.path, "threads"));
    const workers = [1, 2].map(part => start(["work", folder, "--shard", `${part}/2`, "--workers", "1"]));
    const killed = await killing(
      () => folder,
      count => {
        // In turns, and one that has done its shard is no victim.
        const victim = [count % 2, (count + 1) % 2].find(i => workers[i].exitCode === null);
        if (victim === undefined) return false;
        workers[victim].kill("SIGKILL");
        workers[victim] = start(["work", folder, "--shard", `${victim + 1}/2`, "--workers", "1"]);
        return true;
      },
      () => resultsIn(folder) >= TASKS,
    );
    await Promise.all(workers.map(worker => (worker.exitCode === null ? endOf(worker) : undefined)));
    expect((await execute(["gather", folder, "--no-report"])).code).toBe(0);
    expect(killed).toBeGreaterThanOrEqual(KILLS);
    expect(hashOf(folder)).toBe(expected);
    expect(repeatedIn(folder)).toBeLessThanOrEqual(killed);
    tell(
      "threads: `landau work --shard`, 2 processes",
      folder,
      `${killed} workers`,
      (performance.now() - begun) / 1000,
    );
  },
  TIMEOUT,
);

const noSlurm = slurmMissing();
if (noSlurm !== undefined) console.log(`not tried on Slurm: ${noSlurm}`);

describe.runIf(noSlurm === undefined)("Slurm", () => {
  let cluster: SlurmCluster;
  beforeAll(async () => {
    cluster = await startSlurm();
  }, TIMEOUT);
  afterAll(() => cluster?.stop());

  test(
    "four jobs, killed again and again, and the controller too",
    async () => {
      const begun = performance.now();
      const runs = join(home.path, "slurm");
      const child = start(
        ["run", spec(), "--on", "slurm", "--shards", "4", "--patience", "30", "--runs", runs, "--no-report"],
        cluster.env,
      );
      const ended = endOf(child);
      let isDown = false;
      const killed = await killing(
        () => runIn(runs),
        async count => {
          // A controller can believe for minutes in jobs that ended before its last note, for which a quick suite has no time.
          if (count === Math.floor(KILLS / 2) && !isDown) {
            isDown = true;
            await cluster.restartController();
          }
          // A worker's name holds the number of its process.
          const names = readdirSync(join(runIn(runs), "workers"));
          const alive = names.map(name => Number(/-(\d+)-[0-9a-f]{8}\.jsonl$/.exec(name)![1])).filter(isWorker);
          if (alive.length === 0) return false;
          process.kill(alive[count % alive.length], "SIGKILL");
          return true;
        },
        () => child.exitCode !== null,
      );
      const { code, output } = await ended;
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(killed).toBeGreaterThanOrEqual(KILLS);
      const folder = runIn(runs);
      expect(hashOf(folder)).toBe(expected);
      // A controller that forgot the last seconds kills jobs or starts them twice, and gives their numbers to the next four: for each, that is a kill more.
      expect(repeatedIn(folder)).toBeLessThanOrEqual(killed + 1 + 8);
      expect(existsSync(join(folder, "slurm/array-002"))).toBe(true);
      tell("Slurm: 4 jobs in an array", folder, `${killed} workers, slurmctld`, (performance.now() - begun) / 1000);
    },
    TIMEOUT,
  );
});

const isWorker = (pid: number): boolean => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return words.includes("\u0000work\u0000") && !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

const noRedis = redisMissing();
if (noRedis !== undefined) console.log(`not tried on BullMQ: ${noRedis}`);

describe.runIf(noRedis === undefined)("BullMQ", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  }, TIMEOUT);
  afterAll(() => server?.stop());

  test(
    "three workers, killed again and again, and the server too, which forgets everything",
    async () => {
      const begun = performance.now();
      const runs = join(home.path, "queue");
      const child = start(["run", spec(), "--on", server.address, "--runs", runs, "--no-report"]);
      const ended = endOf(child);
      while (!existsSync(join(runIn(runs), "tasks.txt"))) await moment();
      const folder = runIn(runs);
      const told: string[] = [];
      const worker = () => {
        const one = start(["work", folder, "--on", server.address, "--workers", "1", "--lease", "2"]);
        void endOf(one).then(({ output }) => told.push(output));
        return one;
      };
      const workers = [worker(), worker(), worker()];
      let isDown = false;
      const killed = await killing(
        () => folder,
        async count => {
          if (count === Math.floor(KILLS / 2) && !isDown) {
            isDown = true;
            await server.restart();
          }
          workers[count % 3].kill("SIGKILL");
          workers[count % 3] = worker();
          return true;
        },
        () => child.exitCode !== null,
      );
      const { code, output } = await ended;
      expect({ code, output, told }).toMatchObject({ code: 0 });
      await Promise.all(workers.map(each => (each.exitCode === null ? endOf(each) : undefined)));
      expect(killed).toBeGreaterThanOrEqual(KILLS);
      expect(hashOf(folder)).toBe(expected);
      expect(repeatedIn(folder)).toBeLessThanOrEqual(killed + 1);
      tell("BullMQ: 3 workers", folder, `${killed} workers, redis-server`, (performance.now() - begun) / 1000);
    },
    TIMEOUT,
  );

  test.runIf(full)(
    "workers without the folder send back the same bytes",
    async () => {
      const runs = join(home.path, "apart");
      const child = start(["run", spec(), "--on", server.address, "--runs", runs, "--no-report"]);
      const ended = endOf(child);
      while (!existsSync(join(runIn(runs), "tasks.txt"))) await moment();
      const elsewhere = join(home.path, "elsewhere");
      mkdirSync(elsewhere);
      const id = runIn(runs).slice(runs.length + 1);
      const worker = start(["work", id, "--on", server.address, "--workers", "2", "--runs", elsewhere]);
      const over = endOf(worker);
      const { code, output } = await ended;
      expect({ code, output }).toMatchObject({ code: 0 });
      expect((await over).output).toContain(`made ${TASKS} tasks, 0 failed`);
      expect(readdirSync(elsewhere)).toEqual([]);
      expect(hashOf(runIn(runs))).toBe(expected);
    },
    TIMEOUT,
  );
});

afterAll(() => {
  if (!full) return;
  writeFileSync(
    resolve(import.meta.dirname, "../../../../docs/results/cluster-kills.md"),
    `# One run on threads, on Slurm and on BullMQ, with kills\n\nMade by \`npm run test:full\`: ${TASKS} tasks of ${STEPS} steps of training (system \`deep-linear\`), Node ${process.versions.node}, ${cpus().length} cores
that other work shared. Killed with SIGKILL as results came; "repeated" counts the times that a task was begun after the first. "Equal": every byte of logs
and snapshots is that of a run on threads that nobody killed.\n\n| where | killed | repeated | equal | seconds |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`,
  );
});
