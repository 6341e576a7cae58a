// Changed logs, a million for each importer or as many as are asked for: each must be read or be refused by a message that names the file. A process that says
// nothing for a while hangs. Rewrites docs/results/training-logs-fuzz.md when all importers ran.
//
//   node scripts/fuzz-logs.mjs [INPUTS] [IMPORTER...]
import { fork } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "../bench/shared/bundle.mjs";
import { markdownTable } from "../bench/shared/table.mjs";

const root = resolve(import.meta.dirname, "..");
const NAMES = ["csv", "jsonl", "json", "tensorboard", "wandb", "parquet", "npz", "zarr", "mlflow", "sniffed"];
/** Milliseconds without a word after which a process counts as one that hangs: 64 inputs on a machine that is busy with other things. */
const PATIENCE = 60_000;
const [inputs = "1000000", ...chosen] = process.argv.slice(2);
const folder = process.env.LANDAU_RESULTS ?? join(root, "docs/results");
const results = join(folder, "training-logs-fuzz.md");
const kept = join(folder, "training-logs-fuzz.json");

const program = await bundle("fuzz-importer", join(root, "test/support/logs/fuzz-importer.ts"));

const run = name =>
  new Promise(done => {
    const child = fork(program, [join(root, "test/logs/fixtures/training"), name, "0", inputs], {
      execArgv: ["--max-old-space-size=256"],
    });
    const failures = [];
    let [result, seed] = [undefined, 0];
    let alarm;
    const wait = () => {
      clearTimeout(alarm);
      alarm = setTimeout(() => {
        failures.push(`hangs after seed ${seed}`);
        child.kill("SIGKILL");
      }, PATIENCE);
    };
    wait();
    child.on("message", message => {
      wait();
      if (message.seed !== undefined) seed = message.seed;
      if (message.failure) failures.push(message.failure);
      if (message.done) result = message.done;
    });
    child.on("exit", code => {
      clearTimeout(alarm);
      if (!result) failures.push(`ended with code ${code} after seed ${seed}`);
      done({ name, failures, result });
    });
  });

/** Results of all importers that ran so far, this time or before. */
const keep = (name, result) => {
  const all = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
  all[name] = { inputs: Number(inputs), ...result };
  writeFileSync(kept, `${JSON.stringify(all, null, 1)}\n`);
  write(all);
};

const write = all => {
  const rows = NAMES.filter(name => all[name]).map(name => {
    const { inputs: count, refused, readWhole, slowest, cpu, memory } = all[name];
    return [
      name,
      String(count),
      String(readWhole),
      String(refused),
      `${(slowest / 1000).toFixed(2)} s`,
      `${(memory / 1e6).toFixed(0)} MB`,
      `${cpu.toFixed(0)} s`,
    ];
  });
  writeFileSync(
    results,
    `# Importers of training logs on changed files\n\nMade by \`node scripts/fuzz-logs.mjs\`, from seeds 0, 1, 2, ...: golden logs with one to eight changes, half of the checked formats with their checksums made right again. Every input was read or was\nrefused by a message that names the file: no crash, no other error, no process that says nothing for a minute, none above 1 GB of memory.\n\n${markdownTable(["importer", "inputs", "read", "refused", "slowest", "memory", "CPU time"], rows)}\n\n- "read" counts logs in which the change did no harm or was noted: a line left out, a record whose checksum is wrong.\n- "sniffed" has files of all formats, told apart by their bytes. Wall times of the slowest input, on a machine that others use.\n`,
  );
};

for (const name of chosen.length > 0 ? chosen : NAMES) {
  const { failures, result } = await run(name);
  console.log(name, failures.length === 0 ? JSON.stringify(result) : failures.slice(0, 5).join("\n"));
  if (failures.length > 0) process.exitCode = 1;
  else keep(name, result);
}
