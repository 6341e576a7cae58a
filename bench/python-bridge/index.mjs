import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
/** More than any of them takes: a smaller one leaves doubts of its own. */
const BUDGET = 1_000_000;
/** Parameters, seconds inside the function, calls. */
export const TIMES = [
  [10, 0, 4000],
  [1000, 0, 4000],
  [10_000, 0, 2000],
  [10_000, 0.002, 500],
  [100_000, 0, 300],
  [100_000, 0.02, 50],
  [1_000_000, 0, 50],
];
const MODELS = [
  ["torch", "MLP 2-4-1, tanh, two of four units used"],
  ["jax", "tanh network 3-3-1 without bias, truth 0"],
  ["numpy", "reduced rank regression 4-2-3, rank 0"],
];

/** The bridge to Python: its round trip, what it adds to a gradient, and the native engine's learning coefficients. */
export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bridge-"));
  try {
    const script = await bundle("python-bridge", join(here, "ours.ts"));
    const data = join(folder, "data.npz");
    const ask = (what, env, ...words) =>
      JSON.parse(
        execFileSync(process.execPath, [script, what, join(here, "models.py"), python, data, ...words], {
          encoding: "utf8",
          // The bundle is elsewhere: our Python file is found by this.
          env: { ...process.env, PYTHONPATH: join(here, "../../python"), BENCH_DATA: data, ...env },
        }),
      );
    const times = TIMES.map(([size, seconds, calls]) => ({
      size,
      seconds,
      ...ask("time", { BENCH_MODEL: "time", BENCH_SIZE: size, BENCH_SECONDS: seconds }, size, calls),
    }));
    const models = MODELS.map(([name, text]) => ({
      name,
      text,
      ...ask("lambda", { BENCH_MODEL: name }, name, BUDGET),
    }));
    const machine = describeMachine();
    const results = { machine, budget: BUDGET, times, models };
    writeFileSync(join(here, "results.json"), `${JSON.stringify(results, null, 1)}\n`);
    const text = page(results);
    writeFileSync(join(here, "results.md"), text);
    console.log(json ? JSON.stringify(results) : text);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Where the function takes time at all. */
const share = (added, inside) => (inside < 1000 ? "" : `${((100 * added) / inside).toFixed(1)} %`);

export const page = ({ machine, budget, times, models, taken }) => `# The bridge to Python

Made by \`npm run bench -- python-bridge\` on ${machine.processor}, ${machine.cores} cores. Wall time of single calls of loss and
gradient in float64, from Node to Python and back: inside is what the function itself takes, added is the rest. Where other programs share the cores, the best
tenth of the calls is what the bridge takes, and the median what it waits as well.${taken ? ` These: ${taken}.` : ""}

${markdownTable(
  ["parameters", "inside", "added, median", "best tenth", "share added, median", "best tenth"],
  times.map(({ size, inside, added, best }) => [
    String(size),
    showTime(inside),
    showTime(added),
    showTime(best),
    share(added, inside),
    share(best, inside),
  ]),
)}

\`learningCoefficient\` with a budget of at most ${budget} evaluations, n = 10 000, on the same model and data in Python and in the native engine. The last digits of two
engines differ, so that their chains are different draws after a while; apart is |difference| / standard error of the difference.

${markdownTable(
  ["model", "", "in Python", "native", "apart", "seconds in Python", "native"],
  models.map(({ name, text, there, native }) => [
    name,
    text,
    `${there.lambda.toPrecision(5)} +- ${there.standardError.toPrecision(2)}`,
    `${native.lambda.toPrecision(5)} +- ${native.standardError.toPrecision(2)}`,
    (Math.abs(there.lambda - native.lambda) / Math.hypot(there.standardError, native.standardError)).toFixed(2),
    there.seconds.toFixed(1),
    native.seconds.toFixed(1),
  ]),
)}
`;
