import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { useFastModes } from "../../src/engine/fast-modes.ts";
import { build } from "../../src/lab/node/native/library.ts";
import { findToolchain } from "../../src/lab/node/native/road.ts";
import { layoutOf } from "../../src/learning/networks/layout.ts";
import { stream } from "../../src/numerics/stream.ts";
import { decideMap, descendMap } from "../../src/systems/deep-linear/map-descent.ts";
import { networkState } from "../../src/systems/deep-linear/phases.ts";
import { serve, type Workload } from "../shared/serve.ts";

// Native code from the first step on, where a run would change over once that pays.
if (process.argv[2] === "native") {
  const tools = findToolchain();
  useFastModes({ accelerate: program => build(program, tools) });
}

interface Settings {
  /** Where the peers find starts, decays and strengths. */
  readonly folder: string;
  /** Values of gamma and of the strength, and random starts in each cell. */
  readonly side: number;
  readonly seeds: number;
  readonly width: number;
  readonly dx: number;
  readonly rate: number;
  /** Steps of one call, and how many runs `check` shows. */
  readonly steps: number;
  readonly shown: number;
}

const cells = ({ side, seeds, width, dx }: Settings) => {
  const widths = [width, width];
  const { size, parameters } = layoutOf(dx, widths);
  const runs = side * side * seeds;
  const gammas = new Float64Array(runs);
  const strengths = new Float64Array(runs);
  const w = new Float64Array(runs * size);
  const random = stream({ seed: 1, purpose: "phase map" });
  for (let run = 0; run < runs; run++) {
    const cell = Math.floor(run / seeds);
    gammas[run] = (0.8 * ((cell % side) + 0.5)) / side;
    strengths[run] = 0.05 + (1.45 * (Math.floor(cell / side) + 0.5)) / side;
    random.at(run);
    for (const { shape, offset } of parameters)
      for (let i = 0; i < shape.reduce((a, b) => a * b, 1); i++)
        w[run * size + offset + i] = random.normal() / Math.sqrt(shape[shape.length - 1]);
  }
  return { widths, size, runs, gammas, strengths, w };
};

const share = (settings: Settings): Workload => {
  const { gammas, strengths, w } = cells(settings);
  writeFileSync(join(settings.folder, "gammas.f64"), gammas);
  writeFileSync(join(settings.folder, "strengths.f64"), strengths);
  writeFileSync(join(settings.folder, "starts.f64"), w);
  return { units: 1, check: () => [], run: () => {} };
};

/** A unit is one step of all runs. */
const map = (settings: Settings): Workload => {
  const { dx, rate, steps, shown } = settings;
  const { widths, size, runs, gammas, strengths, w } = cells(settings);
  const descend = (state: Float64Array) =>
    descendMap({ dx, widths, gammas, strengths, w: state, stepSize: rate, steps });
  const moving = w.slice();
  return {
    units: steps,
    check() {
      const state = w.slice();
      descend(state);
      return Array.from({ length: shown }, (_, i) => {
        const run = Math.floor((i * runs) / shown);
        return networkState(state.subarray(run * size, (run + 1) * size), dx, widths).order;
      });
    },
    run(calls) {
      for (let call = 0; call < calls; call++) descend(moving);
    },
  };
};

/** The whole map: a unit is the map. All descents to the last step, or each until its phase is certain. */
const whole =
  (certain: boolean) =>
  (settings: Settings): Workload => {
    const { dx, rate, steps } = settings;
    const { widths, size, runs, gammas, strengths, w } = cells(settings);
    let learned: Uint8Array = new Uint8Array(runs);
    return {
      units: 1,
      check: () => [...learned],
      run(calls) {
        for (let call = 0; call < calls; call++) {
          const map = { dx, widths, gammas, strengths, w: w.slice(), stepSize: rate, steps };
          if (certain) learned = decideMap(map).learned;
          else {
            descendMap(map);
            learned = Uint8Array.from({ length: runs }, (_, run) =>
              Number(networkState(map.w.subarray(run * size, (run + 1) * size), dx, widths).label === "learned"),
            );
          }
        }
      },
    };
  };

serve({ Node: process.versions.node }, { share, map, whole: whole(false), certain: whole(true) });
