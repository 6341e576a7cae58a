import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { useFastModes } from "../../src/engine/fast-modes.ts";
import { fastModes } from "../../src/lab/node/fast-modes.ts";
import { accuracy } from "../../src/learning/accuracy.ts";
import { adam } from "../../src/learning/adam.ts";
import { descend } from "../../src/learning/descend.ts";
import { fullBatch } from "../../src/learning/gradients.ts";
import { network } from "../../src/systems/modular/model/network.ts";
import { modularObjective } from "../../src/systems/modular/model/objective.ts";
import { fullTable, pairsAt, splitPairs } from "../../src/systems/modular/model/pairs.ts";
import { randomStart } from "../../src/systems/modular/model/start.ts";
import { curvatures, spectralRank } from "../../src/systems/modular/theory/jacobian.ts";
import { hessianTraces } from "../../src/systems/modular/theory/traces.ts";
import { serve, type Workload } from "../shared/serve.ts";

// As a run has it: native code for long work, where there is a compiler.
if (process.argv[2] !== "WebAssembly") useFastModes(await fastModes([]));

interface Settings {
  /** Where the peers find points and splits. */
  readonly folder: string;
  readonly p: number;
  readonly K: number;
  readonly method: string;
  readonly trainFraction: number;
  readonly seed: number;
  readonly rate: number;
  readonly weightDecay: number;
  readonly steps: number;
  readonly every: number;
}

const start = ({ p, K, seed }: Settings): Float64Array => randomStart({ p, K }, { seed: 100 + seed, sw: 0.3, sv: 0.1 });

/** The start and the split in files of their own, for the peers. */
const share = (settings: Settings): Workload => {
  const { folder, p, K, seed, trainFraction } = settings;
  writeFileSync(join(folder, `start-${p}-${K}-${seed}.f64`), start(settings));
  if (trainFraction) {
    const { train, test } = splitPairs(p, trainFraction, seed);
    writeFileSync(join(folder, `order-${p}-${seed}.i32`), Int32Array.from([...train, ...test]));
  }
  return { units: 1, check: () => [], run: () => {} };
};

const gradient = (settings: Settings): Workload => {
  const { p, K, method } = settings;
  const objective = modularObjective({ p, K, pairs: fullTable(p, "add"), method });
  const w = start(settings);
  const out = new Float64Array(objective.size);
  return {
    units: 1,
    check: () => [objective.lossAndGradient(w, out), ...out],
    run(calls) {
      for (let call = 0; call < calls; call++) objective.lossAndGradient(w, out);
    },
  };
};

/** AdamW steps on the training pairs. */
const trainingStep = (settings: Settings): Workload => {
  const { p, K, trainFraction, seed, rate, weightDecay } = settings;
  const objective = modularObjective({ p, K, pairs: pairsAt(p, "add", splitPairs(p, trainFraction, seed).train) });
  const STEPS = 20;
  const go = (w: Float64Array) =>
    descend({
      gradients: fullBatch(objective),
      optimiser: adam({ stepSize: rate, weightDecay }),
      w,
      checkpoints: [STEPS],
      visit: () => {},
    });
  return {
    units: STEPS,
    check() {
      const w = start(settings);
      go(w);
      return [...w];
    },
    run(calls) {
      for (let call = 0; call < calls; call++) go(start(settings));
    },
  };
};

/** A whole run from its start to test accuracy 0.95, evaluated every `every` steps. A unit is a run. */
const grokking = (settings: Settings): Workload => {
  const { p, K, trainFraction, seed, rate, weightDecay, steps, every } = settings;
  let reached = 0;
  const go = () => {
    const split = splitPairs(p, trainFraction, seed);
    const objective = modularObjective({ p, K, pairs: pairsAt(p, "add", split.train) });
    const test = pairsAt(p, "add", split.test);
    const net = network({ p, K }, test);
    descend({
      gradients: fullBatch(objective),
      optimiser: adam({ stepSize: rate, weightDecay }),
      w: start(settings),
      checkpoints: Array.from({ length: steps / every + 1 }, (_, i) => i * every),
      visit({ step, w }) {
        reached = step;
        return accuracy(net.outputs(w), test.c, p) >= 0.95;
      },
    });
  };
  return {
    units: 1,
    check() {
      go();
      return [reached];
    },
    run(calls) {
      for (let call = 0; call < calls; call++) go();
    },
  };
};

/** The spectrum of J J^T / N at the start: seconds of CPU time, resident MiB at most, trace by eigenvalues and in closed form, rank. */
const spectrum = (settings: Settings): Workload => {
  const { p, K, trainFraction, seed } = settings;
  return {
    units: 1,
    check() {
      const pairs = pairsAt(p, "add", splitPairs(p, trainFraction, seed).train);
      const w = start(settings);
      const before = process.cpuUsage();
      const h = curvatures(w, { p, K }, pairs);
      const { user, system } = process.cpuUsage(before);
      const trace = h.reduce((sum, value) => sum + value, 0);
      const closed = hessianTraces(w, { p, K }, pairs).gaussNewton;
      return [(user + system) / 1e6, process.resourceUsage().maxRSS / 1024, trace, closed, spectralRank(h), h.length];
    },
    run: () => {},
  };
};

/** Ten training steps on the whole table: CPU seconds a step, resident MiB at most, loss before and after. */
const memory = (settings: Settings): Workload => {
  const { p, K, method, rate, weightDecay } = settings;
  return {
    units: 1,
    check() {
      const objective = modularObjective({ p, K, pairs: fullTable(p, "add"), method });
      const w = start(settings);
      const first = objective.loss(w);
      const before = process.cpuUsage();
      descend({
        gradients: fullBatch(objective),
        optimiser: adam({ stepSize: rate, weightDecay }),
        w,
        checkpoints: [10],
        visit: () => {},
      });
      const { user, system } = process.cpuUsage(before);
      return [(user + system) / 1e7, process.resourceUsage().maxRSS / 1024, first, objective.loss(w)];
    },
    run: () => {},
  };
};

serve<Settings>(
  { Node: process.versions.node, V8: process.versions.v8 },
  { share, gradient, "training step": trainingStep, grokking, spectrum, memory },
);
