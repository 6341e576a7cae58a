import { parseArgs } from "node:util";
import { closest } from "fastest-levenshtein";

const benchmarks = {
  superposition: {
    summary: "toy model of superposition: loss, gradient and training steps against PyTorch and JAX",
    load: () => import("./superposition/index.mjs"),
  },
  engine: {
    summary: "training steps of small networks against PyTorch and JAX, alone and in ensembles",
    load: () => import("./engine/index.mjs"),
  },
  coefficient: {
    summary: "learning coefficients with default settings against exact values, graded by dimension and multiplicity",
    load: () => import("./coefficient/index.mjs"),
  },
  order: {
    summary: "order of a transition on 24 systems whose answer is known, two seeds each",
    load: () => import("./order/index.mjs"),
  },
  change: {
    summary: "changes beside smooth laws: false alarms on 12 kinds of series without one, jumps found and where",
    load: () => import("./change/index.mjs"),
  },
  modular: {
    summary: "modular tables: gradients on whole tables, S1 to generalisation against PyTorch, the spectrum of S1",
    load: () => import("./modular/index.mjs"),
  },
  "deep-linear": {
    summary: "a phase map of 16384 deep linear networks by gradient descent against PyTorch and JAX",
    load: () => import("./deep-linear/index.mjs"),
  },
  alignment: {
    summary: "ensembles of deep networks on two points against PyTorch and JAX, and what width does",
    load: () => import("./alignment/index.mjs"),
  },
  sampling: {
    summary: "NUTS on superposition: gradients against PyTorch, effective draws against blackjax",
    load: () => import("./sampling/index.mjs"),
  },
  embedding: {
    summary: "the toy addition of grokking, 10 000 steps from the source's own start, against PyTorch and JAX",
    load: () => import("./embedding/index.mjs"),
  },
  diagnose: {
    summary: "landau diagnose on 1e7 draws of another sampler against ArviZ: the numbers, time and memory",
    load: () => import("./diagnose/index.mjs"),
  },
  "python-bridge": {
    summary: "models in Python: the round trip, what it adds to a gradient, the native engine's learning coefficients",
    load: () => import("./python-bridge/index.mjs"),
  },
  page: {
    summary: "the live ensemble of the browser lab against TensorFlow.js in the same browser, and against Node",
    load: () => import("./page/index.mjs"),
  },
  logs: {
    summary:
      "training logs: event files against TensorBoard's loader and tbparse, text against pandas and Polars; memory of 1 GB",
    load: () => import("./logs/index.mjs"),
  },
  cluster: {
    summary: "what handing out a task costs: workers on this machine, GNU parallel, HyperQueue's local cluster",
    load: () => import("./cluster/index.mjs"),
  },
  reproduce: {
    summary:
      "CPU time of every system's quick reproduction with and without native code, hashes compared (needs a build)",
    load: () => import("./reproduce/index.mjs"),
    parts: "SYSTEM",
  },
  export: {
    summary: "no times: exports of a sweep opened by xarray and pandas, and compared number by number",
    load: () => import("./export/index.mjs"),
  },
};

const help = `Side-by-side benchmarks: Landau and its peers in one run, in turns, on one thread.

  npm run bench -- NAME [--json] [--peers]
  npm run bench -- reproduce SYSTEM ...    these systems, the rows of others stay as they are

Names
${Object.entries(benchmarks)
  .map(([name, { summary }]) => `  ${name.padEnd(15)} ${summary}`)
  .join("\n")}

Options
  --json          print {machine, versions, rows: [{workload, ours, peer, theirs, ratio}]}, times in microseconds
  --peers         coefficient alone: twelve of its models beside devinterp and canonical-interp (docs/results/coefficient-peers.md)
  --help          this text

Each run rewrites bench/NAME/results.md and results.json. Most peers need python3; Landau itself never does.`;

const refuse = message => {
  console.error(message);
  process.exit(2);
};

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        peers: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return refuse(`${error.message}\n\n${help}`);
  }
};

const { values, positionals } = readArguments();
if (values.help) {
  console.log(help);
  process.exit(0);
}
const names = Object.keys(benchmarks);
const [name, ...rest] = positionals;
if (name === undefined) refuse(help);
if (!names.includes(name))
  refuse(`no benchmark "${name}": did you mean ${closest(name, names)}? There are: ${names.join(", ")}`);
if (values.peers && name !== "coefficient")
  refuse(`--peers belongs to coefficient: ${name} always has its peers beside it`);
const { load, parts } = benchmarks[name];
if (rest.length > 0 && !parts) refuse(`one benchmark at a time: ${positionals.join(" ")}`);

try {
  const { run } = await load();
  await run({ ...values, ...(rest.length > 0 && { systems: rest }) });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
