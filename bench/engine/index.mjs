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
        // In a process of its own, as flags of V8 are for all of it.
        if (engines[name].versions.OpenBLAS)
          engines[`${name} fast`] = await startEngine(`Landau on ${node}, fast modes`, node, [script, "fast"]);
      }
    engines.torch = await startEngine("PyTorch", python, [join(here, "torch_peer.py")]);
    engines.jax = await startEngine("JAX", python, [join(here, "jax_peer.py")]);
    const rows = [];
    for (const workload of WORKLOADS) rows.push(...(await compare(engines, folder, workload)));
    const peak = await peakRates(engines);
    const firstCalls = await timeFirstCalls(nodes, script);
    publish({ rows, peak, firstCalls, engines, json });
  } finally {
    for (const engine of Object.values(engines)) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Opens one workload everywhere, has all agree, then times them in turns. */
const compare = async (engines, folder, workload) => {
  const { name, settings, products, peers, alone, rounds } = workload;
  console.error(name);
  const ask = ({ engine, key }, request) => engines[engine].ask({ key, ...request });
  await ask({ engine: "ours", key: "share" }, { do: "open", workload: "share", settings: { folder, ...settings } });
  const ours = products.flatMap(product =>
    ["ours", "node24"].flatMap(node => {
      const engine = product === "own" ? node : `${node} fast`;
      if (!engines[engine]) return [];
      return [{ engine, node, product }, ...(alone ? [{ engine, node, product, alone, settings: { chains: 1 } }] : [])];
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
        `${name}: ${candidate.peer ?? "Landau"}, ${candidate.variant ?? candidate.product}, differs by ${candidate.error}, ` +
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
  const side = (node, product, single) =>
    candidates.find(own => own.node === node && own.product === product && own.alone === single)?.time;
  const rowsOf = product => {
    const ours = side("ours", product);
    const node24 = side("node24", product);
    const row = (peer, theirs, theirs24, rest) => ({
      products: product,
      workload: product === "own" ? name : `${name}, products by ${product}`,
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
    if (!alone) return rows;
    return [...rows, row(alone, side("ours", product, alone), side("node24", product, alone), { variant: "" })];
  };
  return [...new Set(candidates.flatMap(({ product }) => product ?? []))].flatMap(rowsOf);
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

/** GFLOP/s of the 128-bit multiply-then-add loop, by engine. */
const peakRates = async engines => {
  const rates = {};
  for (const engine of ["ours", "node24"].filter(name => engines[name])) {
    await engines[engine].ask({ key: "peak", do: "open", workload: "peak", settings: {} });
    const times = [];
    for (let round = 0; round < 7; round++)
      times.push(await engines[engine].ask({ key: "peak", do: "time", seconds: SECONDS }));
    rates[engine] = 1e-3 / median(times);
  }
  return rates;
};

/** Milliseconds of CPU time by model and engine, each in several processes that do nothing else. */
const timeFirstCalls = async (nodes, script) => {
  const rows = [];
  for (const model of ["superposition", "quadratic", "perceptron"])
    for (const [name, node] of Object.entries(nodes)) {
      if (!node) continue;
      const spent = [];
      for (let process = 0; process < PROCESSES; process++) {
        const engine = await startEngine("Landau", node, [script]);
        await engine.ask({ key: "first", do: "open", workload: "first", settings: { model } });
        spent.push(await engine.ask({ key: "first", do: "check" }));
        engine.stop();
      }
      const [compiled, stepped] = [0, 1].map(i => median(spent.map(times => times[i])));
      rows.push({ model, engine: name, compiled, stepped });
    }
  return rows;
};
