import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { startEngine } from "../shared/engine.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
const ROUNDS = 3;
/** CPU seconds of one measurement, at least. */
const SECONDS = 0.5;
/** The ensemble of the claims first; the others show what width does. */
const ENSEMBLES = [
  { width: 100, seeds: 20, steps: 100, whole: 2500 },
  { width: 50, seeds: 20, steps: 100 },
  { width: 200, seeds: 8, steps: 50 },
  { width: 400, seeds: 4, steps: 20 },
];
const COMMON = { depth: 8, rate: 0.02, checks: 20 };
/** Largest disagreement in outputs after the first steps, relative to the largest; all is float32. */
const TOLERANCE = 1e-4;

const torch = (peer, batched, optimiser = {}) => ({ engine: "torch", peer, settings: { batched, optimiser } });
const PEERS = [
  torch("PyTorch eager, seed after seed", false),
  torch("PyTorch eager, seed after seed, fused SGD", false, { fused: true }),
  torch("PyTorch eager, batched products", true),
  torch("PyTorch eager, batched products, fused SGD", true, { fused: true }),
  { engine: "jax", peer: "JAX jit, scan over vmap", settings: { vmapped: true } },
  { engine: "jax", peer: "JAX jit, a scan for each seed", settings: { vmapped: false } },
];

/** Ensembles of deep networks on two points, by gradient descent on the whole data. */
export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  const engines = {};
  try {
    engines.ours = await startEngine("Landau", process.execPath, [await bundle("alignment", join(here, "ours.ts"))]);
    engines.torch = await startEngine("PyTorch", python, [join(here, "torch_peer.py")]);
    engines.jax = await startEngine("JAX", python, [join(here, "jax_peer.py")]);
    const measured = [];
    for (const ensemble of ENSEMBLES) measured.push(await compare(engines, folder, ensemble));
    publish(measured, engines, json);
  } finally {
    for (const engine of Object.values(engines)) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const compare = async (engines, folder, { whole, ...sizes }) => {
  console.error(`width ${sizes.width}, ${sizes.seeds} seeds`);
  const settings = { ...COMMON, ...sizes };
  const ask = (engine, key, request) => engines[engine].ask({ key, ...request });
  await ask("ours", "share", { do: "open", workload: "share", settings: { ...settings, folder } });
  await ask("ours", "stream", { do: "open", workload: "stream", settings: { ...settings, folder } });
  const candidates = [{ engine: "ours", peer: null, settings: {} }, ...PEERS].map((candidate, i) => ({
    ...candidate,
    key: String(i),
    times: [],
  }));
  let expected;
  for (const { engine, key, peer, settings: own } of candidates) {
    await ask(engine, key, { do: "open", workload: "train", settings: { ...settings, ...own, folder } });
    const answers = await ask(engine, key, { do: "check" });
    expected ??= answers;
    const largest = Math.max(...expected.map(Math.abs));
    const error = Math.max(...expected.map((value, i) => Math.abs(value - answers[i]))) / largest;
    if (!(answers.length === expected.length && error <= TOLERANCE))
      throw new Error(`${peer}, width ${sizes.width}, differs by ${error}, more than ${TOLERANCE}: nothing was timed`);
  }
  const streams = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const { engine, key, times } of candidates)
      times.push(await ask(engine, key, { do: "time", seconds: SECONDS }));
    streams.push(await ask("ours", "stream", { do: "time", seconds: SECONDS / 5 }));
  }
  for (const { engine, key } of candidates) await ask(engine, key, { do: "close" });
  const [ours, ...peers] = candidates.map(({ times, ...rest }) => ({ ...rest, time: median(times) }));
  return { ...settings, whole, ours: ours.time, peers, gigabytes: 1e-3 / median(streams) };
};

/** Weights of a network, and what a step does with each: a product forwards and two backwards for two points, and a subtraction. */
const weightsOf = ({ width, depth }) => (depth - 1) * width * width + 2 * width;
const FLOPS = 2 * 2 * 3 + 2;
/** Bytes that a step moves for each weight at least: read forwards and backwards; gradient written and read, weight read and written. */
const BYTES = 4 * 6;

const publish = (measured, engines, json) => {
  const machine = describeMachine();
  const landau = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8")).version;
  const versions = { Landau: landau, ...engines.ours.versions, ...engines.torch.versions, ...engines.jax.versions };
  const rows = measured.flatMap(({ width, seeds, whole = 1, ours, peers }) => {
    const unit = whole * seeds;
    const workload = `8 layers of ${width}, ${seeds} seeds, ${whole === 1 ? "one step" : `${whole} steps`}`;
    return peers.map(({ peer, time }) => ({
      workload,
      ours: unit * ours,
      peer,
      theirs: unit * time,
      ratio: time / ours,
    }));
  });
  const rates = measured.map(ensemble => {
    const perMicrosecond = (amount, time) => (amount * weightsOf(ensemble)) / time / 1e3;
    const jax = Math.min(...ensemble.peers.filter(({ engine }) => engine === "jax").map(({ time }) => time));
    return {
      width: ensemble.width,
      flops: [ensemble.ours, jax].map(time => perMicrosecond(FLOPS, time)),
      bytes: [ensemble.ours, jax].map(time => perMicrosecond(BYTES, time)),
      stream: ensemble.gigabytes,
    };
  });
  const result = { machine, versions, rows, rates };
  const table = markdownTable(
    ["workload", "Landau float32", "peer", "theirs", "ratio"],
    rows.map(each => [each.workload, showTime(each.ours), each.peer, showTime(each.theirs), showRatio(each.ratio)]),
  );
  const digits = value => String(Number(value.toPrecision(3)));
  const reasons = markdownTable(
    ["width", "weights", "GFLOP/s, ours", "JAX", "GB/s, ours", "JAX", "GB/s of a copy of one layer's weights"],
    rates.map(({ width, flops, bytes, stream }, i) => [
      String(width),
      String(weightsOf(measured[i])),
      ...[...flops, ...bytes, stream].map(digits),
    ]),
  );
  const list = entries =>
    Object.entries(entries)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const text = `${table}

CPU time, medians over ${ROUNDS} interleaved rounds, one thread; ratio = theirs / ours. Leaky ReLU, two points, gradient descent on half the mean squared error, all in
float32; all engines agree on the outputs after ${COMMON.checks} steps before anything is timed. Compiling is in nobody's time.

What a step does, at the least: ${FLOPS} floating-point operations and ${BYTES} bytes for each weight (read forwards and backwards, gradient written and read, weight read
and written); JAX is the faster of its two forms.

${reasons}

- Memory does not hold it up: a step moves at most half the bytes a second that a plain copy of the same weights does. Ours comes within reach of what vectors of 128 bits give (a loop of
  multiplications and additions alone makes about 31 GFLOP/s, see bench/engine); JAX takes the full vectors of the processor.
- At 200 and 400 the order of the loops counts too: ours and vmap make each step for all seeds, so that weights of 9 and 18 MB go through the caches at every step; a scan
  for each seed keeps one network there. Of JAX's own two forms the one seed after the other is faster by the factor that the table shows; ours is ahead of the form with its own order.
- Machine: ${list(machine)}.
- Versions: ${list(versions)}.
`;
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Ensembles on two points: last results\n\nWritten by \`npm run bench -- alignment\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify(result) : text);
};
