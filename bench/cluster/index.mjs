import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median } from "../shared/table.mjs";

const here = import.meta.dirname;
const cli = join(here, "../../dist/cli.mjs");
const ROUNDS = 3;
const TASKS = 10_000;
/** The peers take so much longer that fewer are enough. */
const OF_PEERS = 1000;
const STARTS = 10;

/**
 * What handing out a trivial task costs (a build: npm run build; GNU parallel from Debian): Landau's workers, GNU parallel and HyperQueue's local cluster, each with one
 * worker, in turns. The time of one task alone, in which all is started, is taken off.
 */
export const run = ({ json }) => {
  const python = peerPython(here);
  const version = spawnSync("parallel", ["--version"], { encoding: "utf8" }).stdout;
  if (!version) throw new Error("parallel is missing: apt install parallel");
  const folder = mkdtempSync(join(tmpdir(), "landau-cluster-"));
  try {
    const peers = {
      Landau: count => ours(folder, count),
      "GNU parallel": count => timed("bash", ["-c", `seq ${count} | parallel -j1 -N0 true`], folder),
      HyperQueue: count => timed(python, [join(here, "peer.py"), String(count), "true"], folder),
    };
    const counts = { Landau: TASKS, "GNU parallel": OF_PEERS, HyperQueue: OF_PEERS };
    const measured = Object.fromEntries(Object.keys(peers).map(name => [name, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, measure] of Object.entries(peers)) {
        const [one, many] = [measure(1), measure(counts[name])];
        const each = key => (many[key] - one[key]) / (counts[name] - 1);
        measured[name].push({ wall: each("wall"), cpu: each("cpu") });
      }
    const rows = Object.entries(measured).map(([name, rounds]) => ({
      workload: name,
      tasks: counts[name],
      wall: 1000 * median(rounds.map(({ wall }) => wall)),
      cpu: 1000 * median(rounds.map(({ cpu }) => cpu)),
    }));
    const report = {
      machine: { ...describeMachine(), threads: "one worker", load: Math.round(loadavg()[0]) },
      versions: {
        node: process.version,
        parallel: /\d{8}/.exec(version)[0],
        hyperqueue: execFileSync(
          python,
          ["-c", "from importlib.metadata import version; print(version('hyperqueue'))"],
          {
            encoding: "utf8",
          },
        ).trim(),
      },
      rows,
      start: startOfShards(folder),
    };
    writeFileSync(join(here, "results.json"), `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(join(here, "results.md"), page(report));
    console.log(json ? JSON.stringify(report) : page(report));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Seconds that a command takes, and those of the processor for it and its children. */
const timed = (program, words, cwd) => {
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1', "_", program, ...words],
    {
      cwd,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    },
  );
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with code ${status}`);
  const [wall, user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { wall, cpu: user + system };
};

/** A run of so many tasks, each of one step of training, none done. */
const planned = (folder, count) => {
  const home = mkdtempSync(join(folder, "run-"));
  const spec = join(home, "spec.toml");
  writeFileSync(
    spec,
    `system = "deep-linear"\nseed = 1\n[[studies]]\nname = "map"\nprotocol = "train"\nchains = ${count}\nsettings = { steps = 1 }\n`,
  );
  execFileSync(process.execPath, [cli, "plan", spec, "--runs", join(home, "runs")], { stdio: "pipe" });
  return join(home, "runs", readdirSync(join(home, "runs"))[0]);
};

const ours = (folder, count) =>
  timed(process.execPath, [cli, "work", planned(folder, count), "--workers", "1"], folder);

/** A shard of one task of a run of many: the start and the end of a worker, and little else. */
const startOfShards = folder => {
  const path = planned(folder, TASKS);
  const times = Array.from({ length: STARTS }, (_, i) =>
    timed(process.execPath, [cli, "work", path, "--workers", "1", "--shard", `${i + 1}/${TASKS}`], folder),
  );
  return { wall: median(times.map(({ wall }) => wall)), cpu: median(times.map(({ cpu }) => cpu)) };
};

const page = ({ machine, versions, rows, start }) => `# What handing out a task costs

Made by \`npm run bench -- cluster\`.

Trivial tasks, one worker each, medians over ${ROUNDS} rounds in turns; the time for one task alone, in which all is started, is taken off. The peers start the command
\`true\`, as they start commands; a task of Landau's is one step of training, whose result is a file that is on the disk when the worker ends. CPU time is that of all
processes.

${markdownTable(
  ["who", "tasks", "ms a task", "CPU ms a task"],
  rows.map(({ workload, tasks, wall, cpu }) => [workload, String(tasks), wall.toFixed(2), cpu.toFixed(2)]),
)}

A shard of one task, in a run of ${TASKS}, from the start of its process to its end: ${start.wall.toFixed(2)} s, ${start.cpu.toFixed(2)} s of the processor, median of ${STARTS}.

- Machine: ${list(machine)}; times of a clock are those of a machine with so many processes that want to run, CPU times hardly depend on it.
- Versions: ${list(versions)}.
`;

const list = object =>
  Object.entries(object)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
