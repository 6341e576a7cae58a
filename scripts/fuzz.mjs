// Changed inputs for every reader of foreign bytes, a million each or as many as are asked for: each must be read, or be refused by a message that names the file and
// that no terminal acts on. A process that says nothing for a while hangs. Keeps what came of it in docs/results/fuzz.json and writes docs/results/fuzz.md, every
// 20 000 inputs; called again, it goes on from there as long as no source was changed.
//
//   npm run fuzz -- [INPUTS] [READER...]
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "../bench/shared/bundle.mjs";
import { markdownTable } from "../bench/shared/table.mjs";

const root = resolve(import.meta.dirname, "..");
/** Milliseconds without a word after which a process counts as one that hangs: 64 inputs on a machine that is busy with other things. */
const PATIENCE = 120_000;
const [inputs = "1000000", ...chosen] = process.argv.slice(2);
const folder = process.env.LANDAU_RESULTS ?? join(root, "docs/results");
const results = join(folder, "fuzz.md");
const kept = join(folder, "fuzz.json");

const program = await bundle("fuzz-reader", join(root, "test/support/fuzz/fuzz-reader.ts"));
const { readers } = await import(await bundle("fuzz-readers", join(root, "test/support/fuzz/readers.ts")));
const names = readers(root).map(({ name }) => name);
const unknown = chosen.find(name => !names.includes(name));
if (unknown !== undefined || !(Number(inputs) > 0)) {
  console.error(`no reader ${unknown ?? inputs}: there are ${names.join(", ")}`);
  process.exit(2);
}

const keptResults = () => (existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {});
/** Tells apart what readers were made of: with the same program a reader goes on where it was stopped. */
const code = createHash("sha256").update(readFileSync(program)).digest("hex").slice(0, 16);

const run = name =>
  new Promise(done => {
    const before = keptResults()[name];
    const from = before?.code === code && before.inputs < Number(inputs) ? before.inputs : 0;
    const child = fork(program, [root, name, String(from), inputs], { execArgv: ["--max-old-space-size=512"] });
    const failures = [];
    let seed = from;
    let result;
    let alarm;
    const wait = () => {
      clearTimeout(alarm);
      alarm = setTimeout(() => {
        failures.push(`hangs at one of seeds ${seed} to ${seed + 63}`);
        child.kill("SIGKILL");
      }, PATIENCE);
    };
    wait();
    child.on("message", message => {
      wait();
      if (message.seed !== undefined) seed = message.seed;
      if (message.failure) failures.push(message.failure);
      if (!message.result || failures.length > 0) return;
      result = { inputs: message.inputs, ...(from > 0 ? added(before, message.result) : message.result), code };
      keep(name, result);
    });
    child.on("exit", end => {
      clearTimeout(alarm);
      if (end !== 0) failures.push(`ended with code ${end} at one of seeds ${seed} to ${seed + 63}`);
      done({ name, failures, result });
    });
  });

const added = (a, b) => ({
  refused: a.refused + b.refused,
  readWhole: a.readWhole + b.readWhole,
  ...(a.slowest > b.slowest
    ? { slowest: a.slowest, slowestSeed: a.slowestSeed }
    : { slowest: b.slowest, slowestSeed: b.slowestSeed }),
  cpu: a.cpu + b.cpu,
  memory: Math.max(a.memory, b.memory),
});

/** Results of all readers that ran so far, this time or before. */
const keep = (name, result) => {
  const all = keptResults();
  all[name] = result;
  writeFileSync(kept, `${JSON.stringify(all, null, 1)}\n`);
  const rows = names
    .filter(each => all[each])
    .map(each => {
      const { inputs: count, refused, readWhole, slowest, cpu, memory } = all[each];
      return [
        each,
        String(count),
        String(readWhole),
        String(refused),
        slowest === null ? "" : `${(1000 * slowest).toFixed(2)} ms`,
        `${(memory / 1e6).toFixed(0)} MB`,
        `${cpu.toFixed(0)} s`,
      ];
    });
  writeFileSync(
    results,
    `# Readers on changed inputs

Made by \`npm run fuzz\`, from seeds 0, 1, 2, ...: valid inputs with one to eight changes; where a format has checksums, half of the inputs have them made right again. Every input was read, or was
refused by a message that names the file, of at most 2000 characters, with no control character and no mark of direction in what is printed: no crash, no other error, none that took more
than 5 s of processor time, none above 1 GB of memory.

${markdownTable(["reader", "inputs", "read", "refused", "slowest", "memory", "CPU time"], rows)}

- "read" counts inputs in which the change did no harm or was noted: a line left out, a record whose checksum is wrong.
- Up to \`sniffed\`, training logs of which the format is told; \`sniffed\` and \`draws-sniffed\` are told apart by their bytes, formats that are not read (netCDF, HDF5, Arrow, R) among them.
- Fewer inputs than a million: the run was stopped there, or a later input failed and is not mended yet; \`npm run fuzz\` says which.
- Slowest: processor time of the input that took longest, when it is read again; not measured for readers that ran before it was. The memory is the largest of the process.
`,
  );
};

for (const name of chosen.length > 0 ? chosen : names) {
  const { failures, result } = await run(name);
  console.log(name, failures.length === 0 ? JSON.stringify(result) : failures.slice(0, 5).join("\n"));
  if (failures.length > 0) process.exitCode = 1;
}
