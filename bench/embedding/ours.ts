import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultsOf } from "../../src/contracts/field.ts";
import { useFastModes } from "../../src/engine/fast-modes.ts";
import { fastModes } from "../../src/lab/node/fast-modes.ts";
import { roadText } from "../../src/lab/node/native/road.ts";
import { findOpenBlas } from "../../src/lab/node/open-blas.ts";
import { type EmbeddingValues, embeddingControls } from "../../src/systems/embedding/controls.ts";
import { problemAt, startAt } from "../../src/systems/embedding/model/problem.ts";
import { milestoneWatch, type NetworkState, training } from "../../src/systems/embedding/training.ts";
import { serve, type Workload } from "../shared/serve.ts";
import { mapSteps } from "./map.ts";

interface Settings {
  /** Where the peers find the problem. */
  readonly folder: string;
  readonly steps: number;
  /** Whether accuracies of all pairs are taken at every step. */
  readonly watches: boolean;
  /** Where the published map is. */
  readonly path: string;
}

const openBlas = await findOpenBlas().catch(() => undefined);
/** In a process for products of matrices by the system's OpenBLAS; without, long work becomes native code where there is a compiler and LANDAU_NATIVE is not 0. */
const isBlas = process.argv.includes("fast");
useFastModes(await fastModes(isBlas ? ["blas"] : []));

/** The source's own run: addition of ten symbols at its default rates, from its random numbers. */
const values: EmbeddingValues = { ...defaultsOf(embeddingControls), split: "published", numbers: "published" };
const member = { seed: 0, chain: 0 };
const problem = problemAt(values, member);
const start = startAt(values, problem, member);

/** Steps after which all engines must agree. */
const CHECKED = 100;

/** The problem in files, for the peers. */
const share = ({ folder }: Settings): Workload => {
  const { task, order, targets, trainCount, layout } = problem;
  const places = [...order];
  writeFileSync(join(folder, "start.f32"), Float32Array.from(start));
  writeFileSync(join(folder, "targets.f32"), Float32Array.from(targets!));
  writeFileSync(
    join(folder, "problem.json"),
    JSON.stringify({
      parameters: layout.parameters.map(({ name, shape }) => [name, shape]),
      pairs: places.map(place => task.pairs[place]),
      answers: places.map(place => task.answers[place]),
      trained: trainCount,
      rates: { E: values.embeddingRate, rest: values.decoderRate },
    }),
  );
  return { units: 1, check: () => [], run: () => {} };
};

/** A whole run from its start. A unit is a step. */
const run = ({ steps, watches }: Settings): Workload => {
  const go = (steps: number) => {
    const network = training(problem, start, values, { steps, precision: "f32" });
    const watch = milestoneWatch(problem);
    let last: NetworkState | undefined;
    network.advance(steps, state => {
      if (watches) watch.see(state);
      if (state.step === steps) last = { ...state };
    });
    return { watch, last: last! };
  };
  return {
    units: steps,
    check: () => {
      const { loss, embeddings } = go(CHECKED).last;
      return [loss, ...embeddings];
    },
    run(calls) {
      for (let call = 0; call < calls; call++) go(steps);
    },
  };
};

/** When accuracies on training and test pairs first reached 0.9, in a run of 2000 steps. */
const milestones = (): Workload => ({
  units: 1,
  check() {
    const watch = milestoneWatch(problem);
    training(problem, start, values, { steps: 2000, precision: "f32" }).advance(2000, watch.see);
    const { trainStep, testStep } = watch.reached();
    return [trainStep ?? -1, testStep ?? -1];
  },
  run: () => {},
});

serve<Settings>(
  {
    Node: process.versions.node,
    V8: process.versions.v8,
    ...(openBlas && { OpenBLAS: openBlas.version, koffi: openBlas.koffi }),
    road: isBlas ? "WebAssembly" : roadText(),
  },
  { share, run, milestones, "map steps": mapSteps },
);
