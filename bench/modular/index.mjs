import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { openWorkload, startEngine } from "../shared/engine.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
const ROUNDS = 7;
/** CPU seconds of one measurement, at least. */
const SECONDS = 0.3;
/** Largest difference from ours, as a share of the largest number. */
const TOLERANCE = { float64: 1e-10, float32: 1e-4 };
const S1 = { p: 23, K: 128, seed: 1, trainFraction: 0.5, rate: 0.01, weightDecay: 1 };

const TABLES = [
  { p: 53, K: 100, seed: 1 },
  { p: 53, K: 512, seed: 1 },
  { p: 23, K: 128, seed: 1 },
];

export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  const engines = [];
  const script = await bundle("modular", join(here, "ours.ts"));
  const start = async (...parameters) => {
    engines.push(await startEngine(...parameters));
    return engines.at(-1);
  };
  const landau = (road = "native") => start("Landau", process.execPath, [script, road]);
  try {
    const ours = await landau();
    const inWebAssembly = await landau("WebAssembly");
    const torch = await start("PyTorch", python, [join(here, "torch_peer.py")]);
    const tables = [];
    for (const table of TABLES) tables.push(...(await gradients({ ours, inWebAssembly, torch, folder, table })));
    const steps = await training({ ours, inWebAssembly, torch, folder, kind: "training step", seeds: [1] });
    const runs = await training({ ours, inWebAssembly, torch, folder, kind: "grokking", seeds: [1, 2, 3] });
    console.error("spectrum of S1, memory at p = 113");
    // In processes of their own, whose memory is theirs alone.
    const alone = async (workload, settings) => {
      const engine = await landau();
      await engine.ask({ key: "own", do: "open", workload, settings });
      const answer = await engine.ask({ key: "own", do: "check" });
      engine.stop();
      return answer;
    };
    const spectrum = await alone("spectrum", S1);
    const memory = await alone("memory", { p: 113, K: 512, seed: 1, method: "automatic", rate: 0.01, weightDecay: 1 });
    publish({ tables, steps, runs, spectrum, memory, engines: [ours, torch], json });
  } finally {
    for (const engine of engines) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const open = (engine, key, workload, settings) => openWorkload(engine, key, workload, settings, SECONDS);

const disagreement = (expected, answers) => {
  if (answers.length !== expected.length) return Infinity;
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - answers[i])), 0);
  return Number.isFinite(worst) ? worst / scale : Infinity;
};

/** Loss and gradient on the whole table: the automatic choice against our own gather form and against PyTorch. */
const gradients = async ({ ours, inWebAssembly, torch, folder, table }) => {
  const workload = `loss and gradient on the whole table, p = ${table.p}, K = ${table.K}`;
  console.error(workload);
  await open(ours, "share", "share", { ...table, folder });
  const own = await open(ours, "own", "gradient", { ...table, method: "automatic" });
  const expected = await own.check();
  const peers = [
    {
      peer: "Landau in WebAssembly, float64",
      precision: "float64",
      ...(await open(inWebAssembly, "own", "gradient", { ...table, method: "automatic" })),
    },
    {
      peer: "Landau, gather form, float64",
      precision: "float64",
      ...(await open(ours, "gather", "gradient", { ...table, method: "gather" })),
    },
  ];
  for (const precision of ["float64", "float32"])
    peers.push({
      peer: `PyTorch eager, embeddings, ${precision}`,
      precision,
      ...(await open(torch, precision, "gradient", { ...table, folder, precision })),
    });
  return compare(workload, own, peers, expected);
};

/** AdamW on S1: twenty steps from the start, or whole runs up to test accuracy 0.95. */
const training = async ({ ours, inWebAssembly, torch, folder, kind, seeds }) => {
  const rows = [];
  for (const seed of seeds) {
    const settings = { ...S1, seed };
    const workload = kind === "grokking" ? `S1 seed ${seed} to test accuracy 0.95` : "S1, one AdamW step";
    console.error(workload);
    const whole = kind === "grokking" ? { steps: 3000, every: 10 } : {};
    await open(ours, "share", "share", { ...settings, folder });
    const own = await open(ours, "own", kind, { ...settings, ...whole });
    const expected = await own.check();
    const peers = [
      {
        peer: "Landau in WebAssembly, float64",
        precision: "float64",
        ...(await open(inWebAssembly, "own", kind, { ...settings, ...whole })),
      },
    ];
    for (const precision of ["float64", "float32"])
      for (const fused of [false, true])
        peers.push({
          peer: `PyTorch eager, ${fused ? "fused AdamW" : "AdamW"}, ${precision}`,
          precision,
          ...(await open(torch, `${precision} ${fused}`, kind, { ...settings, ...whole, folder, precision, fused })),
        });
    // A run amplifies rounding: how many steps it takes is reported, not compared.
    rows.push(
      ...(await compare(
        workload,
        own,
        peers,
        kind === "grokking" ? undefined : expected,
        kind === "grokking" ? 3 : ROUNDS,
      )),
    );
  }
  return rows;
};

const compare = async (workload, own, peers, expected, rounds = ROUNDS) => {
  for (const one of peers) {
    one.times = [];
    const answers = await one.check();
    if (expected === undefined) one.reached = answers[0];
    else {
      one.error = disagreement(expected, answers);
      // Adam divides by the root of a square: where a gradient is close to 0, float32 steps differ.
      const allowed = workload.includes("AdamW") && one.precision === "float32" ? 1e-2 : TOLERANCE[one.precision];
      if (!(one.error <= allowed))
        throw new Error(
          `${workload}: ${one.peer} differs from Landau by ${one.error}, more than ${allowed}: nothing was timed`,
        );
    }
  }
  const mine = [];
  for (let round = 0; round < rounds; round++) {
    mine.push(await own.time());
    for (const one of peers) one.times.push(await one.time());
  }
  const reached = expected === undefined ? (await own.check())[0] : undefined;
  for (const { close } of [own, ...peers]) await close();
  return peers.map(one => ({
    workload,
    ours: median(mine),
    peer: one.peer,
    theirs: median(one.times),
    ratio: median(one.times) / median(mine),
    ...(one.error !== undefined && { error: one.error }),
    ...(reached !== undefined && { steps: reached, theirSteps: one.reached }),
  }));
};

const publish = ({ tables, steps, runs, spectrum, memory, engines, json }) => {
  const machine = describeMachine();
  const landau = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8")).version;
  const versions = Object.assign({ Landau: landau }, ...engines.map(engine => engine.versions));
  const rows = [...tables, ...steps, ...runs];
  const table = markdownTable(
    ["workload", "Landau float64", "against", "theirs", "ratio"],
    rows.map(({ workload, ours, peer, theirs, ratio, steps, theirSteps }) => [
      workload,
      showTime(ours) + (steps === undefined ? "" : ` (${steps} steps)`),
      peer,
      showTime(theirs) + (theirSteps === undefined ? "" : ` (${theirSteps} steps)`),
      showRatio(ratio),
    ]),
  );
  const [seconds, resident, trace, closed, rank, count] = spectrum;
  const [perStep, peak, before, after] = memory;
  const list = object =>
    Object.entries(object)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const text = `${table}

CPU time of the whole process, one thread, medians over interleaved rounds; ratio = theirs / ours. Loss and gradient agree with ours before
anything is timed: within ${TOLERANCE.float64} in float64 and ${TOLERANCE.float32} in float32, as a share of the largest number. Ours is always float64, and deterministic: native code has the bits of WebAssembly.

- The ${count} eigenvalues of J J^T / N of S1, without vectors: ${seconds.toFixed(1)} s of CPU time, ${Math.round(resident)} MiB resident at most. Their sum is ${trace.toPrecision(10)},
  the trace in closed form ${closed.toPrecision(10)}; rank ${rank}.
- p = 113, K = 512 on all 12 769 pairs: ${showTime(1e6 * perStep)} an AdamW step, ${Math.round(peak)} MiB resident at most; loss ${before.toPrecision(4)} before ten steps, ${after.toPrecision(4)} after.
- Machine: ${list(machine)}.
- Versions: ${list(versions)}.
`;
  const result = {
    machine,
    versions,
    rows,
    spectrum: { seconds, resident, trace, closed, rank, count },
    memory: { perStep, peak },
  };
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Quadratic networks on modular tables: last results\n\nWritten by \`npm run bench -- modular\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify(result) : text);
};
