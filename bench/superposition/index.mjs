import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { startEngine } from "../shared/engine.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
const ROUNDS = 7;
/** CPU seconds of one measurement, at least. */
const SECONDS = 0.1;
const EPOCHS = 4500;
const MODEL = { c: 6, r: 2 };
const MINIBATCH = { ...MODEL, n: 1000, batch: 20, rate: 0.005 };
const TOLERANCE = { float64: 1e-10, float32: 1e-4 };

/** Which peers take part in a workload: an engine, a name for the table, and settings of their own. */
const torchEager = { engine: "torch", peer: "PyTorch eager" };
const jaxCall = { engine: "jax", peer: "JAX jit, one call each" };
const jaxScan = { engine: "jax", peer: "JAX jit, one scan" };
const jaxEnsemble = { engine: "jax", peer: "JAX jit, scan over vmap of 100 runs", settings: { runs: 100 } };

const fullBatch = (n, rounds = ROUNDS, float32MayMiss = false) => ({
  name: `loss and gradient, n = ${n}`,
  kind: "full batch",
  settings: { ...MODEL, n, checks: n > 10_000 ? 2 : 8 },
  peers: [torchEager, jaxCall],
  rounds,
  float32MayMiss,
});

const WORKLOADS = [
  fullBatch(1000),
  {
    name: "gradient descent step, n = 1000",
    kind: "descent",
    settings: { ...MODEL, n: 1000, steps: 1000, rate: 0.005 },
    peers: [jaxScan],
    rounds: ROUNDS,
  },
  fullBatch(10_000),
  fullBatch(100_000, 5),
  // A float32 sum of a million terms can be off by more than the tolerance. It is then timed and shown, but not counted.
  fullBatch(1_000_000, 3, true),
  {
    name: "SGD step, minibatch of 20",
    kind: "minibatch",
    settings: MINIBATCH,
    peers: [torchEager, jaxScan, jaxEnsemble],
    rounds: ROUNDS,
  },
];

export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  const engines = {};
  try {
    engines.ours = await startEngine("Landau", process.execPath, [
      await bundle("superposition", join(here, "ours.ts")),
    ]);
    engines.torch = await startEngine("PyTorch", python, [join(here, "torch_peer.py")]);
    engines.jax = await startEngine("JAX", python, [join(here, "jax_peer.py")]);
    const rows = [];
    for (const workload of WORKLOADS) rows.push(...(await compare(engines, folder, workload)));
    rows.push(...(await trainingRun(engines, rows)));
    const rate = await peakRate(engines, rows);
    publish(rows, rate, engines, json);
  } finally {
    for (const engine of Object.values(engines)) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Opens one workload everywhere, has the answers agree, then times all engines in turns. */
const compare = async (engines, folder, { name, kind, settings, peers, rounds, float32MayMiss = false }) => {
  console.error(name);
  await engines.ours.ask({ key: "ours", do: "open", workload: "share", settings: { ...settings, folder } });
  await engines.ours.ask({ key: "ours", do: "open", workload: kind, settings });
  const expected = await engines.ours.ask({ key: "ours", do: "check" });
  const ours = [];
  const candidates = peers.flatMap(peer =>
    Object.keys(TOLERANCE).map(precision => ({ ...peer, precision, key: `${peer.peer} ${precision}`, times: [] })),
  );
  for (const candidate of candidates) {
    const { engine, precision, key } = candidate;
    const workload = { folder, precision, ...settings, ...candidate.settings };
    await engines[engine].ask({ do: "open", key, workload: kind, settings: workload });
    candidate.error = disagreement(name, candidate, expected, await engines[engine].ask({ do: "check", key }));
    candidate.agrees = candidate.error <= TOLERANCE[precision];
    if (!candidate.agrees && !(float32MayMiss && precision === "float32"))
      throw new Error(
        `${name}: ${key} differs from Landau by ${candidate.error}, more than ${TOLERANCE[precision]}: nothing was timed`,
      );
  }
  for (let round = 0; round < rounds; round++) {
    ours.push(await engines.ours.ask({ key: "ours", do: "time", seconds: SECONDS }));
    for (const { engine, key, times } of candidates)
      times.push(await engines[engine].ask({ do: "time", key, seconds: SECONDS }));
  }
  for (const { engine, key } of candidates) await engines[engine].ask({ do: "close", key });

  return peers.map(({ peer }) => {
    const mine = candidates.filter(candidate => candidate.peer === peer);
    const collect = read => Object.fromEntries(mine.map(candidate => [candidate.precision, read(candidate)]));
    const counted = mine.filter(({ agrees }) => agrees).map(({ precision }) => precision);
    return {
      ...row(
        name,
        median(ours),
        peer,
        collect(({ times }) => median(times)),
        counted,
      ),
      disagreement: collect(({ error }) => error),
    };
  });
};

/** The faster of a peer's counted precisions stands in the table; ours is always float64. */
const row = (workload, ours, peer, both, counted) => {
  const precision = counted.reduce((best, other) => (both[other] < both[best] ? other : best));
  return { workload, ours, peer, theirs: both[precision], ratio: both[precision] / ours, precision, both, counted };
};

/** Largest difference from ours: relative for numbers above 1, absolute below. Not a number counts as infinite. */
const disagreement = (name, { key }, expected, answers) => {
  if (answers.length !== expected.length)
    throw new Error(`${name}: ${key} gave ${answers.length} numbers, Landau ${expected.length}`);
  const errors = expected.map((value, index) => Math.abs(value - answers[index]) / Math.max(1, Math.abs(value)));
  return errors.every(Number.isFinite) ? Math.max(...errors) : Infinity;
};

/** A whole run of scheme A is timed for Landau; the peers' is their time for a step, times the number of steps. */
const trainingRun = async (engines, rows) => {
  const name = `scheme A, one run of ${EPOCHS} epochs (peers: steps x time of a step)`;
  console.error(name);
  await engines.ours.ask({ key: "ours", do: "open", workload: "scheme A", settings: { ...MINIBATCH, epochs: EPOCHS } });
  const times = [];
  for (let round = 0; round < 3; round++)
    times.push(await engines.ours.ask({ key: "ours", do: "time", seconds: SECONDS }));
  const steps = (EPOCHS * MINIBATCH.n) / MINIBATCH.batch;
  return rows
    .filter(({ workload }) => workload === "SGD step, minibatch of 20")
    .map(({ peer, both, counted }) =>
      row(name, median(times), peer, { float64: steps * both.float64, float32: steps * both.float32 }, counted),
    );
};

/** What fraction of this machine's scalar arithmetic the full-batch evaluation at n = 1000 uses. */
const peakRate = async (engines, rows) => {
  const settings = { ...MODEL, n: 1000 };
  await engines.ours.ask({ key: "ours", do: "open", workload: "operations", settings });
  const [flops, denseFlops] = await engines.ours.ask({ key: "ours", do: "check" });
  await engines.ours.ask({ key: "ours", do: "open", workload: "peak", settings });
  const times = [];
  for (let round = 0; round < ROUNDS; round++)
    times.push(await engines.ours.ask({ key: "ours", do: "time", seconds: SECONDS }));
  const peakGflops = 1e-3 / median(times);
  const gflops = (1e-3 * flops) / rows[0].ours;
  return { peakGflops, gflops, fraction: gflops / peakGflops, flops, denseFlops, work: flops / denseFlops };
};

const publish = (rows, peak, engines, json) => {
  const machine = describeMachine();
  const landau = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8")).version;
  const { ours, torch, jax } = engines;
  const versions = { Landau: landau, ...ours.versions, ...torch.versions, ...jax.versions };
  const growth =
    rows.find(({ workload }) => workload.endsWith("n = 1000000")).ours /
    rows.find(({ workload }) => workload.endsWith("gradient, n = 1000")).ours;
  const result = { machine, versions, rows, peak, growth };

  const table = markdownTable(
    ["workload", "Landau float64", "peer", "theirs", "ratio"],
    rows.map(({ workload, ours, peer, theirs, ratio, precision }) => [
      workload,
      showTime(ours),
      `${peer}, ${precision}`,
      showTime(theirs),
      showRatio(ratio),
    ]),
  );
  const missed = rows.flatMap(({ workload, ours, peer, both, counted, disagreement }) =>
    Object.keys(both)
      .filter(precision => !counted.includes(precision))
      .map(
        precision =>
          `- Not counted: ${peer}, ${precision}, ${workload}: ${showTime(both[precision])}, ratio ${showRatio(both[precision] / ours)}. ` +
          `It differs by ${disagreement[precision].toExponential(1)}, more than ${TOLERANCE[precision]}.\n`,
      ),
  );
  const percent = fraction => `${Number((100 * fraction).toPrecision(2))} %`;
  const text = `${table}

CPU time, medians over interleaved rounds; ratio = theirs / ours.

- Loss and gradient at n = 1000000 take ${showRatio(growth)} times as long as at n = 1000.
${missed.join("")}- Scalar limit of this machine: ${showRatio(peak.peakGflops)} GFLOP/s (independent multiply-add chains in JavaScript).
  The evaluation at n = 1000 makes ${Math.round(peak.flops)} operations, ${showRatio(peak.gflops)} GFLOP/s: ${percent(peak.fraction)} of it.
- A dense evaluation at n = 1000 needs ${peak.denseFlops} operations; ours is ${percent(peak.work)} of that.
- Machine: ${Object.entries(machine)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ")}.
- Versions: ${Object.entries(versions)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ")}.
`;
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Superposition: last results\n\nWritten by \`npm run bench -- superposition\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify(result) : text);
};
