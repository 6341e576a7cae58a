import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { openWorkload, startEngine } from "../shared/engine.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
const MODEL = { c: 6, r: 2, chains: 4 };
const SIZES = [1000, 100_000];
const MASSES = ["none", "diagonal", "dense"];
const PRECISIONS = ["float32", "float64"];
/** Largest difference from our U and gradient at a point, as a share of the largest of its numbers. */
const TOLERANCE = { float64: 1e-10, float32: 1e-4 };
const ROUNDS = 5;
/** CPU seconds of one measurement, at least. */
const SECONDS = 0.1;
const CHAINS = { n: 1000, burnIn: 300, draws: 500 };
const CHAIN_ROUNDS = 4;
/** JAX's own default; float64 chains took a third longer. */
const CHAINS_PRECISION = "float32";

/** Ways to write the sum over samples; the fastest that agrees with ours counts. */
const TORCH_FORMS = [
  "as in the formula",
  "W^T W first",
  "W^T W first, features x samples",
  "t (W^T W)[j], a gather",
  "t (W^T W)[j], features x samples",
];
const JAX_FORMS = [...TORCH_FORMS.slice(0, 4), "t (W^T W), by features"];

export const run = async ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  const script = await bundle("sampling", join(here, "ours.ts"));
  const engines = [];
  const start = async (...parameters) => {
    engines.push(await startEngine(...parameters));
    return engines.at(-1);
  };
  const landau = () => start("Landau", process.execPath, [script]);
  const jax = precision => start("JAX", python, [join(here, "jax_peer.py"), precision]);
  try {
    const torch = await start("PyTorch", python, [join(here, "torch_peer.py")]);
    const gradients = [];
    for (const n of SIZES) gradients.push(...(await gradientRows({ folder, n, landau, torch })));
    const chains = await chainRows({ folder, landau, jax });
    console.error("trajectory");
    const trajectory = await (await open(await landau(), "trajectory", "trajectory", { ...MODEL, n: 1000 })).check();
    publish({ gradients, chains, trajectory, engines, json });
  } finally {
    for (const engine of engines) engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const open = (engine, key, workload, settings) => openWorkload(engine, key, workload, settings, SECONDS);

/** The data for all, and what U and its gradient are at the shared points by ours. */
const shared = async (engine, settings) => {
  await open(engine, "share", "share", { ...settings, mass: "diagonal" });
  return (await open(engine, "gradients", "gradients", settings)).check();
};

/** Opens each form of a peer, and throws when one differs from ours. */
const openForms = async (engine, forms, precision, { folder, n }, expected) => {
  const { c, r } = MODEL;
  const own = engine.name === "PyTorch" ? { precision } : {};
  const opened = [];
  for (const form of forms) {
    const candidate = await open(engine, `${form}, ${precision}`, "gradients", { folder, n, c, r, form, ...own });
    const error = disagreement(expected, await candidate.check(), 1 + (MODEL.r + 1) * MODEL.c);
    if (!(error <= TOLERANCE[precision]))
      throw new Error(
        `${engine.name}, ${form}, ${precision}, n = ${n}: differs from Landau by ${error}, more than ${TOLERANCE[precision]}: nothing was timed`,
      );
    opened.push({ ...candidate, form, precision, error, times: [] });
  }
  return opened;
};

/** Largest difference at a point over the largest number there, the worst of all points. Not a number counts as infinite. */
const disagreement = (expected, answers, width) => {
  if (answers.length !== expected.length) return Infinity;
  let worst = 0;
  for (let at = 0; at < expected.length; at += width) {
    const here = expected.slice(at, at + width);
    const scale = here.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    for (const [i, value] of here.entries()) {
      const error = Math.abs(value - answers[at + i]) / scale;
      worst = Number.isFinite(error) ? Math.max(worst, error) : Infinity;
    }
  }
  return worst;
};

/** Gradients in runs of ours, each mass in a process of its own, against those of PyTorch, in turns. */
const gradientRows = async ({ folder, n, landau, torch }) => {
  console.error(`gradients, n = ${n}`);
  const settings = { ...MODEL, n, folder };
  const expected = await shared(await landau(), settings);
  const candidates = [];
  for (const precision of PRECISIONS)
    candidates.push(...(await openForms(torch, TORCH_FORMS, precision, settings, expected)));
  const mine = [];
  for (const mass of MASSES) {
    const engine = await landau();
    const inNuts = await open(engine, "in NUTS", "in NUTS", { ...settings, mass });
    const alone = await open(await landau(), "alone", "alone", { ...settings, mass });
    mine.push({ mass, inNuts, alone, times: [], timesAlone: [], count: (await inNuts.check())[0] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of mine) {
      one.times.push(await one.inNuts.time());
      one.timesAlone.push(await one.alone.time());
    }
    for (const candidate of candidates) candidate.times.push(await candidate.time());
  }
  for (const candidate of candidates) await candidate.close();
  const forms = candidates.map(({ form, precision, error, times }) => ({
    form,
    precision,
    error,
    time: median(times),
  }));
  const fastest = of => of.reduce((a, b) => (b.time < a.time ? b : a));
  const best = fastest(forms);
  const plain = fastest(forms.filter(({ form }) => form === TORCH_FORMS[0]));
  return mine.map(({ mass, times, timesAlone, count }) => {
    const ours = median(times);
    return {
      workload: `gradient in NUTS, mass ${mass}, n = ${n}`,
      n,
      mass,
      gradients: count,
      ours,
      alone: median(timesAlone),
      peer: `PyTorch eager, ${best.form}, ${best.precision}`,
      theirs: best.time,
      ratio: best.time / ours,
      plain: plain.time,
      plainRatio: plain.time / ours,
      forms,
    };
  });
};

/** Effective draws of a CPU second: ours against blackjax, in turns. */
const chainRows = async ({ folder, landau, jax }) => {
  console.error("chains");
  const settings = { ...MODEL, ...CHAINS, folder };
  const helper = await landau();
  const expected = await shared(helper, settings);
  const measured = async ({ chains, file, peer }) => {
    const answer = await chains.check();
    const [compiling, ...rest] = peer ? answer : [0, ...answer];
    const [adapting, drawing, adaptingGradients, gradients, divergent] = rest;
    const [invariants, entries] = await (await open(helper, file, "effective", { ...settings, file })).check();
    return { compiling, adapting, drawing, adaptingGradients, gradients, divergent, invariants, entries };
  };

  const engine = await jax(CHAINS_PRECISION);
  const forms = await openForms(engine, JAX_FORMS, CHAINS_PRECISION, settings, expected);
  for (let round = 0; round < ROUNDS; round++) for (const form of forms) form.times.push(await form.time());
  const tried = forms.map(({ form, times }) => ({ form, time: median(times) }));
  const { form, time } = tried.reduce((a, b) => (b.time < a.time ? b : a));
  for (const one of forms) await one.close();
  const file = "blackjax.f64";
  const theirs = await open(engine, file, "chains", { ...settings, form, file });
  const peer = {
    name: `blackjax, ${form}, ${CHAINS_PRECISION}`,
    chains: theirs,
    file,
    peer: true,
    gradient: time,
    runs: [],
  };
  const mine = [];
  for (const mass of ["diagonal", "none"]) {
    const file = `ours-${mass}.f64`;
    const chains = await open(await landau(), file, "chains", { ...settings, mass, file });
    mine.push({ name: `Landau, mass ${mass}`, mass, chains, file, runs: [] });
  }

  for (let round = 0; round < CHAIN_ROUNDS; round++)
    for (const one of [...mine, peer]) one.runs.push(await measured(one));
  const summary = ({ name, runs, gradient }) => {
    const middle = of => median(runs.map(of));
    return {
      name,
      compiling: runs[0].compiling,
      ...(gradient && { gradientInLoop: gradient }),
      drawing: middle(run => run.drawing),
      adapting: middle(run => run.adapting),
      gradientsPerDraw: middle(run => run.gradients) / (MODEL.chains * CHAINS.draws),
      perGradient: 1e6 * middle(run => (run.adapting + run.drawing) / (run.adaptingGradients + run.gradients)),
      divergent: runs.reduce((sum, run) => sum + run.divergent, 0),
      invariants: middle(run => run.invariants),
      entries: middle(run => run.entries),
      invariantsPerSecond: middle(run => run.invariants / run.drawing),
      entriesPerSecond: middle(run => run.entries / run.drawing),
      invariantsPerSecondOfAll: middle(run => run.invariants / (run.drawing + run.adapting)),
    };
  };
  return { ours: mine.map(summary), peer: summary(peer), tried };
};

const publish = ({ gradients, chains, trajectory, engines, json }) => {
  const [seconds, checkpoints, values, clean, lambda, standardError] = trajectory;
  const machine = describeMachine();
  const landau = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8")).version;
  const versions = Object.assign({ Landau: landau }, ...engines.map(engine => engine.versions));
  const { ours, peer, tried } = chains;
  const rows = [
    ...gradients.map(({ workload, ours, peer, theirs, ratio }) => ({ workload, ours, peer, theirs, ratio })),
    ...ours.map(one => ({
      workload: `an effective draw, ${one.name}, n = ${CHAINS.n}`,
      ours: 1e6 / one.invariantsPerSecond,
      peer: peer.name,
      theirs: 1e6 / peer.invariantsPerSecond,
      ratio: one.invariantsPerSecond / peer.invariantsPerSecond,
    })),
  ];
  const perSecond = time => String(Math.round(1e6 / time)).replace(/\B(?=(\d{3})+$)/g, " ");
  const gradientTable = markdownTable(
    [
      "n",
      "mass",
      "gradients of the run",
      "alone",
      "in NUTS",
      "a CPU second",
      "PyTorch, fastest",
      "ratio",
      "as in the formula",
      "ratio",
    ],
    gradients.map(row => [
      String(row.n),
      row.mass,
      String(row.gradients),
      showTime(row.alone),
      showTime(row.ours),
      perSecond(row.ours),
      showTime(row.theirs),
      showRatio(row.ratio),
      showTime(row.plain),
      showRatio(row.plainRatio),
    ]),
  );
  const formTable = markdownTable(
    ["PyTorch, sum over samples", "precision", ...SIZES.map(n => `n = ${n}`)],
    gradients[0].forms.map(({ form, precision }, i) => [
      form,
      precision,
      ...SIZES.map(n => showTime(gradients.find(row => row.n === n).forms[i].time)),
    ]),
  );
  const all = [...ours, peer];
  const chainTable = markdownTable(
    [
      "sampler",
      "effective draws",
      "a CPU second",
      "ratio",
      "with burn-in",
      "ratio",
      "of W, a CPU second",
      "ratio",
      "gradients a draw",
      "a gradient",
      "divergent",
    ],
    all.map(one => [
      one.name,
      one.invariants.toFixed(0),
      one.invariantsPerSecond.toFixed(0),
      one === peer ? "" : showRatio(one.invariantsPerSecond / peer.invariantsPerSecond),
      one.invariantsPerSecondOfAll.toFixed(0),
      one === peer ? "" : showRatio(one.invariantsPerSecondOfAll / peer.invariantsPerSecondOfAll),
      one.entriesPerSecond.toFixed(0),
      one === peer ? "" : showRatio(one.entriesPerSecond / peer.entriesPerSecond),
      one.gradientsPerDraw.toFixed(0),
      showTime(one.perGradient),
      String(one.divergent),
    ]),
  );
  const list = object =>
    Object.entries(object)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const text = `The posterior exp(-n L_n(w) - |w|^2 / 2) of the toy model of superposition, c = 6, r = 2, 18 parameters. CPU time of the whole
process, one thread, medians over ${ROUNDS} rounds in which every engine has its turn. Before anything is timed, U and its gradient agree with
ours at ${gradients[0].forms.length} x 16 points of a run for each n: within ${TOLERANCE.float64} in float64 and ${TOLERANCE.float32} in float32, as a share of the largest number at the point.

## Gradients

A gradient in NUTS is the CPU time of a whole run, burn-in and all, over its gradients; alone, that of the loss at the very points that the
run visits. PyTorch evaluates U and its gradient by autograd over all samples and does nothing else: in the fastest of the ways below, and written as in the formula, each in its faster precision.

${gradientTable}

${formTable}

## Effective draws, n = ${CHAINS.n}

${MODEL.chains} chains of ${CHAINS.burnIn} steps of burn-in and ${CHAINS.draws} draws from the same starts, the ends of runs of 500 steps, medians over ${CHAIN_ROUNDS} runs of different seeds. Effective draws are the least
bulk ESS, by our diagnostics for all, over what the rotations of the hidden plane leave alone: the loss, |W_i|^2 and b_i. "Of W" is the
least over the entries of W, whose slow direction is that rotation. Both samplers adapt a diagonal mass in Stan's windows to an acceptance of 0.8; "none" is the unit
mass that Landau's own runs of this system have.

${chainTable}

## Learning coefficients along training

${checkpoints} checkpoints, a thousand steps apart, of a run on n = 1000 samples (scheme A: minibatches of 20, rate 0.005), ${MODEL.chains} chains each, default
settings: ${seconds.toFixed(1)} s of CPU time. ${values} of them have a value, ${clean} without a complaint; the last is ${lambda.toFixed(3)} with a standard error of ${standardError.toFixed(3)}.

## Notes

- blackjax: window adaptation and draws as two compiled programs. Compiling them took ${peer.compiling.toFixed(1)} s of CPU time, which are in no number above.
  The first run of Landau includes its just-in-time compilation.
- blackjax runs its chains one after the other and in float32: in lockstep (vmap) all wait for the longest trajectory. When tried, a gradient took
  half as much again in lockstep, and a third more in float64. A gradient in a compiled loop without NUTS: ${tried.map(({ form, time }) => `${form}: ${showTime(time)}`).join("; ")}.
- The large ratios come from the algorithm: samples have one active feature, so sums over them are prefix sums over sorted amplitudes,
  which a WebAssembly kernel looks up. The peers' sums run over all samples, in the fastest of several ways to write them; with our algorithm they would be faster.
- Machine: ${list(machine)}. ${loadavg()[2].toFixed(1)} processes wanted to run, on average over the last quarter of an hour.
- Versions: ${list(versions)}.
`;
  const along = { seconds, checkpoints, chains: MODEL.chains, values, clean, lambda, standardError };
  const result = { machine, versions, rows, gradients, chains, trajectory: along };
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# NUTS on the toy model of superposition\n\nMade by \`npm run bench -- sampling\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify(result) : text);
};
