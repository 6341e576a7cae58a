import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { descend } from "../../src/learning/descend.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { fullBatch, minibatches } from "../../src/learning/gradients.ts";
import { stream } from "../../src/numerics/stream.ts";
import { drawDataset } from "../../src/systems/superposition/model/dataset.ts";
import { empiricalObjective } from "../../src/systems/superposition/model/empirical.ts";
import { starts } from "../../src/systems/superposition/protocols/starts.ts";
import { peak } from "../shared/peak.ts";
import { serve, type Workload } from "../shared/serve.ts";
import { arithmetic } from "./arithmetic.ts";

const SEED = 1;
/** Points at which the full-batch loss is evaluated in turn, so that no branch of it can be learnt by heart. */
const POINTS = 1024;
/** Epochs for which the peers get shuffled orders. */
const EPOCHS = 100;

interface Settings {
  /** Where the peers find the data. */
  readonly folder: string;
  readonly n: number;
  readonly c: number;
  readonly r: number;
  /** How many points `check` evaluates. */
  readonly checks: number;
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly epochs: number;
}

const samples = ({ c, n }: Settings) => drawDataset(stream({ seed: SEED, purpose: "dataset" }), { c, n });

/** The first point starts the trainings. All parameters of all points are from N(0, 1). */
const points = ({ c, r }: Settings): Float64Array[] => {
  const random = stream({ seed: SEED, purpose: "points" });
  return Array.from({ length: POINTS }, (_, index) => starts.R.point(random.at(index), c, r));
};

/** Writes samples, points and orders for the peers. The timed work is not in here. */
const share = (settings: Settings): Workload => {
  const { folder, n } = settings;
  const { feature, amplitude } = samples(settings);
  writeFileSync(join(folder, `feature-${n}.i32`), feature);
  writeFileSync(join(folder, `amplitude-${n}.f64`), amplitude);
  writeFileSync(join(folder, "points.f64"), Float64Array.from(points(settings).flatMap(point => [...point])));
  if (n === 1000) {
    const random = stream({ seed: SEED, chain: 0, purpose: "minibatches" });
    const orders = Array.from({ length: EPOCHS }, (_, epoch) => {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      random.at(epoch).shuffle(order);
      return [...order];
    });
    writeFileSync(join(folder, `orders-${n}.i32`), Int32Array.from(orders.flat()));
  }
  return { units: 1, check: () => [], run: () => {} };
};

const fullBatchEvaluation = (settings: Settings): Workload => {
  const objective = empiricalObjective(samples(settings), settings.r);
  const all = points(settings);
  const gradient = new Float64Array(objective.size);
  let turn = 0;
  return {
    units: 1,
    check: () => all.slice(0, settings.checks).flatMap(w => [objective.lossAndGradient(w, gradient), ...gradient]),
    run(calls) {
      for (let call = 0; call < calls; call++) {
        turn = (turn + 1) % POINTS;
        objective.lossAndGradient(all[turn], gradient);
      }
    },
  };
};

const descent = (settings: Settings): Workload => {
  const { steps, rate } = settings;
  const objective = empiricalObjective(samples(settings), settings.r);
  const [start] = points(settings);
  const optimiser = gradientDescent({ stepSize: rate });
  const wholeDescent = () => {
    const w = start.slice();
    descend({ gradients: fullBatch(objective), optimiser, w, checkpoints: [steps], visit: () => {} });
    return w;
  };
  return {
    units: steps,
    check: () => [...wholeDescent()],
    run(calls) {
      for (let call = 0; call < calls; call++) wholeDescent();
    },
  };
};

/** One epoch per call; the shuffle at its beginning is part of it. */
const minibatchSteps = (settings: Settings): Workload => {
  const { n, batch, rate } = settings;
  const objective = empiricalObjective(samples(settings), settings.r);
  const [start] = points(settings);
  const optimiser = gradientDescent({ stepSize: rate });
  const gradients = minibatches(objective, { batch, seed: SEED, chain: 0 });
  const steps = n / batch;
  const train1 = (w: Float64Array, epoch: number) =>
    descend({ gradients, optimiser, w, from: epoch * steps, checkpoints: [(epoch + 1) * steps], visit: () => {} });
  const w = start.slice();
  let epoch = 0;
  return {
    units: steps,
    check() {
      const w = start.slice();
      train1(w, 0);
      return [...w];
    },
    run(calls) {
      for (let call = 0; call < calls; call++) train1(w, epoch++);
    },
  };
};

/** A whole training run of scheme A: its sample, its start and all its steps. A unit is a run. */
const schemeA = (settings: Settings): Workload => {
  const { n, c, r, batch, rate, epochs } = settings;
  let chain = 0;
  return {
    units: 1,
    check: () => [],
    run(calls) {
      for (let call = 0; call < calls; call++, chain++) {
        const objective = empiricalObjective(
          drawDataset(stream({ seed: SEED, chain, purpose: "dataset" }), { c, n }),
          r,
        );
        descend({
          gradients: minibatches(objective, { batch, seed: SEED, chain }),
          optimiser: gradientDescent({ stepSize: rate }),
          w: starts.A.point(stream({ seed: SEED, chain, purpose: "start" }), c, r),
          checkpoints: [(epochs * n) / batch],
          visit: () => {},
        });
      }
    },
  };
};

/** Floating-point operations of one evaluation, ours and dense. */
const operations = (settings: Settings): Workload => ({
  units: 1,
  check: () => {
    const { ours, dense } = arithmetic(points(settings), settings);
    return [ours, dense];
  },
  run: () => {},
});

serve<Settings>(
  { Node: process.versions.node, V8: process.versions.v8 },
  {
    share,
    "full batch": fullBatchEvaluation,
    descent,
    minibatch: minibatchSteps,
    "scheme A": schemeA,
    operations,
    peak,
  },
);
