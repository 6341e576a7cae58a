// Trains 64 seeds of the perceptron 10-200-200-20 through the lab, with one worker and with two, in turns, and prints a line
// with the wall times and their ratio: node bench/engine/workers.mjs, after a build and on a machine that does nothing else.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../shared/table.mjs";

const ROUNDS = 3;
const SEEDS = 64;
const here = import.meta.dirname;

/** Seconds between the beginning and the end of a run, as its folder tells them, and what it computed. */
const train = workers => {
  const runs = mkdtempSync(join(tmpdir(), "landau-bench-"));
  try {
    const flags = ["--seeds", String(SEEDS), "--workers", String(workers), "--runs", runs, "--json"];
    const cli = join(here, "../../dist/cli.mjs");
    const { status, stderr } = spawnSync(process.execPath, [cli, "train", join(here, "perceptron.mjs"), ...flags], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    const read = name => JSON.parse(readFileSync(join(runs, readdirSync(runs)[0], name), "utf8"));
    const { finished, contentHash } = read("finished.json");
    return { seconds: (new Date(finished) - new Date(read("run.json").created)) / 1000, contentHash };
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
};

const load = loadavg()[0];
const rounds = Array.from({ length: ROUNDS }, () => [train(1), train(2)]);
if (new Set(rounds.flat().map(({ contentHash }) => contentHash)).size > 1) throw new Error("the bits differ");
const times = [0, 1].map(i => rounds.map(round => round[i].seconds));
const [one, two] = times.map(median);
const list = values => values.map(seconds => seconds.toFixed(1)).join(", ");
console.log(
  `perceptron 10-200-200-20, ${SEEDS} seeds: 1 worker ${one.toFixed(1)} s (${list(times[0])}), ` +
    `2 workers ${two.toFixed(1)} s (${list(times[1])}), ratio ${(one / two).toFixed(2)}; ` +
    `${availableParallelism()} cores, load ${load.toFixed(1)} before${load > 0.5 ? ": not idle, so that the ratio says little" : ""}`,
);
