import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { startEngine } from "../shared/engine.mjs";
import { median } from "../shared/table.mjs";
import { node24 } from "./node24.mjs";
import { publish } from "./publish.mjs";
import { WORKLOADS } from "./workloads.mjs";

const here = import.meta.dirname;
/** CPU seconds of one measurement, at least. */
const SECONDS = 0.2;
/** Largest disagreement in how far the first steps move the parameters. All is float32. */
const TOLERANCE = 1e-3;
const PROCESSES = 5;

export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  const script = await bundle("engine", join(here, "ours.ts"));
  const nodes = { ours: process.execPath, node24: node24() };
  const engines = {};
  try {
    for (const [name, node] of Object.entries(nodes))
      if (node) {
        engines[name] = await startEngine(`Landau on ${node}`, node, [script]);
        const { OpenBLAS, compiler } = engines[name].versions;
        // Each in a process of its own, as flags of V8 are for all of it.
        const others = [...(OpenBLAS ? ["OpenBLAS"] : []), ...(compiler ? ["native", "native-fma"] : [])];
        for (const road of others)
          engines[`${name} ${road}`] = await startEngine(`Landau on ${node}, ${road}`, node, [script, road]);
      }
    engines.torch = await startEngine("PyTorch", python, [join(here, "torch_peer.py")]);
    engines.jax = await startEngine("JAX", python, [join(here, "jax_peer.py")]);
    const rows = [];
    for (const workload of WORKLOADS) rows.push(...(await compare(engines, folder, workload)));
    const peak = await peakRates(engines);
    const firstCalls = await timeFirstCalls(nodes, script, Boolean(engines["ours native"]));
    publish({ rows, peak, firstCalls, engines, json });
  } finally {
    for (const engine of Object.values(engines)) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Opens one workload everywhere, has all agree, then times them in turns. */
const compare = async (engines, folder, workload) => {
  const { name, settings, roads, peers, alone, rounds } = workload;
  console.error(name);
  const ask = ({ engine, key }, request) => engines[engine].ask({ key, ...request });
  await ask({ engine: "ours", key: "share" }, { do: "open", workload: "share", settings: { folder, ...settings } });
  const ours = roads.flatMap(road =>
    ["ours", "node24"].flatMap(node => {
      const engine = road === "WebAssembly" ? node : `${node} ${road}`;
      if (!engines[engine]) return [];
      return [{ engine, node, road }, ...(alone ? [{ engine, node, road, alone, settings: { chains: 1 } }] : [])];
    }),
  );
  const theirs = peers.flatMap(({ engine, peer, variants }) => variants.map(variant => ({ engine, peer, ...variant })));
  const candidates = [...ours, ...theirs].map((candidate, i) => ({ ...candidate, key: String(i), times: [] }));
  let expected;
  for (const candidate of candidates) {
    await ask(candidate, {
      do: "open",
      workload: "train",
      settings: { folder, ...settings, ...candidate.settings },
    });
    const answers = await ask(candidate, { do: "check" });
    expected ??= answers;
    candidate.error = disagreement(expected, answers);
    if (!(candidate.error <= TOLERANCE))
      throw new Error(
        `${name}: ${candidate.peer ?? "Landau"}, ${candidate.variant ?? candidate.road}, differs by ${candidate.error}, ` +
          `more than ${TOLERANCE}: nothing was timed`,
      );
  }
  for (let round = 0; round < rounds; round++)
    for (const candidate of candidates) candidate.times.push(await ask(candidate, { do: "time", seconds: SECONDS }));
  for (const candidate of candidates) await ask(candidate, { do: "close" });
  return tableRows(
    workload,
    candidates.map(candidate => ({ ...candidate, time: median(candidate.times) })),
  );
};

const tableRows = ({ name, peers, alone }, candidates) => {
  const side = (node, road, single) =>
    candidates.find(own => own.node === node && own.road === road && own.alone === single)?.time;
  const rowsOf = road => {
    const ours = side("ours", road);
    const node24 = side("node24", road);
    const row = (peer, theirs, theirs24, rest) => ({
      road,
      workload: name,
      ours,
      peer,
      theirs,
      ratio: theirs / ours,
      node24,
      ratio24: theirs24 / node24,
      ...rest,
    });
    const rows = peers.map(({ peer }) => {
      const variants = candidates.filter(other => other.peer === peer);
      const best = variants.reduce((fastest, other) => (other.time < fastest.time ? other : fastest));
      const all = Object.fromEntries(variants.map(({ variant, time }) => [variant, time]));
      return row(peer, best.time, best.time, { variant: best.variant, all, disagreement: best.error });
    });
    if (alone) rows.push(row(alone, side("ours", road, alone), side("node24", road, alone), { variant: "" }));
    if (road !== "WebAssembly")
      rows.push(
        row("Landau as WebAssembly", side("ours", "WebAssembly"), side("node24", "WebAssembly"), { variant: "" }),
      );
    return rows;
  };
  return [...new Set(candidates.flatMap(({ road }) => road ?? []))].flatMap(rowsOf);
};

/**
 * Length of the difference of two moves, as a share of the move: single entries whose gradient is near 0 go their own way under
 * Adam. Whoever answers for the first chains alone is compared on those.
 */
const disagreement = (expected, answers) => {
  const norm = (length, entry) => Math.sqrt(Array.from({ length }, (_, i) => entry(i) ** 2).reduce((a, b) => a + b, 0));
  const error = norm(answers.length, i => answers[i] - expected[i]) / norm(answers.length, i => expected[i]);
  return Number.isFinite(error) ? error : Infinity;
};

/** GFLOP/s of the multiply-then-add loop, and its bits, by engine. */
const peakRates = async engines => {
  const rates = {};
  for (const engine of ["ours", "node24", "ours native"].filter(name => engines[name])) {
    await engines[engine].ask({ key: "peak", do: "open", workload: "peak", settings: {} });
    const [bits] = await engines[engine].ask({ key: "peak", do: "check" });
    const times = [];
    for (let round = 0; round < 7; round++)
      times.push(await engines[engine].ask({ key: "peak", do: "time", seconds: SECONDS }));
    rates[engine] = { bits, gflops: 1e-3 / median(times) };
  }
  return rates;
};

/** Milliseconds by model and engine, each in several processes that do nothing else: CPU time, with a cold cache wall time, as the compiler is a process of its own. */
const timeFirstCalls = async (nodes, script, hasCompiler) => {
  const rows = [];
  const roads = ["WebAssembly", ...(hasCompiler ? ["native, cold cache", "native, warm cache"] : [])];
  for (const model of ["superposition", "quadratic", "perceptron"])
    for (const [name, node] of Object.entries(nodes))
      for (const road of node ? roads : []) {
        const spent = [];
        for (let process = 0; process < PROCESSES; process++) {
          const engine = await startEngine("Landau", node, [script, road]);
          await engine.ask({ key: "first", do: "open", workload: "first", settings: { model } });
          spent.push(await engine.ask({ key: "first", do: "check" }));
          engine.stop();
        }
        const [compiled, stepped] = [0, 1].map(i => median(spent.map(times => times[i])));
        rows.push({ model, engine: name, road, compiled, stepped });
      }
  return rows;
};
