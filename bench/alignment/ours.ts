import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultsOf } from "../../src/contracts/field.ts";
import { checkExperiment } from "../../src/experiments/experiment.ts";
import { trainer } from "../../src/experiments/trainer.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { networkControls } from "../../src/systems/alignment/controls.ts";
import { pointsOf } from "../../src/systems/alignment/model/data.ts";
import { networkModel } from "../../src/systems/alignment/model/network.ts";
import { serve, type Workload } from "../shared/serve.ts";

interface Settings {
  /** Where the peers find the starts. */
  readonly folder: string;
  readonly width: number;
  readonly depth: number;
  readonly seeds: number;
  readonly rate: number;
  /** Steps of one call, and steps after which all engines must agree. */
  readonly steps: number;
  readonly checks: number;
}

const ensemble = ({ width, depth, seeds, rate, steps }: Settings) => {
  const at = { ...defaultsOf(networkControls), width, depth, readLayer: depth >> 1 };
  const experiment = checkExperiment({
    model: networkModel(at),
    data: { ...pointsOf(at) },
    optimiser: gradientDescent({ stepSize: rate }),
    steps: steps + 1,
  });
  return trainer(experiment, { seed: 1, from: 0, count: seeds }, { outputs: ["outputs"] });
};

/** Starts of all seeds, parameter by parameter: weights [inputs, outputs] and biases, layer after layer. */
const share = (settings: Settings): Workload => {
  const running = ensemble(settings);
  const starts = Array.from({ length: settings.seeds }, (_, member) =>
    Object.values(running.parameters(member)).flatMap(({ data }) => [...data]),
  );
  writeFileSync(join(settings.folder, `starts-${settings.width}.f32`), Float32Array.from(starts.flat()));
  return { units: 1, check: () => [], run: () => {} };
};

/** A unit is one step of one seed. */
const train = (settings: Settings): Workload => {
  const { seeds, steps, checks } = settings;
  const running = ensemble(settings);
  const start = running.save();
  return {
    units: steps * seeds,
    /** Outputs for both points of every seed; their difference would be small beside rounding. */
    check() {
      const seen: number[] = [];
      running.restore(start);
      running.advance(checks + 1, ({ step, output }) => {
        if (step !== checks) return;
        for (let member = 0; member < seeds; member++) seen.push(...output("outputs", member));
      });
      return seen;
    },
    run(calls) {
      for (let call = 0; call < calls; call++) {
        running.restore(start);
        running.advance(steps);
      }
    },
  };
};

/** Reads one array and writes another: what memory gives a stream of numbers. A unit is a byte, read or written. */
const stream = ({ width }: Settings): Workload => {
  const from = new Float32Array(width * width).fill(1);
  const to = new Float32Array(from.length);
  return {
    units: 8 * from.length,
    check: () => [to[0]],
    run(calls) {
      for (let call = 0; call < calls; call++) to.set(from);
    },
  };
};

serve<Settings>({ Node: process.versions.node }, { share, train, stream });
