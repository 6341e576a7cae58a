import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { openWorkload, startEngine } from "../shared/engine.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
const ROUNDS = 3;
/** CPU seconds of one measurement, at least. */
const SECONDS = 1;
/** Operations in the products of matrices of one step: 45 pairs through 1-200-200-30, forwards, back to the weights and back to all inputs. */
const FLOPS = 2 * 45 * (3 * (200 + 200 * 200 + 200 * 30));
/** Largest difference from ours after a hundred steps, as a share of the largest number; all is float32. */
const TOLERANCE = 1e-4;

const PEERS = [
  { engine: "torch", peer: "PyTorch eager, nn.Sequential and AdamW", settings: { form: "modules", optimiser: {} } },
  {
    engine: "torch",
    peer: "PyTorch eager, by hand on tensors, fused AdamW",
    settings: { form: "tensors", optimiser: { fused: true } },
  },
  { engine: "jax", peer: "JAX jit, all steps in one scan", settings: {} },
];

const WATCHED = "toy addition, 10 000 steps, accuracies of all pairs at every step";
const WORKLOADS = [
  { name: WATCHED, watches: true, steps: 10_000 },
  { name: "toy addition, 1000 training steps alone", watches: false, steps: 1000 },
];

export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  const script = await bundle("embedding", join(here, "ours.ts"));
  const engines = {};
  try {
    engines.own = await startEngine("Landau", process.execPath, [script]);
    const isNative = engines.own.versions.road.startsWith("native");
    if (isNative)
      engines.webAssembly = await startEngine("Landau, WebAssembly", process.execPath, [script], {
        LANDAU_NATIVE: "0",
      });
    if (engines.own.versions.OpenBLAS)
      engines.OpenBLAS = await startEngine("Landau, products by OpenBLAS", process.execPath, [script, "fast"]);
    engines.torch = await startEngine("PyTorch", python, [join(here, "torch_peer.py")]);
    engines.jax = await startEngine("JAX", python, [join(here, "jax_peer.py")]);
    await open(engines.own, "share", "share", { folder });
    const rows = [];
    for (const workload of WORKLOADS) rows.push(...(await compare(engines, folder, workload)));
    const reached = {};
    for (const engine of Object.values(engines)) {
      const { check, close } = await open(engine, "milestones", "milestones", { folder });
      reached[engine.name] = await check();
      await close();
    }
    const path = join(here, "published-map.json");
    const [cells, steps, decided, budget] = await (await open(engines.own, "map", "map steps", { path })).check();
    const map = { cells, steps, decided, budget };
    publish({ rows, reached, map, engines, json });
  } finally {
    for (const engine of Object.values(engines)) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const open = (engine, key, workload, settings) => openWorkload(engine, key, workload, settings, SECONDS);

/** How an engine of ours computes, in words for the table. */
const wayOf = ({ own }, engine) => {
  if (engine === "OpenBLAS") return "WebAssembly and OpenBLAS";
  return engine === "own" && own.versions.road.startsWith("native") ? "native code" : "WebAssembly";
};

/** Opens one workload everywhere, has all agree, then times them in turns. */
const compare = async (engines, folder, { name, watches, steps }) => {
  console.error(name);
  const candidates = [
    ...["own", "webAssembly", "OpenBLAS"]
      .filter(engine => engines[engine])
      .map(engine => ({ engine, products: wayOf(engines, engine) })),
    ...PEERS,
  ];
  let expected;
  for (const candidate of candidates) {
    const { engine, peer, settings } = candidate;
    const key = peer ?? engine;
    Object.assign(candidate, await open(engines[engine], key, "run", { folder, steps, watches, ...settings }));
    const answers = await candidate.check();
    expected ??= answers;
    const scale = Math.max(...expected.map(Math.abs));
    const error = Math.max(...expected.map((value, i) => Math.abs(value - answers[i]))) / scale;
    if (!(answers.length === expected.length && error <= TOLERANCE))
      throw new Error(`${name}: ${key} differs from Landau by ${error}, more than ${TOLERANCE}: nothing was timed`);
    candidate.times = [];
  }
  for (let round = 0; round < ROUNDS; round++) for (const { time, times } of candidates) times.push(await time());
  for (const { close } of candidates) await close();
  const timed = candidates.map(candidate => ({ ...candidate, time: median(candidate.times) }));
  return timed
    .filter(({ products }) => products)
    .flatMap(({ products, time: ours }) =>
      timed
        .filter(({ peer }) => peer)
        .map(({ peer, time }) => ({ workload: name, products, ours, peer, theirs: time, ratio: time / ours })),
    );
};

const publish = ({ rows, reached, map, engines, json }) => {
  const machine = describeMachine();
  const landau = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8")).version;
  const all = Object.values(engines).map(({ versions: { road, ...versions } }) => versions);
  const versions = Object.assign({ Landau: landau, road: engines.own.versions.road }, ...all);
  const fastest = rows.filter(({ workload }) => workload === WATCHED).reduce((a, b) => (b.ours < a.ours ? b : a));
  const table = markdownTable(
    ["workload", "Landau by", "a step", "against", "theirs", "ratio"],
    rows.map(({ workload, products, ours, peer, theirs, ratio }) => [
      workload,
      products,
      showTime(ours),
      peer,
      showTime(theirs),
      showRatio(ratio),
    ]),
  );
  const list = object =>
    Object.entries(object)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const maps = rows.filter(({ workload, peer }) => workload === WATCHED && peer.startsWith("PyTorch"));
  const hours = microseconds => `${(microseconds / 3.6e9).toFixed(2)} h`;
  const mapRows = markdownTable(
    ["Landau by", "adaptive", "against", "all cells, until decided", "ratio", "all cells, all steps", "ratio"],
    maps.map(({ products, ours, peer, theirs }) => {
      const [own, until, whole] = [map.steps * ours, map.decided * theirs, map.budget * theirs];
      return [products, hours(own), peer, hours(until), showRatio(until / own), hours(whole), showRatio(whole / own)];
    }),
  );
  const text = `${table}

Runs of the source's own problem (ten symbols, 45 of 55 pairs, width 200, regression) from its random numbers, float32, compiling included.
CPU time of the whole process a step, one thread, medians over interleaved rounds; ratio = theirs / ours. Loss and embeddings agree after a hundred steps,
within ${TOLERANCE} of the largest number, before anything is timed. With accuracies, ours takes the quality of the representation besides; it looks for each until its level
is reached for the first time. Native code is what long work becomes by itself where there is a C compiler, with the bits of WebAssembly.

The published 16 x 11 map at one seed and at most 100 000 steps a cell, **extrapolated on both sides**: times of a step above times the steps that the source publishes. An adaptive
sweep, answered by the published phases, runs ${map.cells} of 176 cells, ${map.steps} steps until their phases are decided; all cells take ${map.decided} until theirs are, and ${map.budget} in all.

${mapRows}

- Steps at which accuracy first reached 0.9 on training and on test pairs: ${Object.entries(reached)
    .map(([name, [train, test]]) => `${name} ${train} and ${test}`)
    .join("; ")}. The source's own: 1130 and 1529.
- The products of matrices of a training step are ${(FLOPS / 1e6).toFixed(1)} million operations: ${fastest.products} with accuracies makes ${(FLOPS / fastest.ours / 1e3).toFixed(0)} GFLOP/s of them over the
  whole step, with tanh, AdamW, the test pairs, accuracies and starting up. Multiplications and additions stay apart, as in WebAssembly, on vectors of the processor's width.
- Machine: ${list(machine)}.
- Versions: ${list(versions)}.
`;
  const result = { machine, versions, rows, reached, map };
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Toy addition of embeddings: last results\n\nWritten by \`npm run bench -- embedding\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify(result) : text);
};
