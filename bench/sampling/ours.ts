import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { learningCoefficients } from "../../src/coefficient/estimate/learning-coefficients.ts";
import type { Objective } from "../../src/contracts/objective.ts";
import { useFastModes } from "../../src/engine/fast-modes.ts";
import { fastModes } from "../../src/lab/node/fast-modes.ts";
import { descend } from "../../src/learning/descend.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { minibatches } from "../../src/learning/gradients.ts";
import { stream } from "../../src/numerics/stream.ts";
import { chainRun } from "../../src/sampling/chain-run.ts";
import { essBulk } from "../../src/sampling/diagnostics/effective-sample-size.ts";
import type { Mass } from "../../src/sampling/mass.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import { sample } from "../../src/sampling/sample.ts";
import { posterior } from "../../src/sampling/target.ts";
import { drawDataset } from "../../src/systems/superposition/model/dataset.ts";
import { type EmpiricalObjective, empiricalObjective } from "../../src/systems/superposition/model/empirical.ts";
import { starts as starting } from "../../src/systems/superposition/protocols/starts.ts";
import { serve, type Workload } from "../shared/serve.ts";

// As a run has it: native code for long work, where there is a compiler.
useFastModes(await fastModes([]));

/*
 * NUTS on the posterior exp(-n L_n(w) - |w|^2 / 2) of the toy model of superposition: what its gradients cost alone and in a run, and
 * how many effective draws a run makes.
 */

interface Settings {
  /** Where the peers find the data and all leave their draws. */
  readonly folder: string;
  readonly n: number;
  readonly c: number;
  readonly r: number;
  readonly mass: Mass;
  readonly chains: number;
  readonly burnIn: number;
  readonly draws: number;
  /** Name of a file of draws: chains x draws x parameters. */
  readonly file: string;
}

/** Points at which the peers' gradients are compared with ours, and timed. */
const POINTS = 16;
/** Length of the run in which gradients are timed. */
const TIMED = { burnIn: 300, draws: 300, seed: 3 };

const dataset = ({ c, n }: Settings) => drawDataset(stream({ seed: 1, purpose: "data" }), { c, n });
const loss = (settings: Settings): EmpiricalObjective => empiricalObjective(dataset(settings), settings.r);
const targetOf = (objective: Objective, n: number) =>
  posterior({ objective, nBeta: n, prior: normalPrior({ priorStd: 1, size: objective.size }) });
const start = (size: number, chain: number): Float64Array => {
  const random = stream({ seed: 1, chain, purpose: "starts" });
  return Float64Array.from({ length: size }, () => 0.5 * random.normal());
};

const run = (objective: Objective, { n, mass }: Settings) =>
  sample({
    sampler: nuts({ mass }),
    target: targetOf(objective, n),
    chains: 1,
    ...TIMED,
    start: start(objective.size, 0),
  });

/** Where the chains of all begin: the ends of runs from scattered points, so that none is still on its way in. */
const starts = (settings: Settings): Float64Array[] => {
  const objective = loss(settings);
  const { size } = objective;
  const { draws } = sample({
    sampler: nuts({ mass: "none" }),
    target: targetOf(objective, settings.n),
    seed: 2,
    chains: settings.chains,
    burnIn: 499,
    draws: 1,
    start: chain => start(size, chain),
  });
  return [...draws];
};

const visited = (settings: Settings): Float64Array[] => {
  const points: Float64Array[] = [];
  const objective = loss(settings);
  run(
    {
      ...objective,
      lossAndGradient(w, gradient) {
        points.push(w.slice());
        return objective.lossAndGradient(w, gradient);
      },
    },
    settings,
  );
  return points;
};

/** Writes samples, starts, and points spread over a run. */
const share = (settings: Settings): Workload => {
  const { folder, n } = settings;
  const { feature, amplitude } = dataset(settings);
  const points = visited(settings);
  const some = Array.from({ length: POINTS }, (_, k) => points[Math.floor((k * points.length) / POINTS)]);
  writeFileSync(join(folder, `feature-${n}.i32`), feature);
  writeFileSync(join(folder, `amplitude-${n}.f64`), amplitude);
  writeFileSync(join(folder, `points-${n}.f64`), flat(some));
  writeFileSync(join(folder, `starts-${n}.f64`), flat(starts(settings)));
  return { units: 1, check: () => [], run: () => {} };
};

const flat = (vectors: readonly Float64Array[]): Float64Array => Float64Array.from(vectors.flatMap(v => [...v]));

const read = (settings: Settings, file: string): Float64Array => {
  const bytes = readFileSync(join(settings.folder, file));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

/** U and its gradient at the shared points. */
const gradients = (settings: Settings): Workload => {
  const objective = loss(settings);
  const target = targetOf(objective, settings.n);
  const gradient = new Float64Array(target.size);
  const all = read(settings, `points-${settings.n}.f64`);
  const points = Array.from({ length: POINTS }, (_, k) => all.slice(k * target.size, (k + 1) * target.size));
  return {
    units: 1,
    check: () => points.flatMap(w => [target.valueAndGradient(w, gradient), ...gradient]),
    run: () => {},
  };
};

/** Gradients of the loss alone, at the very points that a run visits. */
const alone = (settings: Settings): Workload => {
  const objective = loss(settings);
  const points = visited(settings);
  const gradient = new Float64Array(objective.size);
  return {
    units: points.length,
    check: () => [points.length],
    run(calls) {
      for (let call = 0; call < calls; call++) for (const point of points) objective.lossAndGradient(point, gradient);
    },
  };
};

/** A whole run, burn-in and all; a unit is a gradient. */
const inNuts = (settings: Settings): Workload => {
  const objective = loss(settings);
  const units = run(objective, settings).evaluations[0];
  return {
    units,
    check: () => [units],
    run(calls) {
      for (let call = 0; call < calls; call++) run(objective, settings);
    },
  };
};

/** A run of all chains, with a new seed at each check: CPU seconds of burn-in and draws, gradients of both, divergences. */
const chains = (settings: Settings): Workload => {
  const { folder, n, mass, burnIn, draws, file } = settings;
  const objective = loss(settings);
  const target = targetOf(objective, n);
  const all = read(settings, `starts-${n}.f64`);
  const begins = Array.from({ length: settings.chains }, (_, k) => all.slice(k * target.size, (k + 1) * target.size));
  const keep = {
    names: Array.from({ length: target.size }, (_, i) => `w${i}`),
    write: (w: Float64Array, out: Float64Array) => out.set(w),
  };
  let seed = 0;
  return {
    units: 1,
    check() {
      seed++;
      const times = [0, 0];
      const runs = Array.from({ length: settings.chains }, (_, chain) => {
        const before = cpuSeconds();
        const plan = { sampler: nuts({ mass }), target, seed, burnIn, draws, thin: 1, start: begins[chain], keep };
        const one = chainRun(plan, chain);
        one.advance(burnIn);
        const between = cpuSeconds();
        one.advance(draws);
        times[0] += between - before;
        times[1] += cpuSeconds() - between;
        return one.series;
      });
      writeFileSync(join(folder, file), flat(runs.map(series => series.draws)));
      const total = (of: (series: (typeof runs)[number]) => number) =>
        runs.reduce((sum, series) => sum + of(series), 0);
      return [
        ...times,
        total(series => series.burnInEvaluations),
        total(series => series.evaluations),
        total(series => series.divergent.reduce((a, b) => a + b, 0)),
      ];
    },
    run: () => {},
  };
};

/** Of a training run by scheme A. */
const CHECKPOINTS = 200;
const EVERY = 1000;

/** Learning coefficients along a run with default settings: CPU seconds, and at how many checkpoints there was a value. */
const trajectory = (settings: Settings): Workload => {
  const { c, r } = settings;
  const objective = loss(settings);
  const points: Float64Array[] = [];
  descend({
    gradients: minibatches(objective, { batch: 20, seed: 1, chain: 0 }),
    optimiser: gradientDescent({ stepSize: 0.005 }),
    w: starting.A.point(stream({ seed: 1, chain: 0, purpose: "start" }), c, r),
    checkpoints: Array.from({ length: CHECKPOINTS }, (_, k) => (k + 1) * EVERY),
    visit: ({ w }) => void points.push(w.slice()),
  });
  return {
    units: 1,
    check() {
      const before = cpuSeconds();
      const { points: found } = learningCoefficients(objective, points, { chains: settings.chains });
      const spent = cpuSeconds() - before;
      const clean = found.filter(({ health }) => health.outcome === "good");
      const last = found[found.length - 1].lambda;
      if (last.kind === "failure") throw new Error(last.text);
      const values = found.filter(({ lambda }) => lambda.kind === "value");
      return [spent, found.length, values.length, clean.length, last.value, last.standardError];
    },
    run: () => {},
  };
};

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/**
 * Least bulk effective draws in a file of draws: over the quantities that the rotations of the hidden plane leave alone (the loss, |W_i|^2,
 * b_i), and over the entries of W, whose slow direction is that rotation.
 */
const effective = (settings: Settings): Workload => {
  const { c, r, file, draws } = settings;
  const size = (r + 1) * c;
  const objective = loss(settings);
  const least = (quantities: ((w: Float64Array) => number)[], all: Float64Array): number =>
    quantities
      .map(of => {
        const series = Array.from({ length: settings.chains }, (_, chain) =>
          Float64Array.from({ length: draws }, (_, draw) => {
            const at = (chain * draws + draw) * size;
            return of(all.subarray(at, at + size));
          }),
        );
        const ess = essBulk(series);
        if (ess.kind === "undefined") throw new Error(`no effective draws: ${ess.reason}`);
        return ess.value;
      })
      .reduce((a, b) => Math.min(a, b));
  const norm = (w: Float64Array, i: number): number => {
    let sum = 0;
    for (let row = 0; row < r; row++) sum += w[row * c + i] * w[row * c + i];
    return sum;
  };
  const features = Array.from({ length: c }, (_, i) => i);
  const invariants = [
    (w: Float64Array) => objective.loss(w),
    ...features.map(i => (w: Float64Array) => norm(w, i)),
    ...features.map(i => (w: Float64Array) => w[r * c + i]),
  ];
  const entries = Array.from({ length: r * c }, (_, k) => (w: Float64Array) => w[k]);
  return {
    units: 1,
    check() {
      const all = read(settings, file);
      return [least(invariants, all), least(entries, all)];
    },
    run: () => {},
  };
};

serve<Settings>(
  { Node: process.versions.node, V8: process.versions.v8 },
  { share, gradients, alone, "in NUTS": inNuts, chains, effective, trajectory },
);
