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
const SECONDS = 1;
const SETTINGS = { side: 64, seeds: 4, width: 8, dx: 3, rate: 0.05, steps: 20, shown: 64 };
/** Steps until the map no longer changes. */
const WHOLE = 2000;
const TOLERANCE = { float64: 1e-10, float32: 1e-4 };

const PEERS = [
  { engine: "webAssembly", peer: "Landau as WebAssembly", settings: {}, precisions: ["float64"] },
  { engine: "torch", peer: "PyTorch eager, batched products", settings: { manual: true } },
  { engine: "torch", peer: "PyTorch eager, autograd", settings: { manual: false } },
  { engine: "jax", peer: "JAX jit, scan over vmap", settings: { last: false } },
  { engine: "jax", peer: "JAX jit, scan, runs as the last axis", settings: { last: true } },
];

/** A 64 x 64 phase map, gamma x strength, at D = 2 by gradient descent from four random starts a cell. */
export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  const engines = {};
  try {
    const entry = await bundle("deep-linear", join(here, "ours.ts"));
    engines.ours = await startEngine("Landau", process.execPath, [entry, "native"]);
    engines.webAssembly = await startEngine("Landau as WebAssembly", process.execPath, [entry]);
    engines.torch = await startEngine("PyTorch", python, [join(here, "torch_peer.py")]);
    engines.jax = await startEngine("JAX", python, [join(here, "jax_peer.py")]);
    await engines.ours.ask({ key: "share", do: "open", workload: "share", settings: { ...SETTINGS, folder } });
    await engines.ours.ask({ key: "map", do: "open", workload: "map", settings: SETTINGS });
    const expected = await engines.ours.ask({ key: "map", do: "check" });
    const candidates = PEERS.flatMap(peer =>
      (peer.precisions ?? Object.keys(TOLERANCE)).map(precision => ({
        ...peer,
        precision,
        key: `${peer.peer} ${precision}`,
        times: [],
      })),
    );
    const ours = [];
    for (const candidate of candidates) {
      const { engine, key, precision, settings } = candidate;
      console.error(key);
      const workload = { ...SETTINGS, ...settings, folder, precision };
      await engines[engine].ask({ do: "open", key, workload: "map", settings: workload });
      const answers = await engines[engine].ask({ do: "check", key });
      const error = Math.max(...expected.map((value, i) => Math.abs(value - answers[i])));
      if (!(answers.length === expected.length && error <= TOLERANCE[precision]))
        throw new Error(`${key} differs from Landau by ${error}, more than ${TOLERANCE[precision]}: nothing was timed`);
    }
    for (let round = 0; round < ROUNDS; round++) {
      console.error(`round ${round + 1} of ${ROUNDS}`);
      ours.push(await engines.ours.ask({ key: "map", do: "time", seconds: SECONDS }));
      for (const { engine, key, times } of candidates)
        times.push(await engines[engine].ask({ do: "time", key, seconds: SECONDS }));
    }
    console.error("the whole map");
    const wholes = {};
    for (const workload of ["certain", "whole"]) {
      await engines.ours.ask({ key: workload, do: "open", workload, settings: { ...SETTINGS, steps: WHOLE } });
      const times = [];
      for (let round = 0; round < (workload === "certain" ? ROUNDS : 1); round++)
        times.push(await engines.ours.ask({ key: workload, do: "time", seconds: SECONDS }));
      wholes[workload] = { time: median(times), learned: await engines.ours.ask({ key: workload, do: "check" }) };
    }
    publish({ ours: median(ours), candidates, wholes }, engines, json);
  } finally {
    for (const engine of Object.values(engines)) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const publish = ({ ours, candidates, wholes: { certain, whole } }, engines, json) => {
  const machine = describeMachine();
  const landau = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8")).version;
  const versions = { Landau: landau, ...engines.ours.versions, ...engines.torch.versions, ...engines.jax.versions };
  const row = (workload, ours, peer, theirs) => ({ workload, ours, peer, theirs, ratio: theirs / ours });
  const rows = [
    ...candidates
      .filter(({ engine }) => engine !== "webAssembly")
      .map(({ peer, precision, times }) =>
        row(`the map, ${WHOLE} steps a network`, certain.time, `${peer}, ${precision}`, WHOLE * median(times)),
      ),
    ...candidates.map(({ peer, precision, times }) =>
      row("one step of 16384 networks", ours, `${peer}, ${precision}`, median(times)),
    ),
  ];
  const differing = certain.learned.filter((phase, i) => phase !== whole.learned[i]).length;
  const share = whole.learned.reduce((a, b) => a + b, 0) / whole.learned.length;
  const seconds = { certain: certain.time / 1e6, whole: whole.time / 1e6 };
  const result = { machine, versions, rows, seconds, differing, learned: share, steps: WHOLE };
  const table = markdownTable(
    ["workload", "Landau float64, native", "peer", "theirs", "ratio"],
    rows.map(each => [each.workload, showTime(each.ours), each.peer, showTime(each.theirs), showRatio(each.ratio)]),
  );
  const list = entries =>
    Object.entries(entries)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const text = `${table}

CPU time, medians over ${ROUNDS} interleaved rounds, one thread; ratio = theirs / ours. ${SETTINGS.side} x ${SETTINGS.side} cells of gamma and target strength,
${SETTINGS.seeds} random starts each, D = 2, width ${SETTINGS.width}, ${SETTINGS.dx} inputs; all engines agree on the norms after ${SETTINGS.steps} steps before anything is timed.

- The map: ours stops a network as soon as its phase is certain (loss below that of the origin, norms too small to grow, or norms at rest), which a batch in
  lockstep can't; the peers' time is that of a step times ${WHOLE}. Of the 16384 phases, ${differing} differ from those after all ${WHOLE} steps,
  at the lowest decays, where a doomed network is not yet down.
- All ${WHOLE} steps of all networks take ours ${showTime(whole.time)}; ${(100 * share).toFixed(1)} % of the runs end learned.
- Ours is native code from the first step on, its library in the cache, with the bits of WebAssembly: networks side by side in the lanes of vectors,
  whose parameters stay in the nearest cache for all their steps.
- Machine: ${list(machine)}.
- Versions: ${list(versions)}.
`;
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Deep linear networks: last results\n\nWritten by \`npm run bench -- deep-linear\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify(result) : text);
};
